import type { RecordedFact, Transaction } from '../platform/db/transaction.ts';
import { appendToOutbox } from '../platform/outbox/outbox.ts';
import { appointmentFacts, type AppointmentFactType } from '../features/appointments/index.ts';
import { writeAuditTrail } from '../features/audit/index.ts';
import { notifyOfAppointment } from '../features/notifications/index.ts';

type Handler = (tx: Transaction, fact: RecordedFact) => Promise<void>;

const tellPeople =
  (type: AppointmentFactType): Handler =>
  (tx, fact) =>
    notifyOfAppointment(tx, fact, type);

/** What else happens, in the same transaction, when something happens. */
const handlers: Readonly<Record<string, readonly Handler[]>> = Object.fromEntries(
  Object.values(appointmentFacts).map((type) => [type, [tellPeople(type)]]),
);

/**
 * Runs at the end of every writing transaction: first what its facts cause (which may record further facts), then the
 * audit trail, and last the outbox with the clinic's counter.
 */
export async function beforeCommit(tx: Transaction): Promise<void> {
  for (let index = 0; index < tx.facts.length; index += 1) {
    const fact = tx.facts[index];
    if (fact === undefined) continue;
    for (const handle of handlers[fact.type] ?? []) await handle(tx, fact);
  }
  await tx.em.flush();
  await writeAuditTrail(tx);
  await appendToOutbox(tx);
}
