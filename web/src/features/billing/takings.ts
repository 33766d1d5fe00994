import type { PaymentMethod } from '../../gql/graphql.ts';
import { fromMinor, readAmount, toMinor } from './money-text.ts';

export interface MethodTakings {
  readonly method: PaymentMethod;
  readonly paymentCount: number;
  readonly received: { readonly amount: string; readonly currency: string };
  readonly refunded: { readonly amount: string; readonly currency: string };
}

export type Difference =
  | { readonly kind: 'uncounted' | 'unreadable' | 'exact' }
  | { readonly kind: 'over' | 'short'; readonly amount: string };

export interface ClosedMethod extends MethodTakings {
  /** What came in less what went back: what should be there. */
  readonly expected: string;
  readonly difference: Difference;
}

const minorOf = ({ amount, currency }: { amount: string; currency: string }): bigint => toMinor(amount, currency);

/** What was counted against what should be there, exact to the smallest coin. */
function compare(expected: bigint, counted: string, currency: string): Difference {
  if (counted.trim() === '') return { kind: 'uncounted' };
  const amount = readAmount(counted, currency);
  if (amount === null) return { kind: 'unreadable' };
  const over = toMinor(amount, currency) - expected;
  if (over === 0n) return { kind: 'exact' };
  return { kind: over > 0n ? 'over' : 'short', amount: fromMinor(over > 0n ? over : -over, currency) };
}

/** The day by method; `counted` is what was typed, by method. */
export function closeDay(
  takings: readonly MethodTakings[],
  counted: Partial<Readonly<Record<PaymentMethod, string>>>,
): readonly ClosedMethod[] {
  return takings.map((each) => {
    const expected = minorOf(each.received) - minorOf(each.refunded);
    const { currency } = each.received;
    return {
      ...each,
      expected: fromMinor(expected, currency),
      difference: compare(expected, counted[each.method] ?? '', currency),
    };
  });
}

/** All methods together. */
export function dayTotals(takings: readonly MethodTakings[], currency: string) {
  const sum = (pick: (each: MethodTakings) => bigint): bigint =>
    takings.reduce((whole, each) => whole + pick(each), 0n);
  const received = sum(({ received: money }) => minorOf(money));
  const refunded = sum(({ refunded: money }) => minorOf(money));
  return {
    paymentCount: takings.reduce((whole, { paymentCount }) => whole + paymentCount, 0),
    received: fromMinor(received, currency),
    refunded: fromMinor(refunded, currency),
    expected: fromMinor(received - refunded, currency),
  };
}
