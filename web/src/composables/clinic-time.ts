/** A calendar day as YYYY-MM-DD, always in the clinic's time zone unless said otherwise. */
export type Day = string;

const dayMs = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

function wallClock(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

function wallParts(instantMs: number, zone: string): Record<string, number> {
  const parts: Record<string, number> = {};
  for (const { type, value } of wallClock(zone).formatToParts(instantMs)) {
    if (type !== 'literal') parts[type] = Number(value);
  }
  return parts;
}

function wallAsUtcMs(instantMs: number, zone: string): number {
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = wallParts(instantMs, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Returns the calendar day of an instant in a zone. */
export function dayOf(instant: string | number, zone: string): Day {
  const instantMs = typeof instant === 'number' ? instant : Date.parse(instant);
  return new Date(wallAsUtcMs(instantMs, zone)).toISOString().slice(0, 10);
}

/** Returns the minutes since midnight on the zone's wall clock, 0 to 1439. */
export function minutesOfDay(instant: string | number, zone: string): number {
  const { hour = 0, minute = 0 } = wallParts(typeof instant === 'number' ? instant : Date.parse(instant), zone);
  return hour * 60 + minute;
}

/** Returns the first instant of a day in a zone, RFC 3339. A day that starts late, at a clock change, starts at the change. */
export function startOfDay(day: Day, zone: string): string {
  const target = Date.parse(`${day}T00:00:00Z`);
  let instantMs = target;
  for (let round = 0; round < 3; round += 1) {
    const gap = target - wallAsUtcMs(instantMs, zone);
    if (gap === 0) break;
    instantMs += gap;
  }
  while (dayOf(instantMs, zone) < day) instantMs += 15 * 60_000;
  return new Date(instantMs).toISOString();
}

/**
 * Returns the instant at which a zone's wall clock shows a time of a day, RFC 3339. A time that a clock change leaves out
 * is the one as long after the change; of a time that comes twice, the first.
 *
 * @param minutes   since midnight on the wall clock, 0 to 1440
 */
export function instantAt(day: Day, minutes: number, zone: string): string {
  const target = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000;
  const offsetAt = (instantMs: number): number => wallAsUtcMs(instantMs, zone) - instantMs;
  const before = target - offsetAt(target - dayMs);
  const after = target - offsetAt(target + dayMs);
  const [earlier, later] = before < after ? [before, after] : [after, before];
  if (wallAsUtcMs(earlier, zone) === target) return new Date(earlier).toISOString();
  return new Date(later).toISOString();
}

/** Moves a day by whole calendar days. */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** Counts the calendar days from one day to another; negative when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

/** Returns the half-open range of instants that a day covers. */
export function dayRange(day: Day, zone: string): { from: string; to: string } {
  return { from: startOfDay(day, zone), to: startOfDay(addDays(day, 1), zone) };
}

export function isDay(value: unknown): value is Day {
  return (
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`))
  );
}
