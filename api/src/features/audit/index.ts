import type { Transaction } from '../../platform/db/transaction.ts';
import { insertAuditEntries } from './audit.queries.ts';

export { AuditEntryEntity } from './audit.entity.ts';

/** Writes down who did what, in the transaction that did it. */
export async function writeAuditTrail(tx: Transaction): Promise<void> {
  const { clinicId } = tx.tenant;
  if (clinicId === null || tx.auditNotes.length === 0) return;
  await tx.rows(insertAuditEntries(clinicId, tx));
}
