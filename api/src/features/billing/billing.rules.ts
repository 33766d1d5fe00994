import { z } from 'zod';
import { DomainError } from '../../platform/errors.ts';
import { exponentOf, toMinor } from '../../platform/money.ts';
import { optionalText, percent } from '../clinics/index.ts';

const itemLimit = 100;
const quantityLimit = 10_000;
/** More than any bill, and small enough that sums of them stay exact. */
const amountLimitMinor = 1_000_000_000_000;

const quantityWords = `Enter a whole quantity from 1 to ${quantityLimit.toLocaleString('en')}.`;

const item = z.object({
  description: z
    .string('Say what the line is for.')
    .trim()
    .min(1, 'Say what the line is for.')
    .max(200, 'Use at most 200 characters for a line.'),
  quantity: z.number(quantityWords).int(quantityWords).min(1, quantityWords).max(quantityLimit, quantityWords),
  unitPrice: z.string('Enter a price, or 0 when it costs nothing.'),
  taxPercent: percent('a tax').nullish(),
  serviceId: z.string().nullish(),
});

const items = z.array(item).min(1, 'Add at least one line.').max(itemLimit, `A bill has at most ${itemLimit} lines.`);

const notes = optionalText('the notes', 2_000);

export const newBillRules = z
  .object({
    amount: z.string().nullish(),
    items: items.nullish(),
    discount: z.string().nullish(),
    notes: notes.optional(),
  })
  .refine((bill) => (bill.amount == null) !== (bill.items == null), {
    message: 'Enter either one amount, or lines.',
    path: ['amount'],
  });

export const billChangeRules = z.object({
  items: items.nullish(),
  discount: z.string().nullish(),
  notes: notes.optional(),
});

export type ItemRequest = z.output<typeof item>;

const reasonWords = 'Say why: whoever reads the books later will ask.';

/** Why a bill is void, or money goes back. */
export const reasonRules = z.object({
  reason: z
    .string(reasonWords)
    .trim()
    .refine((text) => text !== '', { message: reasonWords, params: { code: 'NOTE_REQUIRED' } })
    .refine((text) => text.length <= 500, 'Use at most 500 characters for the reason.'),
});

export const paymentRules = z.object({ reference: optionalText('the reference', 120).optional() });

/**
 * Reads an amount of money in minor units.
 *
 * @param least  the smallest that is possible: 0 for a price, 1 for a payment
 * @throws DomainError INVALID_INPUT naming the field, below that, too large, or finer than the currency's smallest coin
 */
export function readAmount(
  amount: string,
  currency: string,
  { field, least = 0 }: { field: string[]; least?: 0 | 1 },
): number {
  try {
    const minor = toMinor(amount, currency);
    if (minor >= least && minor <= amountLimitMinor) return minor;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  const exponent = exponentOf(currency);
  const decimals = exponent === 0 ? 'without decimals' : `with at most ${exponent} decimals`;
  throw new DomainError(
    'INVALID_INPUT',
    `Enter an amount ${least === 0 ? 'of zero or more' : 'above zero'} ${decimals}.`,
    field,
  );
}

/** Hundredths of a per cent of a checked percentage: '12.5' is 1250. */
export const basisPointsOf = (percentage: string): number => Math.round(Number(percentage) * 100);
