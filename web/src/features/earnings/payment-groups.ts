import type { Day } from '../../composables/clinic-time.ts';
import type { EarnedPaymentFragment } from '../../gql/graphql.ts';
import { fromMinor, toMinor } from '../billing/money-text.ts';

export const groupings = ['none', 'day', 'method', 'service'] as const;
export type Grouping = (typeof groupings)[number];

export interface PaymentGroup {
  /** A day, a method or a service's name; empty for all together. */
  readonly key: string;
  readonly payments: readonly EarnedPaymentFragment[];
}

/** What went back of a payment: what the gateway has not confirmed is not back yet. */
export function refundedOf({ refunds, amount }: EarnedPaymentFragment): string {
  const back = refunds
    .filter(({ status }) => status === 'PAID')
    .reduce((sum, refund) => sum + toMinor(refund.amount.amount, amount.currency), 0n);
  return fromMinor(back, amount.currency);
}

/** Puts payments together by what they have in common, in the order in which the first of each group stands. */
export function groupPayments(
  payments: readonly EarnedPaymentFragment[],
  by: Grouping,
  dayOf: (instant: string) => Day,
): readonly PaymentGroup[] {
  const keyOf = (payment: EarnedPaymentFragment): string => {
    if (by === 'day') return dayOf(payment.createdAt);
    if (by === 'method') return payment.method;
    return by === 'service' ? payment.bill.appointment.service.name : '';
  };
  const groups = new Map<string, EarnedPaymentFragment[]>();
  for (const payment of payments) {
    const key = keyOf(payment);
    groups.set(key, [...(groups.get(key) ?? []), payment]);
  }
  return [...groups].map(([key, each]) => ({ key, payments: each }));
}
