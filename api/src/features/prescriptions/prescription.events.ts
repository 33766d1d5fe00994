import type { Transaction } from '../../platform/db/transaction.ts';
import { visitFacts } from '../visits/index.ts';
import type { PrescriptionRecord } from './prescription.entity.ts';

export const prescriptionFacts = { CREATED: 'PRESCRIPTION_CREATED', VOIDED: 'PRESCRIPTION_VOIDED' } as const;

/**
 * Writes down that a prescription was made or voided, by ids alone: what was prescribed stands in no event and in no line
 * of the trail. Screens that show the visit look again.
 */
export function recordPrescription(
  tx: Transaction,
  { id, visitId, doctorId, patientId }: PrescriptionRecord,
  { type, appointmentId, changes }: { type: keyof typeof prescriptionFacts; appointmentId: string; changes: object },
): void {
  const payload = { doctorId, patientId, appointmentId, visitId, actorUserId: tx.actor.userId };
  tx.audit({
    action: type === 'CREATED' ? 'prescription.create' : 'prescription.void',
    subjectId: id,
    changes: { visitId, ...changes },
  });
  tx.record({ type: prescriptionFacts[type], subjectId: id, payload });
  tx.record({ type: visitFacts.UPDATED, subjectId: visitId, payload });
}
