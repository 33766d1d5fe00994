import { fromMinor, readAmount, toMinor } from './money-text.ts';

/** What is counted at the desk while a payment is typed; each null while it does not apply or cannot be read. */
export interface Cash {
  /** What goes back to whoever gave more. */
  readonly change: string | null;
  /** What is missing of the amount. */
  readonly short: string | null;
  /** What is still owed on the bill afterwards. */
  readonly left: string | null;
}

/** @param typed  amount and given as they are typed; the bill's balance as the API says it */
export function cashOf(typed: { amount: string; given: string; balance: string }, currency: string): Cash {
  const amount = readAmount(typed.amount, currency);
  const given = readAmount(typed.given, currency);
  const positive = (minor: bigint): string | null => (minor > 0n ? fromMinor(minor, currency) : null);
  if (amount === null) return { change: null, short: null, left: null };
  const left = positive(toMinor(typed.balance, currency) - toMinor(amount, currency));
  if (given === null) return { change: null, short: null, left };
  const over = toMinor(given, currency) - toMinor(amount, currency);
  return { change: over >= 0n ? fromMinor(over, currency) : null, short: positive(-over), left };
}
