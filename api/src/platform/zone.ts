import { Temporal } from 'temporal-polyfill';

/** Days are 'YYYY-MM-DD', wall times 'HH:MM' of 24 hours, zones IANA names; all throw RangeError on anything else. */
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const WALL_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+\-/]*$/;

export const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** Returns the calendar day that a clock on the wall in `timeZone` shows at `instant`. */
export function dayOf(instant: Date, timeZone: string): string {
  return zoned(instant, timeZone).toPlainDate().toString();
}

/** Returns the hours and minutes that a clock on the wall in `timeZone` shows at `instant`, seconds cut off. */
export function wallTimeOf(instant: Date, timeZone: string): string {
  return zoned(instant, timeZone).toPlainTime().toString({ smallestUnit: 'minute', roundingMode: 'trunc' });
}

/** Returns the first instant of a day: midnight, or later where a clock change skips midnight. */
export function startOfDay(day: string, timeZone: string): Date {
  const zonedDay = plainDay(day).toZonedDateTime(checkedZone(timeZone));
  return new Date(zonedDay.epochMilliseconds);
}

/**
 * Returns the instant at which a wall clock in `timeZone` shows `wallTime` on `day`.
 * A time that a clock change skips moves on by the length of the gap (02:30 becomes 03:30);
 * of a time that comes twice, the first is meant. '24:00' is the start of the next day.
 */
export function instantAt(day: string, wallTime: string, timeZone: string): Date {
  if (wallTime === '24:00') return startOfDay(addDays(day, 1), timeZone);
  if (!WALL_TIME.test(wallTime)) throw new RangeError(`Not a wall time (HH:MM): ${wallTime}`);
  const local = plainDay(day).toPlainDateTime(Temporal.PlainTime.from(wallTime));
  return new Date(local.toZonedDateTime(checkedZone(timeZone), { disambiguation: 'compatible' }).epochMilliseconds);
}

/** Returns the day `count` calendar days later, earlier when negative; clock changes play no part. */
export function addDays(day: string, count: number): string {
  return plainDay(day).add({ days: count }).toString();
}

export function weekdayOf(day: string): Weekday {
  const weekday = WEEKDAYS[plainDay(day).dayOfWeek - 1];
  if (weekday === undefined) throw new RangeError(`No weekday for ${day}`);
  return weekday;
}

/** Counts the calendar days from `from` to `to`: 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return plainDay(from).until(plainDay(to), { largestUnit: 'days' }).days;
}

/** Lists every day from `from` to `to`, both included; none when `to` is earlier. */
export function eachDay(from: string, to: string): string[] {
  const count = daysBetween(from, to) + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, index) => addDays(from, index));
}

/**
 * Returns the age in completed years on `day`. Who is born on 29 February turns a year older on 1 March
 * of a common year. Negative or zero before the first birthday.
 */
export function ageOn(birthDate: string, day: string): number {
  return plainDay(birthDate).until(plainDay(day), { largestUnit: 'years' }).years;
}

/** Tells whether this machine knows the IANA zone; bare offsets such as '+08:00' are no zones. */
export function isTimeZone(value: string): boolean {
  if (!ZONE_NAME.test(value)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(value);
    return true;
  } catch {
    return false;
  }
}

function zoned(instant: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(checkedZone(timeZone));
}

function checkedZone(timeZone: string): string {
  if (!ZONE_NAME.test(timeZone)) throw new RangeError(`Not a time zone: ${timeZone}`);
  return timeZone;
}

function plainDay(day: string): Temporal.PlainDate {
  if (!DAY.test(day)) throw new RangeError(`Not a calendar day (YYYY-MM-DD): ${day}`);
  return Temporal.PlainDate.from(day, { overflow: 'reject' });
}

/** An instant in words for a message, on the clinic's own clock: 4 March 2030 at 09:12. */
export function momentWords(instant: Date, timeZone: string): string {
  const day = zoned(instant, timeZone).toPlainDate();
  const words = day.toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  return `${words} at ${wallTimeOf(instant, timeZone)}`;
}

/** When something happened, for whoever was in the middle of it: "at 09:12" today, "on 3 March at 09:12" before; the year only if it is another one. */
export function sinceWords(instant: Date, now: Date, timeZone: string): string {
  const [then, today] = [zoned(instant, timeZone), zoned(now, timeZone)];
  const time = wallTimeOf(instant, timeZone);
  if (then.toPlainDate().equals(today.toPlainDate())) return `at ${time}`;
  const year = then.year === today.year ? {} : { year: 'numeric' as const };
  const day = then.toPlainDate().toLocaleString('en-GB', { day: 'numeric', month: 'long', ...year });
  return `on ${day} at ${time}`;
}
