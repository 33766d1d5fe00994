import { describe, expect, it } from 'vitest';
import { dayPartOf, groupByDayPart, oneSlotPerStart, slotsByDay } from './slot-groups.ts';

const manila = 'Asia/Manila';
const slot = (startsAt: string, doctorId = 'd1') => ({ doctorId, startsAt, endsAt: startsAt });

describe('free slots', () => {
  it('fall into the parts of the clinic’s day', () => {
    expect(dayPartOf('2026-03-02T03:59:00Z', manila)).toBe('morning');
    expect(dayPartOf('2026-03-02T04:00:00Z', manila)).toBe('afternoon');
    expect(dayPartOf('2026-03-02T08:59:00Z', manila)).toBe('afternoon');
    expect(dayPartOf('2026-03-02T09:00:00Z', manila)).toBe('evening');
  });

  it('belong to the clinic’s day, even when it is another day in UTC', () => {
    const days = slotsByDay(
      [slot('2026-03-01T23:00:00Z'), slot('2026-03-02T15:30:00Z'), slot('2026-03-02T16:30:00Z')],
      manila,
    );

    expect([...days].map(([day, slots]) => [day, slots.length])).toEqual([
      ['2026-03-02', 2],
      ['2026-03-03', 1],
    ]);
  });

  it('are grouped in the day’s order, without empty parts', () => {
    const groups = groupByDayPart([slot('2026-03-02T01:00:00Z'), slot('2026-03-02T10:00:00Z')], manila);

    expect(groups.map(({ part, slots }) => [part, slots.length])).toEqual([
      ['morning', 1],
      ['evening', 1],
    ]);
  });

  it('are one choice where two doctors are free at once, soonest first', () => {
    const slots = oneSlotPerStart([
      slot('2026-03-02T02:00:00Z', 'd2'),
      slot('2026-03-02T01:00:00Z'),
      slot('2026-03-02T02:00:00Z'),
    ]);

    expect(slots.map(({ startsAt, doctorId }) => [startsAt, doctorId])).toEqual([
      ['2026-03-02T01:00:00Z', 'd1'],
      ['2026-03-02T02:00:00Z', 'd2'],
    ]);
  });
});
