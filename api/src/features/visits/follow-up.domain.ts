import { addDays, dayOf, instantAt } from '../../platform/zone.ts';

const daysBefore = 7;
/** In the morning, when people plan their day. */
const wallTime = '09:00';

/**
 * When somebody is reminded that they should come again: a week before, or the next morning when that has passed; null
 * where no morning is left before the day itself. Source: domain.md, Notifications, "followUpOn in 7 days and nothing booked".
 */
export function followUpReminderAt(followUpOn: string, now: Date, timeZone: string): Date | null {
  const aWeekBefore = addDays(followUpOn, -daysBefore);
  const tomorrow = addDays(dayOf(now, timeZone), 1);
  const day = aWeekBefore > tomorrow ? aWeekBefore : tomorrow;
  return day < followUpOn ? instantAt(day, wallTime, timeZone) : null;
}
