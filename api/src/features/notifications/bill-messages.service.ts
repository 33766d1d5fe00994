import type { RecordedFact, Transaction } from '../../platform/db/transaction.ts';
import { moneyInWords } from '../../platform/money-words.ts';
import { billFacts, billNumber, paymentOverdue } from '../billing/index.ts';
import { fullName } from '../patients/index.ts';
import { amountOfRefund, subjectOfBill, type BillSubject } from './bill-subject.queries.ts';
import { billText } from './message-text.ts';
import { emailStatus, type BillMessage } from './notification.domain.ts';
import { addMessage, localeFor } from './notification.service.ts';

/**
 * Tells the patient of their bill, in the transaction of what happened to it. Source: domain.md, Notifications, "bill made",
 * "bill settled", "refund" and "three days unpaid".
 */
export async function notifyOfBill(tx: Transaction, fact: RecordedFact): Promise<void> {
  const id = fact.payload['billId'];
  const { clinicId } = tx.tenant;
  if (id == null || clinicId === null) return;
  const [bill] = await tx.rows(subjectOfBill(clinicId, id));
  if (bill === undefined) throw new Error('The bill behind a fact is not there.');
  const message = messageOf(fact, bill);
  if (message === null) return;
  const userId = bill.patientUserId;
  const recipient = {
    userId,
    name: fullName({ firstName: bill.patientFirstName, lastName: bill.patientLastName }),
    email: emailStatus(bill),
  };
  const { doctorId, patientId, appointmentId, clinicName, doctorName, followUpOn } = bill;
  const locale = await localeFor(tx, userId, bill.clinicLocale);
  const amountMinor = await amountFor(tx, message, fact, bill);
  const words = billText(message, {
    clinicName,
    doctorName,
    number: billNumber(bill.year, bill.sequence),
    amount: moneyInWords(amountMinor, bill.currency, locale),
    followUpOn,
    locale,
  });
  await addMessage(tx, recipient, {
    cause: fact,
    about: { clinicId, doctorId, patientId, appointmentId },
    type: message,
    words,
  });
}

const owedOn = ({ totalMinor, paidMinor, refundedMinor }: BillSubject): number =>
  totalMinor - paidMinor + refundedMinor;

function messageOf({ type, payload }: RecordedFact, bill: BillSubject): BillMessage | null {
  switch (type) {
    case billFacts.CREATED:
      return bill.status === 'PENDING' ? 'BILL_READY' : null;
    case billFacts.PAYMENT_RECEIVED:
      return payload['settles'] === 'yes' ? 'PAYMENT_RECEIVED' : null;
    case billFacts.PAYMENT_REFUNDED:
      return 'PAYMENT_REFUNDED';
    case paymentOverdue:
      return 'PAYMENT_REMINDER';
    default:
      return null;
  }
}

async function amountFor(
  tx: Transaction,
  message: BillMessage,
  { subjectId }: RecordedFact,
  bill: BillSubject,
): Promise<number> {
  if (message === 'PAYMENT_RECEIVED') return bill.totalMinor;
  if (message !== 'PAYMENT_REFUNDED') return owedOn(bill);
  const [refund] = await tx.rows(amountOfRefund(bill.clinicId, subjectId));
  if (refund === undefined) throw new Error('The refund behind a fact is not there.');
  return refund.amountMinor;
}
