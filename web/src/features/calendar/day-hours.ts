import { addDays, dayOf, daysBetween, minutesOfDay, type Day } from '../../composables/clinic-time.ts';
import type { Weekday } from '../../gql/graphql.ts';
import { weekdays } from '../schedules/week-plan.ts';
import type { Stretch } from './lanes.ts';

export const minutesPerDay = 1_440;

export interface WeeklyBlock {
  readonly weekday: Weekday;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly slotMinutes: number;
}

export interface Absence {
  readonly id: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly reason: string | null;
}

export interface AwayStretch extends Stretch {
  readonly id: string;
  readonly reason: string | null;
}

/** A Monday, to count weekdays from. */
const someMonday: Day = '2026-03-02';

/** Returns the weekday of a calendar day, which has no zone. */
export function weekdayOf(day: Day): Weekday {
  const index = ((daysBetween(someMonday, day) % 7) + 7) % 7;
  return weekdays[index] ?? 'MONDAY';
}

/** Returns the first day of the week that holds a day. `firstWeekday` is 1 for Monday to 7 for Sunday. */
export function startOfWeek(day: Day, firstWeekday: number): Day {
  const weekday = weekdays.indexOf(weekdayOf(day)) + 1;
  return addDays(day, -((weekday - firstWeekday + 7) % 7));
}

/** Reads HH:MM as minutes since midnight. */
export function minutesOfWallTime(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** Returns when somebody works on a day by the weekly hours, in order. */
export function workingHours(schedule: readonly WeeklyBlock[], day: Day): readonly Stretch[] {
  const weekday = weekdayOf(day);
  return schedule
    .filter((block) => block.weekday === weekday)
    .map(({ startsAt, endsAt }) => ({ startMinute: minutesOfWallTime(startsAt), endMinute: minutesOfWallTime(endsAt) }))
    .sort((left, right) => left.startMinute - right.startMinute);
}

/** Returns what lies between the working hours and around them: the part of the day to hatch. */
export function offHours(working: readonly Stretch[]): readonly Stretch[] {
  const off: Stretch[] = [];
  let from = 0;
  for (const { startMinute, endMinute } of working) {
    if (startMinute > from) off.push({ startMinute: from, endMinute: startMinute });
    from = Math.max(from, endMinute);
  }
  if (from < minutesPerDay) off.push({ startMinute: from, endMinute: minutesPerDay });
  return off;
}

/** Returns the parts of a day that somebody is away, by the clinic's clock. */
export function awayOn(absences: readonly Absence[], day: Day, zone: string): readonly AwayStretch[] {
  return absences.flatMap(({ id, startsAt, endsAt, reason }): AwayStretch[] => {
    const [firstDay, lastDay] = [dayOf(startsAt, zone), dayOf(endsAt, zone)];
    if (day < firstDay || day > lastDay) return [];
    const startMinute = day === firstDay ? minutesOfDay(startsAt, zone) : 0;
    const endMinute = day === lastDay ? minutesOfDay(endsAt, zone) : minutesPerDay;
    return endMinute > startMinute ? [{ id, reason, startMinute, endMinute }] : [];
  });
}

/** Returns how long a slot is at a time of the day, minutes: as in the block that holds it, else a quarter of an hour. */
export function slotMinutesAt(schedule: readonly WeeklyBlock[], day: Day, minute: number): Stretch {
  const weekday = weekdayOf(day);
  const block = schedule.find(
    (each) =>
      each.weekday === weekday && minutesOfWallTime(each.startsAt) <= minute && minute < minutesOfWallTime(each.endsAt),
  );
  const length = block?.slotMinutes ?? 15;
  const origin = block ? minutesOfWallTime(block.startsAt) : 0;
  const startMinute = origin + Math.floor((minute - origin) / length) * length;
  return { startMinute, endMinute: startMinute + length };
}

const usualOpening: Stretch = { startMinute: 8 * 60, endMinute: 18 * 60 };

/** Returns the whole hours that hold everything given: what the calendar shows of a day. */
export function shownHours(stretches: readonly Stretch[]): Stretch {
  if (stretches.length === 0) return usualOpening;
  const first = Math.min(...stretches.map(({ startMinute }) => startMinute));
  const last = Math.max(...stretches.map(({ endMinute }) => endMinute));
  return {
    startMinute: Math.max(0, Math.floor((first - 30) / 60) * 60),
    endMinute: Math.min(minutesPerDay, Math.ceil((last + 30) / 60) * 60),
  };
}
