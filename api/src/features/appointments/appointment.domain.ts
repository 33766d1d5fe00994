import { DomainError, forbidden } from '../../platform/errors.ts';
import { defineLifecycle } from '../../platform/lifecycle.ts';
import { dayOf } from '../../platform/zone.ts';
import type { Role } from '../../access/roles.ts';

export type AppointmentStatus =
  'REQUESTED' | 'APPROVED' | 'REJECTED' | 'CANCELLED' | 'CHECKED_IN' | 'NO_SHOW' | 'TREATED';
export type AppointmentSource = 'PATIENT' | 'STAFF' | 'WALK_IN' | 'PARTNER';
export type AppointmentEventName =
  | 'REQUESTED'
  | 'APPROVED'
  | 'REJECTED'
  | 'RESCHEDULED'
  | 'CANCELLED'
  | 'CHECKED_IN'
  | 'CHECK_IN_UNDONE'
  | 'NO_SHOW'
  | 'TREATED';

/** A step that an appointment's own state and the caller's role allow. */
export type AppointmentStep =
  'APPROVE' | 'REJECT' | 'RESCHEDULE' | 'CANCEL' | 'CHECK_IN' | 'UNDO_CHECK_IN' | 'MARK_NO_SHOW';
/** What follows from a visit: completed, or left without being seen. */
export type AppointmentConsequence = 'MARK_TREATED' | 'LEAVE';
type Step = 'REQUEST' | 'REQUEST_APPROVED_AT_ONCE' | 'BOOK' | 'WALK_IN' | AppointmentStep | AppointmentConsequence;

/** Source: domain.md, Appointment. */
export const appointmentLifecycle = defineLifecycle<AppointmentStatus, Step, Role>({
  name: 'Appointment',
  states: ['REQUESTED', 'APPROVED', 'REJECTED', 'CANCELLED', 'CHECKED_IN', 'NO_SHOW', 'TREATED'],
  initial: ['REQUESTED', 'APPROVED'],
  final: ['REJECTED', 'CANCELLED', 'TREATED'],
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
      row: 'V1',
      action: 'WALK_IN',
      from: [],
      to: 'APPROVED',
      by: ['RECEPTIONIST', 'NURSE', 'ADMIN', 'OWNER', 'DOCTOR'],
      guard: 'for now, checked in at once; holds no slot',
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
      row: 'A7',
      action: 'CHECK_IN',
      from: ['APPROVED'],
      to: 'CHECKED_IN',
      by: ['RECEPTIONIST', 'NURSE', 'ADMIN', 'OWNER', 'DOCTOR'],
      guard: "on its own clinic day; opens the visit with the day's next number",
    },
    {
      row: 'A8',
      action: 'UNDO_CHECK_IN',
      from: ['CHECKED_IN'],
      to: 'APPROVED',
      by: ['RECEPTIONIST', 'NURSE', 'ADMIN', 'OWNER', 'DOCTOR'],
      guard: 'the visit is still WAITING; it is removed',
    },
    {
      row: 'A9',
      action: 'MARK_NO_SHOW',
      from: ['APPROVED'],
      to: 'NO_SHOW',
      by: ['RECEPTIONIST', 'ADMIN', 'OWNER'],
      guard: 'after the start',
    },
    {
      row: 'A10',
      action: 'CHECK_IN',
      from: ['NO_SHOW'],
      to: 'CHECKED_IN',
      by: ['RECEPTIONIST', 'NURSE', 'ADMIN', 'OWNER', 'DOCTOR'],
      guard: 'the same clinic day; holds no slot any more',
    },
    {
      row: 'A11',
      action: 'MARK_TREATED',
      from: ['CHECKED_IN'],
      to: 'TREATED',
      by: ['DOCTOR'],
      guard: 'the visit is COMPLETED; by itself where the clinic closes treatments on completion',
    },
    {
      row: 'A12',
      action: 'LEAVE',
      from: ['CHECKED_IN'],
      to: 'CANCELLED',
      by: [],
      guard: 'by itself, when the visit is marked as left',
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
  WALK_IN: 'made',
  APPROVE: 'approved',
  REJECT: 'rejected',
  CANCEL: 'cancelled',
  RESCHEDULE: 'moved',
  CHECK_IN: 'checked in',
  UNDO_CHECK_IN: 'taken back to before the check-in',
  MARK_NO_SHOW: 'marked as a no-show',
  MARK_TREATED: 'closed as treated',
  LEAVE: 'marked as left',
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
  timeZone: string;
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

const isToday = ({ startsAt }: AppointmentState, { now, timeZone }: Circumstances): boolean =>
  dayOf(startsAt, timeZone) === dayOf(now, timeZone);

/** What a step asks for beside the table: nothing, or why it is not possible now. */
function obstacleTo(
  step: AppointmentStep,
  appointment: AppointmentState,
  circumstances: Circumstances,
): 'NOT_YOURS_TO_ANSWER' | 'TOO_LATE' | 'NOT_BEGUN' | 'NOT_TODAY' | null {
  switch (step) {
    case 'APPROVE':
    case 'REJECT':
      return mayAnswer(circumstances) ? null : 'NOT_YOURS_TO_ANSWER';
    case 'RESCHEDULE':
    case 'CANCEL':
      return isTooLate(appointment, circumstances) ? 'TOO_LATE' : null;
    case 'MARK_NO_SHOW':
      return circumstances.now < appointment.startsAt ? 'NOT_BEGUN' : null;
    case 'CHECK_IN':
      return isToday(appointment, circumstances) ? null : 'NOT_TODAY';
    case 'UNDO_CHECK_IN':
      return null;
  }
}

/**
 * What the caller may do with an appointment now. Clients draw their buttons from it and know no table.
 *
 * @param isUndoable   whether a check-in can be taken back: the visit is as it was opened. Source: domain.md A8
 */
export function allowedSteps(
  appointment: AppointmentState,
  circumstances: Circumstances,
  isUndoable: boolean,
): AppointmentStep[] {
  return appointmentLifecycle
    .allowedActions(appointment.status, circumstances.roles)
    .filter(isStep)
    .filter((step) => obstacleTo(step, appointment, circumstances) === null)
    .filter((step) => step !== 'UNDO_CHECK_IN' || isUndoable);
}

const notSteps: readonly Step[] = ['REQUEST', 'REQUEST_APPROVED_AT_ONCE', 'BOOK', 'WALK_IN', 'MARK_TREATED', 'LEAVE'];
const isStep = (step: Step): step is AppointmentStep => !notSteps.includes(step);

/**
 * Takes one step.
 *
 * @returns the state that follows
 * @throws RequestError FORBIDDEN for a receptionist where the doctor answers requests; DomainError INVALID_TRANSITION from a
 *   state that does not allow it and for a no-show before the start, NOT_TODAY for a check-in on another day, TOO_LATE for a
 *   patient past the cutoff
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
  if (obstacle === 'NOT_TODAY')
    throw new DomainError('NOT_TODAY', 'This appointment is on another day. Move it to today first.');
  if (obstacle === 'NOT_BEGUN')
    throw new DomainError('INVALID_TRANSITION', 'This appointment has not begun yet. Wait until it has.');
  return next;
}

function cutoffWords(hours: number): string {
  if (hours === 0) return 'Until it begins';
  return hours === 1 ? 'Up to an hour before' : `Up to ${hours} hours before`;
}
