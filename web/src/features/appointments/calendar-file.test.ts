import { describe, expect, it } from 'vitest';
import { calendarFile } from './calendar-file.ts';

const entry = {
  id: 'a1',
  startsAt: '2026-03-02T01:30:00.000Z',
  endsAt: '2026-03-02T02:00:00.000Z',
  title: 'Eye examination, with Dr. Reyes; bring glasses',
  place: null,
};

describe('the calendar file', () => {
  it('names the instant in UTC', () => {
    const lines = calendarFile(entry).split('\r\n');

    expect(lines).toContain('DTSTART:20260302T013000Z');
    expect(lines).toContain('DTEND:20260302T020000Z');
  });

  it('escapes what separates, and leaves out a place that is not known', () => {
    const file = calendarFile(entry);

    expect(file).toContain('SUMMARY:Eye examination\\, with Dr. Reyes\\; bring glasses');
    expect(file).not.toContain('LOCATION');
  });

  it('folds long lines, in characters and not in halves of them', () => {
    const place = `${'Calle José Rizal 12, '.repeat(6)}🏥`;
    const file = calendarFile({ ...entry, place });

    expect(Math.max(...file.split('\r\n').map((line) => [...line].length))).toBeLessThanOrEqual(71);
    expect(file.replace(/\r\n /g, '')).toContain(`LOCATION:${place.replace(/,/g, '\\,')}`);
  });
});
