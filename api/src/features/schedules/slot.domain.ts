import { contains, merge, overlaps, type Interval } from '../../platform/intervals.ts';
import { dayOf, instantAt, weekdayOf, type Weekday } from '../../platform/zone.ts';

export interface Block {
  weekday: Weekday;
  /** Wall clock, HH:MM. */
  startsAt: string;
  endsAt: string;
  slotMinutes: number;
}

interface Shift extends Interval {
  slotMinutes: number;
}

const minuteMs = 60_000;

/** A doctor's working hours on one clinic day, as instants. Breaks are the gaps between blocks. */
export function shiftsOn(day: string, blocks: readonly Block[], timeZone: string): Shift[] {
  const weekday = weekdayOf(day);
  return blocks
    .filter((block) => block.weekday === weekday)
    .map((block) => ({
      startsAt: instantAt(day, block.startsAt.slice(0, 5), timeZone),
      endsAt: instantAt(day, block.endsAt.slice(0, 5), timeZone),
      slotMinutes: block.slotMinutes,
    }))
    .filter((shift) => shift.startsAt < shift.endsAt)
    .sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
}

export interface SlotQuestion {
  days: readonly string[];
  blocks: readonly Block[];
  timeZone: string;
  /** Appointments that hold their slot, and time off. */
  busy: readonly Interval[];
  durationMinutes: number;
  now: Date;
}

/**
 * Returns the free slots of one doctor: half-open, ascending by start, each within one block, in the future, and clear of
 * everything busy. They start on the block's own grid of `slotMinutes` and last as long as the service.
 *
 * Source: domain.md, "Free slots leave out all of them"; time off wins over working hours.
 */
export function freeSlots({ days, blocks, timeZone, busy, durationMinutes, now }: SlotQuestion): Interval[] {
  const free = new Map<number, Interval>();
  for (const day of days) {
    for (const shift of shiftsOn(day, blocks, timeZone)) {
      const inTheWay = busy.filter((range) => overlaps(range, shift));
      const step = shift.slotMinutes * minuteMs;
      const lastStart = shift.endsAt.getTime() - durationMinutes * minuteMs;
      for (let start = shift.startsAt.getTime(); start <= lastStart; start += step) {
        const slot = { startsAt: new Date(start), endsAt: new Date(start + durationMinutes * minuteMs) };
        if (slot.startsAt > now && !inTheWay.some((range) => overlaps(range, slot))) free.set(start, slot);
      }
    }
  }
  return [...free.values()].sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
}

/** Whether an interval lies within one block of working hours; blocks that touch count as one. */
export function isInsideHours(interval: Interval, blocks: readonly Block[], timeZone: string): boolean {
  const shifts = merge(shiftsOn(dayOf(interval.startsAt, timeZone), blocks, timeZone));
  return shifts.some((shift) => contains(shift, interval));
}

/** The `count` slots closest to an instant, the closest first; of two equally close ones the earlier. */
export function nearest(slots: readonly Interval[], around: Date, count: number): Interval[] {
  const distance = (slot: Interval) => Math.abs(slot.startsAt.getTime() - around.getTime());
  return [...slots]
    .sort((one, other) => distance(one) - distance(other) || one.startsAt.getTime() - other.startsAt.getTime())
    .slice(0, count);
}
