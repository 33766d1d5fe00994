import type { PaymentStatus } from '../../gql/graphql.ts';
import { fromMinor, toMinor } from './money-text.ts';

interface Sum {
  readonly status: PaymentStatus;
  readonly amount: { readonly amount: string; readonly currency: string };
}

type Refundable = Sum & { readonly refunds: readonly Sum[] };

/** What could still be given back of a payment: what is on its way back counts as gone. */
export function leftOf({ amount, refunds }: Refundable): string {
  const gone = refunds
    .filter(({ status }) => status !== 'FAILED')
    .reduce((sum, refund) => sum + toMinor(refund.amount.amount, amount.currency), 0n);
  return fromMinor(toMinor(amount.amount, amount.currency) - gone, amount.currency);
}

/** Whether there is anything to give back: it has come in, and not all of it has gone. */
export const isRefundable = (payment: Refundable): boolean =>
  payment.status === 'PAID' && toMinor(leftOf(payment), payment.amount.currency) > 0n;

/** Nobody gets a receipt who paid nothing. */
export const hasReceipt = ({ paid }: { readonly paid: Sum['amount'] }): boolean =>
  toMinor(paid.amount, paid.currency) > 0n;
