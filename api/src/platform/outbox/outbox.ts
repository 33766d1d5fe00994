import type { Transaction } from '../db/transaction.ts';
import { appendEvents } from './outbox.queries.ts';

/**
 * Writes the transaction's facts as events of its clinic and wakes their readers at commit.
 *
 * Runs at the end: the clinic's counter is a lock that all writers of a clinic share, so they wait for each other only
 * just before they commit, and the sequence follows the order of the commits without a gap.
 */
export async function appendToOutbox(tx: Transaction): Promise<void> {
  const { clinicId } = tx.tenant;
  if (tx.facts.length === 0) return;
  if (clinicId === null) throw new Error('A fact belongs to a clinic; this transaction has none.');

  const [woken] = await tx.rows(appendEvents(clinicId, tx.now, tx.facts));
  if (woken === undefined) throw new Error('The clinic has no head row.');
}
