import { LockMode } from '@mikro-orm/postgresql';
import { inTransaction } from '../../platform/db/transaction.ts';
import { notFound } from '../../platform/errors.ts';
import { defineIdKind } from '../../platform/ids.ts';
import { checkInput } from '../../platform/input.ts';
import type { Ctx } from '../../access/ctx.ts';
import { differences } from '../clinics/index.ts';
import { newService, readPrice, serviceChanges } from './service.domain.ts';
import { ServiceEntity } from './service.entity.ts';

export const serviceId = defineIdKind('Service', 0xa04);

/** Adds what the clinic offers. The price is before tax, in the clinic's currency. */
export async function createService(ctx: Ctx, given: unknown): Promise<string> {
  const input = checkInput(newService, given);
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

/**
 * Changes, archives or restores a service: only what is given, under the row's lock. What was booked or billed keeps its
 * duration and price; an archived service stays on old records and takes no new bookings.
 *
 * @throws RequestError NOT_FOUND for a service that is not the caller's clinic's
 */
export async function updateService(ctx: Ctx, id: string, given: unknown): Promise<string> {
  const { price, archived, ...input } = checkInput(serviceChanges, given);
  const priceMinor = price === undefined ? undefined : readPrice(price, ctx.signedIn.currency);
  return inTransaction(ctx, async (tx) => {
    const service = await tx.em.findOne(
      ServiceEntity,
      { id, clinicId: ctx.clinicId },
      { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
    );
    if (service === null) throw notFound();
    const isArchived = service.archivedAt !== null;
    const wanted = { ...input, priceMinor, archived };
    const changes = differences({ ...service, archived: isArchived }, wanted);
    if (input.name !== undefined) service.name = input.name;
    if (input.durationMinutes !== undefined) service.durationMinutes = input.durationMinutes;
    if (input.taxPercent !== undefined) service.taxPercent = input.taxPercent;
    if (priceMinor !== undefined) service.priceMinor = priceMinor;
    if (archived !== undefined && archived !== isArchived) service.archivedAt = archived ? tx.now : null;
    tx.audit({ action: 'service.update', subjectId: id, changes });
    return id;
  });
}
