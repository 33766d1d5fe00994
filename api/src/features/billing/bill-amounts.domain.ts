import { roundHalfUp, shareOf } from '../../platform/money.ts';

/** One line as asked for. Prices are before tax. */
export interface PricedItem {
  quantity: number;
  unitPriceMinor: number;
  /** Hundredths of a per cent: 1200 is 12 %. */
  taxBasisPoints: number;
}

/** One line as charged: minor units of the clinic's currency. */
export interface ItemAmounts {
  /** Quantity × unit price, before discount and tax. */
  netMinor: number;
  /** This line's part of the bill's discount. */
  discountMinor: number;
  taxMinor: number;
  /** What the patient pays for it: net less discount plus tax. */
  totalMinor: number;
}

export interface BillAmounts {
  subtotalMinor: number;
  discountMinor: number;
  taxMinor: number;
  totalMinor: number;
  items: ItemAmounts[];
}

/**
 * Works out a bill. The discount is spread over the lines by their size, to the minor unit; tax is on what is left of a
 * line and rounded half up per line. So the lines' totals add up to the bill's, exactly.
 *
 * @param discountMinor  zero or more, at most the subtotal
 * @throws RangeError beyond that, or when an amount leaves the safe integers
 * Source: domain.md, Time and money: "Tax is rounded per line"; Bill: "Prices are before tax".
 */
export function amountsOf(items: readonly PricedItem[], discountMinor: number): BillAmounts {
  const nets = items.map(({ quantity, unitPriceMinor }) => roundHalfUp(BigInt(quantity) * BigInt(unitPriceMinor), 1n));
  const subtotalMinor = sum(nets);
  if (discountMinor < 0 || discountMinor > subtotalMinor) throw new RangeError('The discount is more than the bill.');
  const discounts = spread(discountMinor, nets);
  const lines = items.map(({ taxBasisPoints }, index): ItemAmounts => {
    const [net = 0, discount = 0] = [nets[index], discounts[index]];
    const tax = shareOf(net - discount, taxBasisPoints);
    return { netMinor: net, discountMinor: discount, taxMinor: tax, totalMinor: net - discount + tax };
  });
  const taxMinor = sum(lines.map((line) => line.taxMinor));
  return { subtotalMinor, discountMinor, taxMinor, totalMinor: subtotalMinor - discountMinor + taxMinor, items: lines };
}

/**
 * Spreads an amount over parts by their weights: each gets its share rounded down, and the minor units that are left go to
 * those that lost most by it, the first of equals first.
 *
 * @returns as many whole numbers as weights; they add up to the amount
 */
export function spread(amountMinor: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((total, weight) => total + BigInt(weight), 0n);
  if (whole === 0n) return weights.map(() => 0);
  const exact = weights.map((weight) => BigInt(amountMinor) * BigInt(weight));
  const parts = exact.map((part) => Number(part / whole));
  const left = amountMinor - sum(parts);
  const byLoss = exact
    .map((part, index) => ({ index, lost: part % whole }))
    .sort((one, other) => (one.lost === other.lost ? one.index - other.index : one.lost > other.lost ? -1 : 1));
  for (const { index } of byLoss.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}

function sum(amounts: readonly number[]): number {
  const total = amounts.reduce((whole, amount) => whole + amount, 0);
  if (!Number.isSafeInteger(total)) throw new RangeError('The amount is too large');
  return total;
}
