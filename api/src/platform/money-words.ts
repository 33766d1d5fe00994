import { fromMinor } from './money.ts';

/**
 * An amount as people of a language read it: ₱1,250.00, ¥500, KWD 1.250. Exact up to 10^15 minor units, more than any
 * bill may be.
 */
export function moneyInWords(minor: number, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(Number(fromMinor(minor, currency)));
}
