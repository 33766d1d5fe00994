import { LockMode } from '@mikro-orm/postgresql';
import { inTransaction, lockInOrder, type Transaction } from '../../platform/db/transaction.ts';
import { DomainError, notFound } from '../../platform/errors.ts';
import type { Ctx } from '../../access/ctx.ts';
import { patientBelongings, type RecordPair } from './patient-belongings.ts';
import { mergedAway, touch, type PatientRecord } from './patient-change.service.ts';
import { joinAllergies, joinFacts, joinHistories, type RecordFacts } from './patient-merge.domain.ts';
import { foldName, fullName } from './patient.domain.ts';
import { PatientClinicalEntity, PatientEntity } from './patient.entity.ts';
import { copyCare } from './patient-care.queries.ts';
import { recordState } from './patient.queries.ts';

/**
 * Makes two records of one person one: all that hangs off the second moves to the first, and the second is archived and
 * names the first. It is done as the app itself, because whoever decides that two records are one, such as the front
 * desk, may not read the clinical part that moves along.
 *
 * @returns the id of the record that stays
 * @throws DomainError INVALID_INPUT for one id twice; INVALID_TRANSITION when a record was merged before, both have an
 *   account, or the one that stays is archived; SLOT_TAKEN when appointments of both overlap
 */
export async function mergePatients(
  ctx: Ctx,
  { keepId, mergeId }: { keepId: string; mergeId: string },
): Promise<string> {
  if (keepId === mergeId) throw new DomainError('INVALID_INPUT', 'Choose two different records.', ['mergeId']);
  const system = ctx.asSystem(ctx.place, ctx.signedIn.userId, ctx.actor);
  const pair = { clinicId: ctx.clinicId, keepId, mergeId };
  return inTransaction(system, async (tx) => {
    // In the order of their ids, so that two merges of the same pair, either way round, wait for each other.
    await lockInOrder(tx, [keepId, mergeId].sort());
    const [keep, merged] = [await locked(tx, pair, keepId), await locked(tx, pair, mergeId)];
    await assertMergeable(tx, keep, merged);
    await joinRecords(tx, keep, merged);
    await joinClinicalParts(tx, pair);
    await tx.rows(copyCare(pair));
    const moved: Record<string, number> = {};
    for (const each of patientBelongings()) moved[each.name] = await each.move(tx, pair);
    tx.record({ type: 'PATIENT_MERGED', subjectId: mergeId, payload: { mergedInto: keepId } });
    tx.record({ type: 'PATIENT_UPDATED', subjectId: keepId, payload: {} });
    tx.audit({ action: 'patient.merge', subjectId: keepId, changes: { merged: mergeId, moved } });
    tx.audit({ action: 'patient.merge', subjectId: mergeId, changes: { mergedInto: keepId } });
    return keepId;
  });
}

async function locked(tx: Transaction, { clinicId }: RecordPair, id: string): Promise<PatientRecord> {
  const patient = await tx.em.findOne(PatientEntity, { id, clinicId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (patient === null) throw notFound();
  return patient;
}

async function assertMergeable(tx: Transaction, keep: PatientRecord, merged: PatientRecord): Promise<void> {
  for (const record of [keep, merged]) {
    if (record.mergedInto != null) throw await mergedAway(tx, record.clinicId, record.mergedInto);
  }
  if (keep.archivedAt != null)
    throw new DomainError('INVALID_TRANSITION', 'The record that stays is archived. Restore it first.', ['keepId']);
  if (keep.userId != null && merged.userId != null) {
    throw new DomainError(
      'INVALID_TRANSITION',
      'Both records have an account of their own, so two people may sign in with them. They stay apart.',
    );
  }
}

const factsOf = (patient: PatientRecord): RecordFacts => ({
  lastName: patient.lastName ?? null,
  birthDate: patient.birthDate ?? null,
  birthDateEstimated: patient.birthDateEstimated,
  sex: patient.sex,
  phone: patient.phone ?? null,
  email: patient.email ?? null,
  address: patient.address ?? null,
  emailConsent: patient.emailConsent,
  smsConsent: patient.smsConsent,
  marketingConsent: patient.marketingConsent,
  preferencesUpdatedAt: patient.preferencesUpdatedAt,
  preferencesUpdatedByName: patient.preferencesUpdatedByName ?? null,
});

async function joinRecords(tx: Transaction, keep: PatientRecord, merged: PatientRecord): Promise<void> {
  const account = merged.userId ?? null;
  merged.userId = null;
  merged.mergedInto = keep.id;
  merged.archivedAt ??= tx.now;
  touch(tx, merged);
  // An account belongs to one record at any moment: it leaves the one before it comes to the other.
  await tx.em.flush();
  tx.em.assign(keep, joinFacts(factsOf(keep), factsOf(merged)));
  keep.nameFolded = foldName(fullName({ firstName: keep.firstName, lastName: keep.lastName ?? null }));
  keep.userId ??= account;
  touch(tx, keep);
  await tx.em.flush();
}

/** The merged record keeps its own clinical part, as it was, for whoever looks back. */
async function joinClinicalParts(tx: Transaction, { clinicId, keepId, mergeId }: RecordPair): Promise<void> {
  const merged = await tx.em.findOne(PatientClinicalEntity, { patientId: mergeId, clinicId });
  if (merged === null) return;
  const keep =
    (await tx.em.findOne(PatientClinicalEntity, { patientId: keepId, clinicId })) ??
    tx.em.create(PatientClinicalEntity, {
      patientId: keepId,
      clinicId,
      allergies: [],
      medicalHistory: null,
      updatedAt: tx.now,
    });
  keep.allergies = joinAllergies(keep.allergies, merged.allergies);
  keep.medicalHistory = joinHistories(keep.medicalHistory ?? null, merged.medicalHistory ?? null);
  keep.updatedAt = tx.now;
  await tx.em.flush();
}

/**
 * Holds a record open for what is about to hang off it, until the transaction ends: it is neither merged, archived nor
 * taken back meanwhile. Whoever books looked at it before the locks.
 *
 * @throws DomainError INVALID_INPUT when it is archived or was merged, RequestError NOT_FOUND when it is gone
 */
export async function assertRecordOpen(tx: Transaction, clinicId: string, patientId: string): Promise<void> {
  const [record] = await tx.rows(recordState(clinicId, patientId));
  if (record === undefined) throw notFound();
  if (record.mergedInto !== null) {
    const { message } = await mergedAway(tx, clinicId, record.mergedInto);
    throw new DomainError('INVALID_INPUT', message, ['patientId']);
  }
  if (record.archivedAt !== null)
    throw new DomainError('INVALID_INPUT', 'This record is archived. Restore it first.', ['patientId']);
}
