import { DomainError, forbidden } from '../../platform/errors.ts';
import { defineLifecycle } from '../../platform/lifecycle.ts';
import { dayOf } from '../../platform/zone.ts';
import type { Role } from '../../access/roles.ts';

export type AppointmentStatus =
  'REQUESTED' | 'APPROVED' | 'REJECTED' | 'CANCELLED' | 'CHECKED_IN' | 'NO_SHOW' | 'TREATED';
export type AppointmentSource = 'PATIENT' | 'STAFF' | 'WALK_IN' | 'PARTNER';
export type AppointmentEventName = 'REQUESTED' | 'APPROVED' | 'REJECTED' | 'CANCELLED';

/** A step that an appointment's own state and the caller's role allow. */
export type AppointmentStep = 'APPROVE' | 'REJECT' | 'CANCEL';
type Step = 'REQUEST' | 'REQUEST_APPROVED_AT_ONCE' | 'BOOK' | AppointmentStep;

/** Source: domain.md, Appointment. Rows that need a visit join the table with the visits. */
export const appointmentLifecycle = defineLifecycle<AppointmentStatus, Step, Role>({
  name: 'Appointment',
  states: ['REQUESTED', 'APPROVED', 'REJECTED', 'CANCELLED'],
  initial: ['REQUESTED', 'APPROVED'],
  final: ['REJECTED', 'CANCELLED'],
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
  ],
  describe: (from, action) =>
    `This appointment is ${inWords[from]} already, so it cannot be ${stepInWords[action]}. Reload to see it as it is now.`,
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

const hourMs = 60 * 60 * 1_000;

/** A receptionist answers requests only where the clinic says so. Source: domain.md A3, A4. */
const mayAnswer = ({ roles, requestPolicy }: Circumstances): boolean =>
  roles.some((role) => role !== 'RECEPTIONIST') || requestPolicy === 'FRONT_DESK';

/** A patient alone is bound by the cutoff; staff are not. Source: domain.md A5. */
const isTooLate = (appointment: AppointmentState, { roles, selfServiceCutoffHours, now }: Circumstances): boolean =>
  roles.every((role) => role === 'PATIENT') &&
  appointment.startsAt.getTime() - now.getTime() < selfServiceCutoffHours * hourMs;

/** What the caller may do with an appointment now. Clients draw their buttons from it and know no table. */
export function allowedSteps(appointment: AppointmentState, circumstances: Circumstances): AppointmentStep[] {
  return appointmentLifecycle
    .allowedActions(appointment.status, circumstances.roles)
    .filter(isStep)
    .filter((step) => (step === 'CANCEL' ? !isTooLate(appointment, circumstances) : mayAnswer(circumstances)));
}

const isStep = (step: Step): step is AppointmentStep => step === 'APPROVE' || step === 'REJECT' || step === 'CANCEL';

/**
 * Takes one step.
 *
 * @returns the state that follows
 * @throws RequestError FORBIDDEN for a receptionist where the doctor answers requests; DomainError INVALID_TRANSITION from a
 *   state that does not allow it, TOO_LATE for a patient past the cutoff
 */
export function takeStep(
  appointment: AppointmentState,
  step: AppointmentStep,
  circumstances: Circumstances,
): AppointmentStatus {
  if (step !== 'CANCEL' && !mayAnswer(circumstances))
    throw forbidden('answer requests: in this clinic the doctor does');
  const next = appointmentLifecycle.move(appointment.status, step);
  if (step === 'CANCEL' && isTooLate(appointment, circumstances)) {
    throw new DomainError(
      'TOO_LATE',
      `Up to ${circumstances.selfServiceCutoffHours} hours before, you can cancel by yourself. Call the clinic now.`,
    );
  }
  return next;
}

/** Whether an appointment in this state keeps others out of its time. Source: domain.md, "An appointment holds its slot". */
export const holdsSlot = (status: AppointmentStatus, overbookReason: string | null): boolean =>
  (status === 'APPROVED' || status === 'CHECKED_IN') && overbookReason === null;

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
