import type { RecordedFact, Transaction } from '../../platform/db/transaction.ts';
import type { Bill } from './bill.entity.ts';
import type { Payment, Refund } from './payment.entity.ts';

/** The facts that bills publish, under the names that partners know. */
export const billFacts = {
  CREATED: 'BILL_CREATED',
  UPDATED: 'BILL_UPDATED',
  VOIDED: 'BILL_VOIDED',
  PAYMENT_RECEIVED: 'PAYMENT_RECEIVED',
  PAYMENT_REFUNDED: 'PAYMENT_REFUNDED',
  /** A refund waits for the gateway: screens look again, nobody is told. */
  REFUND_REQUESTED: 'REFUND_REQUESTED',
  /** Somebody is about to pay online, or is not any more: screens look again, nobody is told. */
  CHECKOUT_CHANGED: 'CHECKOUT_CHANGED',
  /** The gateway and the books do not agree: the front desk is told. */
  ONLINE_PAYMENT_TROUBLE: 'ONLINE_PAYMENT_TROUBLE',
} as const;

export type BillFactType = (typeof billFacts)[keyof typeof billFacts];

const types: readonly string[] = Object.values(billFacts);

export const isBillFact = (type: string): boolean => types.includes(type);

const whose = ({ id, doctorId, patientId, appointmentId }: Bill) => ({
  billId: id,
  doctorId,
  patientId,
  appointmentId,
});

/** Writes down what was done to a bill itself: the fact for its readers, the audit trail. */
export function recordBill(
  tx: Transaction,
  bill: Bill,
  { type, action, changes }: { type: BillFactType; action: string; changes: Record<string, unknown> },
): RecordedFact {
  tx.audit({ action, subjectId: bill.id, changes });
  return tx.record({ type, subjectId: bill.id, payload: { ...whose(bill), actorUserId: tx.actor.userId } });
}

/** Writes down that money came in: `settles` where nothing is owed afterwards. */
export function recordPaymentOf(tx: Transaction, bill: Bill, payment: Payment, settles: boolean): RecordedFact {
  const { amountMinor, method } = payment;
  tx.audit({ action: 'payment.receive', subjectId: payment.id, changes: { billId: bill.id, amountMinor, method } });
  return tx.record({
    type: billFacts.PAYMENT_RECEIVED,
    subjectId: payment.id,
    payload: { ...whose(bill), settles: settles ? 'yes' : null, actorUserId: tx.actor.userId },
  });
}

/** Writes down what became of paying online beside the money itself. */
export function recordOnline(
  tx: Transaction,
  bill: Bill,
  { type, subjectId, action, because = null }: Online,
): RecordedFact {
  tx.audit({ action, subjectId, changes: { billId: bill.id, ...(because === null ? {} : { because }) } });
  return tx.record({ type, subjectId, payload: { ...whose(bill), because, actorUserId: tx.actor.userId } });
}

interface Online {
  type: typeof billFacts.CHECKOUT_CHANGED | typeof billFacts.ONLINE_PAYMENT_TROUBLE;
  subjectId: string;
  action: string;
  /** In one word, for whoever tells people of it. */
  because?: string | null;
}

/** Writes down that money goes back, or has gone back. */
export function recordRefundOf(tx: Transaction, bill: Bill, refund: Refund): RecordedFact {
  const { id, amountMinor, status, paymentId } = refund;
  tx.audit({ action: 'payment.refund', subjectId: paymentId, changes: { refundId: id, amountMinor, status } });
  return tx.record({
    type: status === 'PAID' ? billFacts.PAYMENT_REFUNDED : billFacts.REFUND_REQUESTED,
    subjectId: id,
    payload: { ...whose(bill), actorUserId: tx.actor.userId },
  });
}
