import { dayOf } from '../../platform/zone.ts';
import type { AppointmentState, AppointmentStatus } from './appointment.domain.ts';

const minuteMs = 60_000;

/** When the front desk is told that somebody has probably not come. Source: domain.md A9. */
export const alertAt = ({ startsAt, noShowAfterMinutes }: { startsAt: Date; noShowAfterMinutes: number }): Date =>
  new Date(startsAt.getTime() + noShowAfterMinutes * minuteMs);

/**
 * Whether somebody who is expected should have been checked in by now. Once the clinic's day is over it is no news any
 * more: the appointment is overdue.
 */
export const isLikelyNoShow = (
  appointment: AppointmentState & { noShowAfterMinutes: number },
  now: Date,
  timeZone: string,
): boolean => {
  const at = alertAt(appointment);
  return appointment.status === 'APPROVED' && at <= now && dayOf(at, timeZone) === dayOf(now, timeZone);
};

/** Whether an appointment in this state keeps others out of its time. Source: domain.md, "An appointment holds its slot". */
export const holdsSlot = (status: AppointmentStatus, overbookReason: string | null): boolean =>
  (status === 'APPROVED' || status === 'CHECKED_IN') && overbookReason === null;

/** How long an appointment may last, minutes. What overlaps an instant began at most so long before. */
export const shortestMinutes = 5;
export const longestMinutes = 480;

/** States that need somebody's attention once their day has passed. */
export const openStatuses: readonly AppointmentStatus[] = ['REQUESTED', 'APPROVED', 'CHECKED_IN'];
export const finalStatuses: readonly AppointmentStatus[] = ['REJECTED', 'CANCELLED', 'TREATED'];

const isPastDay = (startsAt: Date, now: Date, timeZone: string): boolean =>
  dayOf(startsAt, timeZone) < dayOf(now, timeZone);

/** Still open although its clinic day has passed. Source: domain.md, Overdue. */
export const isOverdue = ({ status, startsAt }: AppointmentState, now: Date, timeZone: string): boolean =>
  openStatuses.includes(status) && isPastDay(startsAt, now, timeZone);

/** No longer part of the day's work: final, or a no-show of a past day. Source: domain.md, Archived. */
export const isArchived = ({ status, startsAt }: AppointmentState, now: Date, timeZone: string): boolean =>
  finalStatuses.includes(status) || (status === 'NO_SHOW' && isPastDay(startsAt, now, timeZone));
