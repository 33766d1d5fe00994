import { defineIdKind } from '../../platform/ids.ts';
import type { RecordedFact, Transaction } from '../../platform/db/transaction.ts';
import type { AppointmentEventName, AppointmentStatus } from './appointment.domain.ts';
import { AppointmentEventEntity } from './appointment.entity.ts';

const appointmentEventId = defineIdKind('AppointmentEvent', 0xa22);

/** The facts that appointments publish, under the names that partners know. */
export const appointmentFacts = {
  REQUESTED: 'APPOINTMENT_REQUESTED',
  APPROVED: 'APPOINTMENT_APPROVED',
  REJECTED: 'APPOINTMENT_REJECTED',
  CANCELLED: 'APPOINTMENT_CANCELLED',
} as const satisfies Record<AppointmentEventName, string>;

export type AppointmentFactType = (typeof appointmentFacts)[AppointmentEventName];

/** The step behind a fact; null for facts about something else. */
export function stepOfFact(type: string): AppointmentEventName | null {
  const names: AppointmentEventName[] = ['REQUESTED', 'APPROVED', 'REJECTED', 'CANCELLED'];
  return names.find((name) => appointmentFacts[name] === type) ?? null;
}

interface StepTaken {
  id: string;
  clinicId: string;
  doctorId: string;
  patientId: string;
  status: AppointmentStatus;
  version: number;
}

/** Writes one step down for everybody who must know: the timeline, the fact for its readers, the audit trail. */
export function recordStep(
  tx: Transaction,
  appointment: StepTaken,
  step: { type: AppointmentEventName; from: AppointmentStatus | null; note: string | null; action: string },
): RecordedFact {
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
    previousStartsAt: null,
    note: step.note,
  });
  tx.audit({ action: step.action, subjectId: id, changes: { status: [step.from, status] } });
  return tx.record({
    type: appointmentFacts[step.type],
    subjectId: id,
    payload: { doctorId, patientId, actorUserId: tx.actor.userId },
  });
}
