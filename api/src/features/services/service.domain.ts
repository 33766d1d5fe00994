import { z } from 'zod';
import { DomainError } from '../../platform/errors.ts';
import { exponentOf, toMinor } from '../../platform/money.ts';
import { optionalText, percent } from '../clinics/index.ts';

const durationWords = 'Enter whole minutes for the duration.';

const fields = {
  name: z
    .string('Enter a name for the service.')
    .trim()
    .min(1, 'Enter a name for the service.')
    .max(120, 'Use at most 120 characters for the name.'),
  durationMinutes: z
    .number(durationWords)
    .int(durationWords)
    .min(5, 'A service takes at least 5 minutes.')
    .max(480, 'A service takes at most 480 minutes.'),
  price: z.string('Enter a price, or 0 when it costs nothing.'),
  taxPercent: percent('a tax').nullish(),
};

export const newService = z.object(fields);

/** What is left out stays; null clears the tax alone. */
export const serviceChanges = z.object({
  name: fields.name.optional(),
  durationMinutes: fields.durationMinutes.optional(),
  price: fields.price.optional(),
  taxPercent: fields.taxPercent,
  archived: z.boolean('Say whether the service is archived.').optional(),
});

const serviceLimit = 500;

/** What is left out stays; null clears, and a doctor without a list of their own offers everything. */
export const doctorChanges = z.object({
  serviceIds: z.array(z.string()).max(serviceLimit, `Choose at most ${serviceLimit} services.`).nullish(),
  specialty: optionalText('the specialty', 120).optional(),
  licenceNumber: optionalText('the licence number', 60)
    .transform((text) => text?.replace(/\s+/g, ' ') ?? null)
    .optional(),
  sharePercent: percent('a share').nullish(),
  active: z.boolean('Say whether the doctor can be booked.').optional(),
});

/** @throws DomainError INVALID_INPUT below zero or finer than the currency's smallest coin */
export function readPrice(price: string, currency: string): number {
  try {
    const minor = toMinor(price, currency);
    if (minor >= 0) return minor;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new DomainError(
    'INVALID_INPUT',
    `Enter a price of zero or more with at most ${exponentOf(currency)} decimals.`,
    ['price'],
  );
}
