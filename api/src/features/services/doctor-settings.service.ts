import { LockMode } from '@mikro-orm/postgresql';
import { violatedConstraint } from '../../platform/db/pg-errors.ts';
import { inTransaction, lockInOrder, type Transaction } from '../../platform/db/transaction.ts';
import { DomainError, notFound } from '../../platform/errors.ts';
import { checkInput } from '../../platform/input.ts';
import type { Ctx } from '../../access/ctx.ts';
import { DoctorEntity } from '../accounts/index.ts';
import { differences } from '../clinics/index.ts';
import { doctorChanges } from './service.domain.ts';
import {
  clearOffered,
  clearShare,
  insertOffered,
  offered,
  putShare,
  servicesForChoosing,
  shareOf,
} from './service.queries.ts';

/**
 * Changes what a doctor offers and is: only what is given. Appointments that are booked already stay as they are.
 *
 * @throws RequestError NOT_FOUND for a doctor, or a service, that is not the caller's clinic's; DomainError INVALID_INPUT
 *   for an archived service, ALREADY_EXISTS for a licence number of a colleague
 */
export async function updateDoctor(ctx: Ctx, id: string, given: unknown): Promise<string> {
  const { serviceIds, sharePercent, ...input } = checkInput(doctorChanges, given);
  return refusingTakenLicence(() =>
    inTransaction(ctx, async (tx) => {
      await lockInOrder(tx, [id]);
      const doctor = await tx.em.findOne(
        DoctorEntity,
        { id, clinicId: ctx.clinicId },
        { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
      );
      if (doctor === null) throw notFound();
      const changes = differences({ ...doctor }, input);
      if (input.specialty !== undefined) doctor.specialty = input.specialty;
      if (input.licenceNumber !== undefined) doctor.licenceNumber = input.licenceNumber;
      if (input.active !== undefined) doctor.active = input.active;
      await tx.em.flush();
      const offering = serviceIds === undefined ? {} : await setOffered(tx, doctor, serviceIds ?? []);
      const share = sharePercent === undefined ? {} : await setShare(tx, doctor, sharePercent);
      tx.audit({ action: 'doctor.update', subjectId: id, changes: { ...changes, ...offering, ...share } });
      return id;
    }),
  );
}

type Changes = Record<string, unknown>;

interface OfClinic {
  id: string;
  clinicId: string;
}

/** An empty list means everything, what is added later included. */
async function setOffered(tx: Transaction, doctor: OfClinic, given: readonly string[]): Promise<Changes> {
  const wanted = [...new Set(given)].sort();
  const known = new Map(
    (await tx.rows(servicesForChoosing(doctor.clinicId, wanted))).map((service) => [service.id, service]),
  );
  for (const [index, id] of given.entries()) {
    const service = known.get(id);
    if (service === undefined) throw notFound();
    if (service.archivedAt !== null) {
      throw new DomainError('INVALID_INPUT', `${service.name} is archived. Restore it first, or leave it out.`, [
        'serviceIds',
        String(index),
      ]);
    }
  }
  const before = (await tx.rows(offered(doctor.clinicId, [doctor.id]))).map((row) => row.serviceId).sort();
  await tx.rows(clearOffered(doctor.clinicId, doctor.id));
  if (wanted.length > 0) await tx.rows(insertOffered(doctor.clinicId, doctor.id, wanted));
  return differences({ serviceIds: before }, { serviceIds: wanted });
}

async function setShare(tx: Transaction, doctor: OfClinic, sharePercent: string | null): Promise<Changes> {
  const [before] = await tx.rows(shareOf(doctor.clinicId, doctor.id));
  await tx.rows(
    sharePercent === null ? clearShare(doctor.clinicId, doctor.id) : putShare(doctor.clinicId, doctor.id, sharePercent),
  );
  return differences({ sharePercent: before?.sharePercent ?? null }, { sharePercent });
}

async function refusingTakenLicence<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (violatedConstraint(error) !== 'doctor_licence_key') throw error;
    throw new DomainError('ALREADY_EXISTS', 'Another doctor has this licence number. Check both.', ['licenceNumber']);
  }
}
