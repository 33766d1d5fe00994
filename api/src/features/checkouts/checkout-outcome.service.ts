import type { Transaction } from '../../platform/db/transaction.ts';
import type { CheckoutState, Receipt } from '../../platform/delivery/payment-gateway.ts';
import { moneyInWords } from '../../platform/money-words.ts';
import {
  balanceOf,
  billFacts,
  bookPayment,
  openRefund,
  PaymentEntity,
  recordOnline,
  type Bill,
  type Payment,
} from '../billing/index.ts';
import { excessOf } from './checkout.domain.ts';
import { CheckoutEntity } from './checkout.entity.ts';

interface Place {
  paymentId: string;
  /** Locked. */
  bill: Bill;
}

/**
 * Books what a gateway says of a page, under the bill's lock. Said again, or after something later, it changes nothing:
 * what came in has come in, however late we hear of it, and what has come in does not fail any more.
 */
export async function applyCheckoutState(
  tx: Transaction,
  { paymentId, bill }: Place,
  state: CheckoutState,
): Promise<void> {
  const checkout = await tx.em.findOneOrFail(CheckoutEntity, { paymentId });
  // Set with whatever came in, be it what was asked for or not.
  if (checkout.paymentRef !== null) return;
  const payment = await tx.em.findOneOrFail(PaymentEntity, { id: paymentId });
  switch (state.state) {
    case 'OPEN':
    case 'PROCESSING':
      return;
    case 'EXPIRED':
    case 'DECLINED':
      if (payment.status !== 'PENDING') return;
      payment.status = 'FAILED';
      checkout.status = 'CLOSED';
      recordOnline(tx, bill, {
        type: billFacts.CHECKOUT_CHANGED,
        subjectId: paymentId,
        action: 'payment.online.fail',
        because: state.state,
      });
      break;
    case 'PAID':
      checkout.paymentRef = state.receipt.paymentRef;
      checkout.status = 'PAID';
      await bookReceipt(tx, { bill, payment, asked: checkout }, state.receipt);
  }
  await tx.em.flush();
}

interface Booked {
  bill: Bill;
  payment: Payment;
  asked: { amountMinor: number; currency: string };
}

async function bookReceipt(tx: Transaction, { bill, payment, asked }: Booked, receipt: Receipt): Promise<void> {
  const { amountMinor, currency, paymentRef } = receipt;
  if (amountMinor !== asked.amountMinor || currency !== asked.currency) {
    payment.status = 'FAILED';
    payment.reference = `${paymentRef}: ${moneyInWords(Math.round(amountMinor), currency, 'en')} came in`;
    return trouble(tx, bill, payment, 'OTHER_AMOUNT');
  }
  const owedMinor = balanceOf(bill);
  payment.status = 'PAID';
  payment.paidAt = tx.now;
  payment.reference = paymentRef;
  await bookPayment(tx, bill, payment);
  const excessMinor = excessOf(amountMinor, owedMinor);
  if (excessMinor === 0) return;
  await openRefund(tx, { bill, payment, amountMinor: excessMinor, reason: whyBack(excessMinor, amountMinor, bill) });
  trouble(tx, bill, payment, 'PAID_TWICE');
}

function whyBack(excessMinor: number, amountMinor: number, bill: Bill): string {
  if (bill.status === 'VOID') return 'The bill was void already.';
  return excessMinor === amountMinor ? 'The bill was paid already.' : 'A part of the bill was paid already.';
}

/** The front desk is told: somebody has to look at it. */
export function trouble(tx: Transaction, bill: Bill, { id }: Payment, because: Trouble): void {
  recordOnline(tx, bill, {
    type: billFacts.ONLINE_PAYMENT_TROUBLE,
    subjectId: id,
    action: 'payment.online.trouble',
    because,
  });
}

export type Trouble = 'OTHER_AMOUNT' | 'PAID_TWICE' | 'NOT_GIVEN_BACK' | 'GIVEN_BACK_THERE';
