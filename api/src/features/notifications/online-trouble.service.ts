import type { RecordedFact, Transaction } from '../../platform/db/transaction.ts';
import { FRONT_DESK } from '../../access/roles.ts';
import { billNumber } from '../billing/index.ts';
import { subjectOfBill } from './bill-subject.queries.ts';
import { onlineTroubleText } from './message-text.ts';
import { isOnlineTrouble, onlineTroubles } from './notification.domain.ts';
import { membersOf } from './notification.queries.ts';
import { addMessage, localeFor } from './notification.service.ts';

/** Tells everybody who does the front desk's work, in the app, that the gateway and the books do not agree on a bill. */
export async function notifyOfOnlineTrouble(tx: Transaction, fact: RecordedFact): Promise<void> {
  const { billId, because } = fact.payload;
  const { clinicId } = tx.tenant;
  if (billId == null || clinicId === null || !isOnlineTrouble(because)) return;
  const [bill] = await tx.rows(subjectOfBill(clinicId, billId));
  if (bill === undefined) throw new Error('The bill behind a fact is not there.');
  const { doctorId, patientId, appointmentId, clinicName } = bill;
  const number = billNumber(bill.year, bill.sequence);
  for (const { userId, displayName } of await tx.rows(membersOf(clinicId, FRONT_DESK))) {
    const locale = await localeFor(tx, userId, bill.clinicLocale);
    await addMessage(
      tx,
      { userId, name: displayName, email: null },
      {
        cause: fact,
        about: { clinicId, doctorId, patientId, appointmentId },
        type: onlineTroubles[because],
        words: onlineTroubleText(because, { clinicName, number, locale }),
      },
    );
  }
}
