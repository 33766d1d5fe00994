/** One line as it is typed. Prices are before tax. */
export interface PricedLine {
  readonly quantity: bigint;
  readonly unitPriceMinor: bigint;
  /** Hundredths of a per cent: 1200 is 12 %. */
  readonly taxBasisPoints: bigint;
}

/** In minor units of the clinic's currency. */
export interface PreviewedBill {
  readonly subtotal: bigint;
  readonly discount: bigint;
  readonly tax: bigint;
  readonly total: bigint;
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((whole, amount) => whole + amount, 0n);

/**
 * What a bill will come to, while it is typed: the discount is spread over the lines by their size, tax is rounded half up
 * on what is left of each. What counts is the server's own answer, which the screen shows once the bill is saved.
 *
 * @returns null for a discount beyond the lines
 */
export function previewBill(lines: readonly PricedLine[], discount: bigint): PreviewedBill | null {
  const nets = lines.map(({ quantity, unitPriceMinor }) => quantity * unitPriceMinor);
  const subtotal = sum(nets);
  if (discount > subtotal) return null;
  const parts = spread(discount, nets);
  const tax = sum(
    lines.map(({ taxBasisPoints }, index) => ((nets[index] ?? 0n) - (parts[index] ?? 0n)) * taxBasisPoints).map(halfUp),
  );
  return { subtotal, discount, tax, total: subtotal - discount + tax };
}

const halfUp = (tenThousandths: bigint): bigint => (2n * tenThousandths + 10_000n) / 20_000n;

/** Each part gets its share rounded down; what is left goes to those that lost most by it, the first of equals first. */
function spread(amount: bigint, weights: readonly bigint[]): bigint[] {
  const whole = sum(weights);
  if (whole === 0n) return weights.map(() => 0n);
  const parts = weights.map((weight) => (amount * weight) / whole);
  const left = Number(amount - sum(parts));
  const byLoss = weights
    .map((weight, index) => ({ index, lost: (amount * weight) % whole }))
    .sort((one, other) => (one.lost === other.lost ? one.index - other.index : one.lost > other.lost ? -1 : 1));
  for (const { index } of byLoss.slice(0, left)) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
}
