import { describe, expect, it } from 'vitest';
import { awayOn, offHours, shownHours, slotMinutesAt, startOfWeek, weekdayOf, workingHours } from './day-hours.ts';

const block = (weekday: 'MONDAY' | 'SUNDAY', startsAt: string, endsAt: string, slotMinutes = 20) => ({
  weekday,
  startsAt,
  endsAt,
  slotMinutes,
});
const week = [block('MONDAY', '13:00', '17:00'), block('MONDAY', '09:00', '12:00'), block('SUNDAY', '10:00', '11:00')];

describe("a doctor's day", () => {
  it('has the hours of its weekday, and is hatched around them', () => {
    const working = workingHours(week, '2026-03-02');

    expect(working).toEqual([
      { startMinute: 540, endMinute: 720 },
      { startMinute: 780, endMinute: 1_020 },
    ]);
    expect(offHours(working)).toEqual([
      { startMinute: 0, endMinute: 540 },
      { startMinute: 720, endMinute: 780 },
      { startMinute: 1_020, endMinute: 1_440 },
    ]);
  });

  it('without hours is hatched as a whole', () => {
    expect(offHours(workingHours(week, '2026-03-03'))).toEqual([{ startMinute: 0, endMinute: 1_440 }]);
  });

  it('shows the part of an absence that falls into it', () => {
    const absences = [
      { id: 'o1', startsAt: '2026-03-02T04:00:00Z', endsAt: '2026-03-04T02:00:00Z', reason: 'Congress' },
    ];
    const on = (day: string) =>
      awayOn(absences, day, 'Asia/Manila').map(({ startMinute, endMinute }) => [startMinute, endMinute]);

    expect(on('2026-03-01')).toEqual([]);
    expect(on('2026-03-02')).toEqual([[720, 1_440]]);
    expect(on('2026-03-03')).toEqual([[0, 1_440]]);
    expect(on('2026-03-04')).toEqual([[0, 600]]);
    expect(on('2026-03-05')).toEqual([]);
  });

  it('that an absence ends at midnight of is free', () => {
    const absences = [{ id: 'o1', startsAt: '2026-03-01T16:00:00Z', endsAt: '2026-03-02T16:00:00Z', reason: null }];

    expect(awayOn(absences, '2026-03-03', 'Asia/Manila')).toEqual([]);
  });

  it('offers the slot that a press falls into', () => {
    expect(slotMinutesAt(week, '2026-03-02', 575)).toEqual({ startMinute: 560, endMinute: 580 });
    expect(slotMinutesAt(week, '2026-03-02', 735)).toEqual({ startMinute: 735, endMinute: 750 });
  });
});

describe('a week', () => {
  it('begins on the day that the country begins it on', () => {
    expect(weekdayOf('2026-03-05')).toBe('THURSDAY');
    expect(weekdayOf('2025-12-31')).toBe('WEDNESDAY');
    expect(startOfWeek('2026-03-05', 1)).toBe('2026-03-02');
    expect(startOfWeek('2026-03-05', 7)).toBe('2026-03-01');
    expect(startOfWeek('2026-03-01', 7)).toBe('2026-03-01');
  });
});

describe('the hours on show', () => {
  it('hold all that happens, in whole hours with room around it', () => {
    expect(shownHours([{ startMinute: 550, endMinute: 1_065 }])).toEqual({ startMinute: 480, endMinute: 1_140 });
    expect(shownHours([])).toEqual({ startMinute: 480, endMinute: 1_080 });
    expect(shownHours([{ startMinute: 10, endMinute: 1_430 }])).toEqual({ startMinute: 0, endMinute: 1_440 });
  });
});
