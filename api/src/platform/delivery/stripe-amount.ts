import { exponentOf } from '../money.ts';
import { GatewayRefused } from './payment-gateway.ts';

/** Currencies that Stripe counts without decimals, and with three. Source: Stripe's documentation, "Supported currencies". */
const withoutDecimals = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
const withThree = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** ISK and UGX have no decimals, and Stripe counts them with two. */
const decimalsAtStripe = (currency: string): number => {
  if (withoutDecimals.has(currency)) return 0;
  return withThree.has(currency) ? 3 : 2;
};

/**
 * Returns an amount as Stripe counts it: 500 ISK are 50000.
 *
 * @throws GatewayRefused for what Stripe cannot take: fractions that it does not know, fils that are not in tens
 */
export function toStripe(minor: number, currency: string): number {
  const amount = scaled(minor, decimalsAtStripe(currency) - exponentOf(currency));
  if (!Number.isSafeInteger(amount) || (withThree.has(currency) && amount % 10 !== 0))
    throw new GatewayRefused('The gateway does not take so small a fraction of this currency.', 'FRACTION');
  return amount;
}

/** The other way round. What Stripe could not have been asked for comes back as a fraction, which equals no amount of ours. */
export const fromStripe = (amount: number, currency: string): number =>
  scaled(amount, exponentOf(currency) - decimalsAtStripe(currency));

const scaled = (amount: number, decimals: number): number =>
  decimals >= 0 ? amount * 10 ** decimals : amount / 10 ** -decimals;
