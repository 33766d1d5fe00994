import { describe, expect, it } from 'vitest';
import { askAddress, readPlace, writePlace } from './place.ts';

describe("the address of a clinic's page", () => {
  it('keeps service, doctor and day, and reads back what it wrote', () => {
    const place = { slug: 'demo', serviceId: 's1', doctorId: 'd1', day: '2026-03-02' };
    const address = new URL(writePlace(place), 'https://clinic.example');

    expect(address.pathname + address.search).toBe('/c/demo?service=s1&doctor=d1&day=2026-03-02');
    expect(readPlace(address.pathname, address.search)).toEqual(place);
  });

  it('is the clinic alone when nothing is chosen, and drops what is no day', () => {
    expect(writePlace({ slug: 'demo', serviceId: null, doctorId: null, day: null })).toBe('/c/demo');
    expect(readPlace('/c/demo/', '?day=soon').day).toBeNull();
  });

  it('leads on with the chosen time', () => {
    expect(askAddress('demo', 's1', { doctorId: 'd1', startsAt: '2026-03-02T01:00:00.000Z' })).toBe(
      '/ask/demo?service=s1&doctor=d1&at=2026-03-02T01%3A00%3A00.000Z',
    );
  });
});
