import { z } from 'zod';
import { inTransaction } from '../../platform/db/transaction.ts';
import { DomainError } from '../../platform/errors.ts';
import { defineIdKind } from '../../platform/ids.ts';
import { checkInput } from '../../platform/input.ts';
import { exponentOf, toMinor } from '../../platform/money.ts';
import type { Ctx } from '../../access/ctx.ts';
import { ServiceEntity } from './service.entity.ts';

export const serviceId = defineIdKind('Service', 0xa04);

const rules = z.object({
  name: z.string().trim().min(1, 'Enter a name for the service.').max(120, 'Use at most 120 characters for the name.'),
  durationMinutes: z
    .number()
    .int()
    .min(5, 'A service takes at least 5 minutes.')
    .max(480, 'A service takes at most 480 minutes.'),
  price: z.string(),
  taxPercent: z
    .string()
    .refine((value) => Number(value) >= 0 && Number(value) <= 100, 'Enter a tax of 0 to 100 percent.')
    .refine((value) => /^\d+(\.\d{1,2})?$/.test(value), 'Use at most two decimals for the tax.')
    .nullish(),
});

/** Adds what the clinic offers. The price is before tax, in the clinic's currency. */
export async function createService(ctx: Ctx, given: unknown): Promise<string> {
  const input = checkInput(rules, given);
  const priceMinor = readPrice(input.price, ctx.signedIn.currency);
  return inTransaction(ctx, async (tx) => {
    const id = serviceId.make(tx.now);
    const { name, durationMinutes } = input;
    tx.em.create(ServiceEntity, {
      id,
      clinicId: ctx.clinicId,
      name,
      durationMinutes,
      priceMinor,
      taxPercent: input.taxPercent ?? null,
      archivedAt: null,
      createdAt: tx.now,
    });
    tx.audit({ action: 'service.create', subjectId: id, changes: { name, durationMinutes, priceMinor } });
    return id;
  });
}

/** @throws DomainError INVALID_INPUT below zero or finer than the currency's smallest coin */
function readPrice(price: string, currency: string): number {
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
