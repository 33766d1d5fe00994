const exponents = new Map<string, number>();

/** How many decimals a currency has: JPY 0, PHP 2, KWD 3. */
export function exponentOf(currency: string): number {
  const known = exponents.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const exponent = format.resolvedOptions().maximumFractionDigits ?? 2;
  exponents.set(currency, exponent);
  return exponent;
}

const plain = /^\d+(?:\.\d+)?$/;
const grouped = /^\d{1,3}(?:[, \u00a0\u202f]\d{3})+(?:\.\d+)?$/;
const withComma = /^\d+,\d{1,2}$/;

/**
 * Reads an amount as people type it: 1499.50, 1,499.50, 1499,50. Returns it as the API takes it, or null when it is none,
 * has more decimals than the currency, or could be read in two ways.
 */
export function readAmount(text: string, currency: string): string | null {
  const exponent = exponentOf(currency);
  const typed = text.trim();
  // 1,500 are one and a half dinars to one and fifteen hundred to another.
  if (exponent === 3 && /^\d{1,3},\d{3}$/.test(typed)) return null;
  const decimal = grouped.test(typed) ? typed.replace(/[^\d.]/g, '') : typed;
  const amount = withComma.test(decimal) ? decimal.replace(',', '.') : decimal;
  if (!plain.test(amount)) return null;
  const [whole = '', fraction = ''] = amount.split('.');
  return fraction.length > exponent || whole.length > 12 ? null : amount;
}

/** The minor units of a decimal amount of the API's, exactly: 12.5 PHP is 1250. */
export function toMinor(amount: string, currency: string): bigint {
  const sign = amount.startsWith('-') ? -1n : 1n;
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  return sign * BigInt(whole + fraction.padEnd(exponentOf(currency), '0'));
}

/** The decimal text of minor units, with the currency's decimals: 1250 PHP is 12.50. */
export function fromMinor(minor: bigint, currency: string): string {
  const exponent = exponentOf(currency);
  const digits = String(minor < 0n ? -minor : minor).padStart(exponent + 1, '0');
  const sign = minor < 0n ? '-' : '';
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
