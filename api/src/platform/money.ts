const DECIMAL = /^(-?)(\d{1,30})(?:\.(\d{1,30}))?$/;
const CURRENCY = /^[A-Z]{3}$/;

const exponents = new Map<string, number>();
const currencies = new Set(Intl.supportedValuesOf('currency'));

/** Tells whether `value` is the ISO 4217 code of a currency, in capitals. */
export function isCurrency(value: string): boolean {
  return CURRENCY.test(value) && currencies.has(value);
}

/**
 * Returns how many decimals the currency has: JPY 0, PHP 2, KWD 3.
 *
 * @throws RangeError when there is no such currency
 */
export function exponentOf(currency: string): number {
  const known = exponents.get(currency);
  if (known !== undefined) return known;
  if (!isCurrency(currency)) throw new RangeError(`Not a currency: ${currency}`);
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const exponent = format.resolvedOptions().maximumFractionDigits ?? 2;
  exponents.set(currency, exponent);
  return exponent;
}

/**
 * Returns the minor units of a decimal amount, exactly: '12.5' PHP is 1250.
 *
 * @throws RangeError when the text is no decimal, has more decimals than the currency, or leaves the safe integers
 */
export function toMinor(decimal: string, currency: string): number {
  const exponent = exponentOf(currency);
  const match = DECIMAL.exec(decimal);
  if (match === null) throw new RangeError(`Not a decimal amount: ${decimal}`);
  const [, sign = '', whole = '', fraction = ''] = match;
  if (fraction.length > exponent) throw new RangeError(`${currency} has ${exponent} decimals: ${decimal}`);
  const magnitude = BigInt(whole + fraction.padEnd(exponent, '0'));
  return safe(sign === '-' ? -magnitude : magnitude);
}

/**
 * Returns the decimal text of minor units, always with the currency's decimals: 1250 PHP is '12.50'.
 *
 * @throws RangeError when `minor` is no safe integer
 */
export function fromMinor(minor: number, currency: string): string {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`Not an amount in minor units: ${minor}`);
  const exponent = exponentOf(currency);
  const sign = minor < 0 ? '-' : '';
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/**
 * Divides integers and rounds half up, away from zero for negative results, so that a refund mirrors its payment:
 * 25 / 2 is 13, -25 / 2 is -13. Exact for operands of any size.
 *
 * @throws RangeError when the denominator is zero or the result leaves the safe integers
 */
export function roundHalfUp(numerator: bigint, denominator: bigint): number {
  if (denominator === 0n) throw new RangeError('Division by zero');
  const isNegative = numerator < 0n !== denominator < 0n;
  const top = numerator < 0n ? -numerator : numerator;
  const bottom = denominator < 0n ? -denominator : denominator;
  const magnitude = (2n * top + bottom) / (2n * bottom);
  return safe(isNegative ? -magnitude : magnitude);
}

/**
 * Returns a share of an amount, rounded half up to the minor unit.
 *
 * @param basisPoints  hundredths of a per cent: 1200 is 12 %
 */
export function shareOf(amountMinor: number, basisPoints: number): number {
  return roundHalfUp(BigInt(amountMinor) * BigInt(basisPoints), 10_000n);
}

function safe(value: bigint): number {
  const result = Number(value);
  if (!Number.isSafeInteger(result)) throw new RangeError('The amount is too large');
  return result;
}
