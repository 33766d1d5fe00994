import type { RecordedFact, Transaction } from '../../platform/db/transaction.ts';
import type { VisitStatus } from './visit.domain.ts';

/** The fact that a visit is in another state, under the name that partners know. */
export const visitFacts = {
  STATUS_CHANGED: 'VISIT_STATUS_CHANGED',
  /** Another doctor, priority, or what the doctor wrote: screens look again, partners are not told. */
  UPDATED: 'VISIT_UPDATED',
} as const;

interface Stepped {
  id: string;
  doctorId: string;
  patientId: string;
  appointmentId: string;
  status: VisitStatus;
}

/** Writes one step down for everybody who must know: the fact for its readers, the audit trail. */
export function recordVisitStep(
  tx: Transaction,
  visit: Stepped,
  { from, action, changes = {} }: { from: VisitStatus | null; action: string; changes?: Record<string, unknown> },
): RecordedFact {
  const { id, doctorId, patientId, appointmentId, status } = visit;
  const isMoved = from !== status;
  tx.audit({ action, subjectId: id, changes: { ...(isMoved ? { status: [from, status] } : {}), ...changes } });
  return tx.record({
    type: isMoved ? visitFacts.STATUS_CHANGED : visitFacts.UPDATED,
    subjectId: id,
    payload: { doctorId, patientId, appointmentId, from, status, actorUserId: tx.actor.userId },
  });
}
