import { describe, expect, it } from 'vitest';
import {
  blocksOf,
  hoursLikeOthers,
  nextBlock,
  standardWeek,
  weekdays,
  weekPlanOf,
  weeklyMinutes,
  withLunchBreak,
  withDayCopied,
  withMondayCopied,
  withPainted,
  withWiped,
  worksAt,
} from './week-plan.ts';

const blocks = [
  { weekday: 'MONDAY', startsAt: '13:00', endsAt: '17:00', slotMinutes: 20 },
  { weekday: 'MONDAY', startsAt: '09:00', endsAt: '12:30', slotMinutes: 20 },
  { weekday: 'SUNDAY', startsAt: '10:00', endsAt: '11:00', slotMinutes: 20 },
] as const;

describe('a weekly schedule', () => {
  it('is edited day by day, each day in order', () => {
    const plan = weekPlanOf(blocks);

    expect(plan.MONDAY).toEqual([
      { startsAt: '09:00', endsAt: '12:30' },
      { startsAt: '13:00', endsAt: '17:00' },
    ]);
    expect(plan.TUESDAY).toEqual([]);
  });

  it('goes back whole, with one slot length', () => {
    expect(blocksOf(weekPlanOf(blocks), 15)).toEqual([
      { weekday: 'MONDAY', startsAt: '09:00', endsAt: '12:30', slotMinutes: 15 },
      { weekday: 'MONDAY', startsAt: '13:00', endsAt: '17:00', slotMinutes: 15 },
      { weekday: 'SUNDAY', startsAt: '10:00', endsAt: '11:00', slotMinutes: 15 },
    ]);
  });

  it('counts the hours of the week', () => {
    expect(weeklyMinutes(weekPlanOf(blocks))).toBe(8 * 60 + 30);
  });

  it('offers the morning first, then an hour after the last block', () => {
    expect(nextBlock([])).toEqual({ startsAt: '09:00', endsAt: '12:00' });
    expect(nextBlock([{ startsAt: '09:00', endsAt: '12:00' }])).toEqual({ startsAt: '13:00', endsAt: '17:00' });
    expect(nextBlock([{ startsAt: '18:00', endsAt: '20:30' }])).toEqual({ startsAt: '22:00', endsAt: '23:00' });
    expect(nextBlock([{ startsAt: '18:00', endsAt: '22:30' }])).toBeNull();
  });
});

describe('filling a week', () => {
  it('starts from Monday to Friday with an hour for lunch', () => {
    const plan = standardWeek();

    expect(weekdays.map((weekday) => plan[weekday].length)).toEqual([2, 2, 2, 2, 2, 0, 0]);
    expect(weeklyMinutes(plan)).toBe(35 * 60);
  });

  it('copies Monday to the other workdays and leaves the weekend alone', () => {
    const plan = weekPlanOf(blocks);
    const copied = withMondayCopied(plan);

    expect(copied.FRIDAY).toEqual(plan.MONDAY);
    expect(copied.FRIDAY).not.toBe(plan.MONDAY);
    expect(copied.SATURDAY).toEqual([]);
    expect(copied.SUNDAY).toEqual(plan.SUNDAY);
  });

  it('begins another working day like the first one, or as usual', () => {
    expect(hoursLikeOthers(weekPlanOf(blocks))).toEqual([
      { startsAt: '09:00', endsAt: '12:30' },
      { startsAt: '13:00', endsAt: '17:00' },
    ]);
    expect(hoursLikeOthers(weekPlanOf([]))[0]).toEqual({ startsAt: '09:00', endsAt: '12:00' });
  });

  it('takes an hour off at noon from a block that runs across it, and from no other', () => {
    expect(withLunchBreak([{ startsAt: '08:00', endsAt: '17:30' }])).toEqual([
      { startsAt: '08:00', endsAt: '12:00' },
      { startsAt: '13:00', endsAt: '17:30' },
    ]);
    expect(withLunchBreak([{ startsAt: '09:00', endsAt: '13:00' }])).toBeNull();
    expect(withLunchBreak([])).toBeNull();
  });
});

describe('a week that is painted', () => {
  const morning = [{ startsAt: '09:00', endsAt: '12:00' }];

  it('joins what touches, and keeps the rest apart', () => {
    expect(withPainted(morning, 12 * 60, 13 * 60)).toEqual([{ startsAt: '09:00', endsAt: '13:00' }]);
    expect(withPainted(morning, 14 * 60, 17 * 60)).toEqual([
      { startsAt: '09:00', endsAt: '12:00' },
      { startsAt: '14:00', endsAt: '17:00' },
    ]);
    expect(withPainted([], 8 * 60, 24 * 60)).toEqual([{ startsAt: '08:00', endsAt: '23:59' }]);
  });

  it('gets a break where it is wiped in the middle, and a day off where it is wiped as a whole', () => {
    expect(withWiped(morning, 10 * 60, 10 * 60 + 30)).toEqual([
      { startsAt: '09:00', endsAt: '10:00' },
      { startsAt: '10:30', endsAt: '12:00' },
    ]);
    expect(withWiped(morning, 8 * 60, 13 * 60)).toEqual([]);
  });

  it('knows where somebody works', () => {
    expect([539, 540, 719, 720].map((minute) => worksAt(morning, minute))).toEqual([false, true, true, false]);
  });

  it('copies a day to those that are named', () => {
    const plan = withDayCopied(weekPlanOf(blocks), 'SUNDAY', ['TUESDAY', 'SATURDAY']);

    expect([plan.TUESDAY, plan.SATURDAY, plan.WEDNESDAY]).toEqual([
      [{ startsAt: '10:00', endsAt: '11:00' }],
      [{ startsAt: '10:00', endsAt: '11:00' }],
      [],
    ]);
  });
});
