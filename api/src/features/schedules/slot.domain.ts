import { contains, merge, type Interval } from '../../platform/intervals.ts';
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

/** Finds the instant of a wall-clock time on a clinic day. */
export type WallClock = (day: string, wallTime: string) => Date;

/** A zone's wall clock that works out each time once: doctors mostly begin and end together. */
export function wallClockOf(timeZone: string): WallClock {
  const known = new Map<string, Date>();
  return (day, wallTime) => {
    const key = `${day} ${wallTime}`;
    const instant = known.get(key) ?? instantAt(day, wallTime, timeZone);
    known.set(key, instant);
    return instant;
  };
}

/** A doctor's working hours on one clinic day, as instants. Breaks are the gaps between blocks. */
export function shiftsOn(day: string, blocks: readonly Block[], at: WallClock): Shift[] {
  const weekday = weekdayOf(day);
  return blocks
    .filter((block) => block.weekday === weekday)
    .map((block) => ({
      startsAt: at(day, block.startsAt.slice(0, 5)),
      endsAt: at(day, block.endsAt.slice(0, 5)),
      slotMinutes: block.slotMinutes,
    }))
    .filter((shift) => shift.startsAt < shift.endsAt)
    .sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
}

export interface SlotQuestion {
  day: string;
  blocks: readonly Block[];
  at: WallClock;
  /** Appointments that hold their slot, and time off: ascending and apart, as `merge` leaves them. */
  busy: readonly Interval[];
  durationMinutes: number;
  now: Date;
}

/**
 * Returns the free slots of one doctor on one day: half-open, ascending by start, each within one block, in the future,
 * and clear of everything busy. They start on the block's own grid of `slotMinutes` and last as long as the service.
 *
 * Source: domain.md, "Free slots leave out all of them"; time off wins over working hours.
 */
export function freeSlots({ day, blocks, at, busy, durationMinutes, now }: SlotQuestion): Interval[] {
  const starts = new Set<number>();
  const lengthMs = durationMinutes * minuteMs;
  for (const shift of shiftsOn(day, blocks, at)) {
    const stepMs = shift.slotMinutes * minuteMs;
    const firstStart = shift.startsAt.getTime();
    const lastStart = shift.endsAt.getTime() - lengthMs;
    let next = firstEndingAfter(busy, firstStart);
    for (let start = firstStart; start <= lastStart;) {
      while (endOf(busy[next]) <= start) next += 1;
      if (startOf(busy[next]) < start + lengthMs) {
        // Straight to the first place on the grid after what is in the way.
        start += Math.ceil((endOf(busy[next]) - start) / stepMs) * stepMs;
        continue;
      }
      if (start > now.getTime()) starts.add(start);
      start += stepMs;
    }
  }
  return [...starts]
    .sort((one, other) => one - other)
    .map((start) => ({ startsAt: new Date(start), endsAt: new Date(start + lengthMs) }));
}

/** After the last busy range nothing is in the way any more. */
const startOf = (range: Interval | undefined): number => range?.startsAt.getTime() ?? Infinity;
const endOf = (range: Interval | undefined): number => range?.endsAt.getTime() ?? Infinity;

/** The place of the first of ascending ranges that ends after an instant. */
function firstEndingAfter(ranges: readonly Interval[], instant: number): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endOf(ranges[middle]) <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether an interval lies within one block of working hours; blocks that touch count as one. */
export function isInsideHours(interval: Interval, blocks: readonly Block[], timeZone: string): boolean {
  const shifts = merge(shiftsOn(dayOf(interval.startsAt, timeZone), blocks, wallClockOf(timeZone)));
  return shifts.some((shift) => contains(shift, interval));
}

/** The `count` slots closest to an instant, the closest first; of two equally close ones the earlier. */
export function nearest(slots: readonly Interval[], around: Date, count: number): Interval[] {
  const distance = (slot: Interval) => Math.abs(slot.startsAt.getTime() - around.getTime());
  return [...slots]
    .sort((one, other) => distance(one) - distance(other) || one.startsAt.getTime() - other.startsAt.getTime())
    .slice(0, count);
}
