import { describe, expect, it } from 'vitest';
import { conflictsOf, requestsInTimeOff } from './conflicts.ts';

const at = (id: string, from: string, to: string, doctorId = 'd1') => ({
  id,
  startsAt: `2026-03-02T${from}:00.000Z`,
  endsAt: `2026-03-02T${to}:00.000Z`,
  doctor: { id: doctorId },
});

describe('a request that clashes', () => {
  it('is told from one that only touches another appointment', () => {
    const booked = [at('a', '09:00', '09:30')];

    const conflicts = conflictsOf(
      [at('r1', '09:15', '09:45'), at('r2', '09:30', '10:00'), at('r3', '08:30', '09:00')],
      booked,
    );

    expect([...conflicts].map(([id, other]) => [id, other.id])).toEqual([['r1', 'a']]);
  });

  it('clashes with the same doctor alone', () => {
    expect(conflictsOf([at('r', '09:00', '09:30')], [at('a', '09:00', '09:30', 'd2')]).size).toBe(0);
  });
});

describe('requests inside time off', () => {
  const request = (startsAt: string, endsAt: string) => ({ id: startsAt, startsAt, endsAt, doctor: { id: 'reyes' } });
  const away = [
    { id: 'rao', timeOff: [{ startsAt: '2026-03-02T00:00:00Z', endsAt: '2026-03-03T00:00:00Z' }] },
    { id: 'reyes', timeOff: [{ startsAt: '2026-03-02T01:30:00.000Z', endsAt: '2026-03-02T03:00:00.000Z' }] },
  ];

  it('are those that overlap their own doctor’s, not one that ends as it begins', () => {
    const requests = [
      request('2026-03-02T01:00:00Z', '2026-03-02T01:30:00Z'),
      request('2026-03-02T02:30:00Z', '2026-03-02T03:00:00Z'),
      request('2026-03-02T03:00:00Z', '2026-03-02T03:30:00Z'),
    ];

    expect([...requestsInTimeOff(requests, away)]).toEqual(['2026-03-02T02:30:00Z']);
    expect(requestsInTimeOff(requests, []).size).toBe(0);
  });
});
