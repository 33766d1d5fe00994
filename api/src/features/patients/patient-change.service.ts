import { LockMode, type InferEntity } from '@mikro-orm/postgresql';
import { inTransaction, lockInOrder, type Transaction } from '../../platform/db/transaction.ts';
import { DomainError, notFound } from '../../platform/errors.ts';
import { sinceWords } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import { PatientEntity } from './patient.entity.ts';
import { recordNumberOf } from './patient.queries.ts';

export type PatientRecord = InferEntity<typeof PatientEntity>;

/**
 * Opens a transaction on one record, locked, so that edits at once queue up and each is made on the latest state.
 *
 * @throws RequestError NOT_FOUND when it is not there or not the caller's; DomainError CONFLICT, saying who and when,
 *   when the caller read an older version; INVALID_TRANSITION when it was merged into another record
 */
export async function changePatient<Result>(
  ctx: Ctx,
  target: { id: string; version: number | null },
  change: (tx: Transaction, patient: PatientRecord) => Promise<Result> | Result,
): Promise<Result> {
  return inTransaction(ctx, async (tx) => {
    await lockInOrder(tx, [target.id]);
    const patient = await tx.em.findOne(
      PatientEntity,
      { id: target.id, clinicId: ctx.clinicId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (patient === null) throw notFound();
    if (patient.mergedInto != null) throw await mergedAway(tx, ctx.clinicId, patient.mergedInto);
    if (target.version !== null && target.version !== patient.version) throw changedSince(ctx, patient);
    return change(tx, patient);
  });
}

function changedSince(ctx: Ctx, { id, updatedAt, updatedByName }: PatientRecord): DomainError {
  const when = sinceWords(updatedAt, ctx.clock.now(), ctx.signedIn.timeZone);
  return new DomainError(
    'CONFLICT',
    `${updatedByName ?? 'Somebody'} changed this record ${when}. Look at it as it is now, then save again.`,
    null,
    { patientId: id },
  );
}

/** The refusal of any step on a record that was merged: it names the one that stays. */
export async function mergedAway(tx: Transaction, clinicId: string, mergedInto: string): Promise<DomainError> {
  const [stays] = await tx.rows(recordNumberOf(clinicId, mergedInto));
  return new DomainError(
    'INVALID_TRANSITION',
    `This record was merged into ${stays?.recordNumber ?? 'another one'}. Use that one.`,
    null,
  );
}

/** Marks a record as changed: its version is what a client hands back to prove that it has seen the latest. */
export function touch(tx: Transaction, patient: PatientRecord): void {
  patient.updatedAt = tx.now;
  patient.updatedByName = tx.actor.name;
  patient.version += 1;
}
