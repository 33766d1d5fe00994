import { DomainError, forbidden } from '../../platform/errors.ts';
import { defineLifecycle } from '../../platform/lifecycle.ts';
import { dayOf } from '../../platform/zone.ts';
import type { Role } from '../../access/roles.ts';

export type AppointmentStatus =
  'REQUESTED' | 'APPROVED' | 'REJECTED' | 'CANCELLED' | 'CHECKED_IN' | 'NO_SHOW' | 'TREATED';
export type AppointmentSource = 'PATIENT' | 'STAFF' | 'WALK_IN' | 'PARTNER';
export type AppointmentEventName = 'REQUESTED' | 'APPROVED' | 'REJECTED' | 'RESCHEDULED' | 'CANCELLED' | 'NO_SHOW';

/** A step that an appointment's own state and the caller's role allow. */
export type AppointmentStep = 'APPROVE' | 'REJECT' | 'RESCHEDULE' | 'CANCEL' | 'MARK_NO_SHOW';
type Step = 'REQUEST' | 'REQUEST_APPROVED_AT_ONCE' | 'BOOK' | AppointmentStep;

/** Source: domain.md, Appointment. Rows that need a visit join the table with the visits. */
export const appointmentLifecycle = defineLifecycle<AppointmentStatus, Step, Role>({
  name: 'Appointment',
  states: ['REQUESTED', 'APPROVED', 'REJECTED', 'CANCELLED', 'NO_SHOW'],
  initial: ['REQUESTED', 'APPROVED'],
  // Whoever comes late after all (A10) is checked in with a visit.
  final: ['REJECTED', 'CANCELLED', 'NO_SHOW'],
  moves: [
    {
      row: 'A1',
      action: 'REQUEST',
      from: [],
      to: 'REQUESTED',
      by: ['PATIENT', 'RECEPTIONIST', 'ADMIN', 'OWNER'],
      guard: 'in the future, inside the schedule, free now; holds no slot',
    },
    {
      row: 'A1',
      action: 'REQUEST_APPROVED_AT_ONCE',
      from: [],
      to: 'APPROVED',
      by: ['PATIENT', 'RECEPTIONIST', 'ADMIN', 'OWNER'],
      guard: 'request policy AUTOMATIC and a free slot',
    },
    {
      row: 'A2',
      action: 'BOOK',
      from: [],
      to: 'APPROVED',
      by: ['RECEPTIONIST', 'ADMIN', 'OWNER', 'DOCTOR'],
      guard:
        'not past, inside the schedule, no overlap for doctor and patient unless overbooked by doctor, admin or owner',
    },
    {
      row: 'A3',
      action: 'APPROVE',
      from: ['REQUESTED'],
      to: 'APPROVED',
      by: ['DOCTOR', 'ADMIN', 'OWNER', 'RECEPTIONIST'],
      guard: 'the slot is checked again; a receptionist only with request policy FRONT_DESK',
    },
    {
      row: 'A4',
      action: 'REJECT',
      from: ['REQUESTED'],
      to: 'REJECTED',
      by: ['DOCTOR', 'ADMIN', 'OWNER', 'RECEPTIONIST'],
      guard: 'with a note; a receptionist only with request policy FRONT_DESK',
    },
    {
      row: 'A5',
      action: 'CANCEL',
      from: ['REQUESTED', 'APPROVED'],
      to: 'CANCELLED',
      by: ['PATIENT', 'RECEPTIONIST', 'ADMIN', 'OWNER', 'DOCTOR'],
      guard: "a patient until the clinic's cutoff",
    },
    {
      row: 'A6',
      action: 'RESCHEDULE',
      from: ['APPROVED'],
      to: 'APPROVED',
      by: ['PATIENT', 'RECEPTIONIST', 'ADMIN', 'OWNER', 'DOCTOR'],
      guard: "as A2; a patient until the clinic's cutoff and never on top of another one; a doctor to no other doctor",
    },
    {
      row: 'A9',
      action: 'MARK_NO_SHOW',
      from: ['APPROVED'],
      to: 'NO_SHOW',
      by: ['RECEPTIONIST', 'ADMIN', 'OWNER'],
      guard: 'after the start',
    },
  ],
  describe: (from, action) =>
    from === 'REQUESTED'
      ? `This appointment is only requested so far, so it cannot be ${stepInWords[action]}. Answer the request first.`
      : `This appointment is ${inWords[from]} already, so it cannot be ${stepInWords[action]}. Reload to see it as it is now.`,
});

const inWords: Record<AppointmentStatus, string> = {
  REQUESTED: 'requested',
  APPROVED: 'approved',
  REJECTED: 'rejected',
  CANCELLED: 'cancelled',
  CHECKED_IN: 'checked in',
  NO_SHOW: 'marked as a no-show',
  TREATED: 'closed as treated',
};

const stepInWords: Record<Step, string> = {
  REQUEST: 'requested',
  REQUEST_APPROVED_AT_ONCE: 'requested',
  BOOK: 'booked',
  APPROVE: 'approved',
  REJECT: 'rejected',
  CANCEL: 'cancelled',
  RESCHEDULE: 'moved',
  MARK_NO_SHOW: 'marked as a no-show',
};

export interface AppointmentState {
  status: AppointmentStatus;
  startsAt: Date;
}

/** What the clinic's settings and the moment say about a step. */
export interface Circumstances {
  roles: readonly Role[];
  requestPolicy: 'DOCTOR' | 'FRONT_DESK' | 'AUTOMATIC';
  selfServiceCutoffHours: number;
  now: Date;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A receptionist answers requests only where the clinic says so. Source: domain.md A3, A4. */
const mayAnswer = ({ roles, requestPolicy }: Circumstances): boolean =>
  roles.some((role) => role !== 'RECEPTIONIST') || requestPolicy === 'FRONT_DESK';

/** A patient alone is bound by the cutoff; staff are not. Source: domain.md A5, A6. */
const isTooLate = (appointment: AppointmentState, { roles, selfServiceCutoffHours, now }: Circumstances): boolean =>
  roles.every((role) => role === 'PATIENT') &&
  appointment.startsAt.getTime() - now.getTime() < selfServiceCutoffHours * hourMs;

/** What a step asks for beside the table: nothing, or why it is not possible now. */
function obstacleTo(
  step: AppointmentStep,
  appointment: AppointmentState,
  circumstances: Circumstances,
): 'NOT_YOURS_TO_ANSWER' | 'TOO_LATE' | 'NOT_BEGUN' | null {
  switch (step) {
    case 'APPROVE':
    case 'REJECT':
      return mayAnswer(circumstances) ? null : 'NOT_YOURS_TO_ANSWER';
    case 'RESCHEDULE':
    case 'CANCEL':
      return isTooLate(appointment, circumstances) ? 'TOO_LATE' : null;
    case 'MARK_NO_SHOW':
      return circumstances.now < appointment.startsAt ? 'NOT_BEGUN' : null;
  }
}

/** What the caller may do with an appointment now. Clients draw their buttons from it and know no table. */
export function allowedSteps(appointment: AppointmentState, circumstances: Circumstances): AppointmentStep[] {
  return appointmentLifecycle
    .allowedActions(appointment.status, circumstances.roles)
    .filter(isStep)
    .filter((step) => obstacleTo(step, appointment, circumstances) === null);
}

const isStep = (step: Step): step is AppointmentStep =>
  step !== 'REQUEST' && step !== 'REQUEST_APPROVED_AT_ONCE' && step !== 'BOOK';

/**
 * Takes one step.
 *
 * @returns the state that follows
 * @throws RequestError FORBIDDEN for a receptionist where the doctor answers requests; DomainError INVALID_TRANSITION from a
 *   state that does not allow it and for a no-show before the start, TOO_LATE for a patient past the cutoff
 */
export function takeStep(
  appointment: AppointmentState,
  step: AppointmentStep,
  circumstances: Circumstances,
): AppointmentStatus {
  const obstacle = obstacleTo(step, appointment, circumstances);
  if (obstacle === 'NOT_YOURS_TO_ANSWER') throw forbidden('answer requests: in this clinic the doctor does');
  const next = appointmentLifecycle.move(appointment.status, step);
  if (obstacle === 'TOO_LATE') {
    const deed = step === 'CANCEL' ? 'cancel' : 'move it';
    throw new DomainError(
      'TOO_LATE',
      `${cutoffWords(circumstances.selfServiceCutoffHours)}, you can ${deed} by yourself. Call the clinic now.`,
    );
  }
  if (obstacle === 'NOT_BEGUN')
    throw new DomainError('INVALID_TRANSITION', 'This appointment has not begun yet. Wait until it has.');
  return next;
}

function cutoffWords(hours: number): string {
  if (hours === 0) return 'Until it begins';
  return hours === 1 ? 'Up to an hour before' : `Up to ${hours} hours before`;
}

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
