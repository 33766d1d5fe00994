import { defineIdKind } from '../../platform/ids.ts';
import type { RecordedFact, Transaction } from '../../platform/db/transaction.ts';
import type { AppointmentEventName, AppointmentStatus } from './appointment.domain.ts';
import { AppointmentEventEntity } from './appointment.entity.ts';

export const appointmentEventId = defineIdKind('AppointmentEvent', 0xa22);

/** The facts that appointments publish, under the names that partners know. */
export const appointmentFacts = {
  REQUESTED: 'APPOINTMENT_REQUESTED',
  APPROVED: 'APPOINTMENT_APPROVED',
  REJECTED: 'APPOINTMENT_REJECTED',
  RESCHEDULED: 'APPOINTMENT_RESCHEDULED',
  CANCELLED: 'APPOINTMENT_CANCELLED',
  CHECKED_IN: 'APPOINTMENT_CHECKED_IN',
  CHECK_IN_UNDONE: 'APPOINTMENT_CHECK_IN_UNDONE',
  NO_SHOW: 'APPOINTMENT_NO_SHOW',
  TREATED: 'APPOINTMENT_TREATED',
} as const satisfies Record<AppointmentEventName, string>;

export type AppointmentFactType = (typeof appointmentFacts)[AppointmentEventName];

const eventNames: readonly AppointmentEventName[] = [
  'REQUESTED',
  'APPROVED',
  'REJECTED',
  'RESCHEDULED',
  'CANCELLED',
  'CHECKED_IN',
  'CHECK_IN_UNDONE',
  'NO_SHOW',
  'TREATED',
];

/** The step behind a fact; null for facts about something else. */
export function stepOfFact(type: string): AppointmentEventName | null {
  return eventNames.find((name) => appointmentFacts[name] === type) ?? null;
}

interface StepTaken {
  id: string;
  clinicId: string;
  doctorId: string;
  patientId: string;
  status: AppointmentStatus;
  version: number;
}

/** Where and when an appointment was before it moved. */
export interface PreviousPlace {
  doctorId: string;
  startsAt: Date;
}

interface Step {
  type: AppointmentEventName;
  from: AppointmentStatus | null;
  note: string | null;
  action: string;
  /** For RESCHEDULED alone. */
  previous?: PreviousPlace;
  /** Followed from something else, and is not told as a deed of its own. */
  because?: 'LEFT' | 'REASSIGNED' | 'WALK_IN' | undefined;
  /** What else changed, before and after, for the audit trail. */
  changes?: Record<string, unknown>;
}

/** Writes one step down for everybody who must know: the timeline, the fact for its readers, the audit trail. */
export function recordStep(tx: Transaction, appointment: StepTaken, step: Step): RecordedFact {
  const { id, clinicId, doctorId, patientId, status, version } = appointment;
  tx.em.create(AppointmentEventEntity, {
    id: appointmentEventId.make(tx.now),
    clinicId,
    appointmentId: id,
    doctorId,
    patientId,
    version,
    type: step.type,
    at: tx.now,
    actorName: tx.actor.name,
    fromStatus: step.from,
    toStatus: status,
    previousStartsAt: step.previous?.startsAt ?? null,
    note: step.note,
  });
  const statusChange = step.from === status ? {} : { status: [step.from, status] };
  tx.audit({ action: step.action, subjectId: id, changes: { ...statusChange, ...step.changes } });
  const previousDoctorId = step.previous?.doctorId ?? doctorId;
  return tx.record({
    type: appointmentFacts[step.type],
    subjectId: id,
    payload: {
      doctorId,
      patientId,
      actorUserId: tx.actor.userId,
      ...(step.because === undefined ? {} : { because: step.because }),
      // Whose day it left hears of it too.
      ...(previousDoctorId === doctorId ? {} : { previousDoctorId }),
    },
  });
}
