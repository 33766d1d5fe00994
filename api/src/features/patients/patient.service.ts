import { inTransaction, type Transaction } from '../../platform/db/transaction.ts';
import { defineIdKind } from '../../platform/ids.ts';
import { checkInput } from '../../platform/input.ts';
import { dayOf } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import type { OwnRecord } from '../accounts/index.ts';
import { takeRecordNumber } from '../clinics/index.ts';
import { estimatedBirthDate, foldName, fullName, recordNumber } from './patient.domain.ts';
import { PatientClinicalEntity, PatientEntity } from './patient.entity.ts';
import { insertCare } from './patient-care.queries.ts';
import { likelyDuplicates } from './patient.queries.ts';
import { bornInReason, newPatientRules, type NewPatient } from './patient.rules.ts';

export const patientId = defineIdKind('Patient', 0xa02);

export interface CreatedPatient {
  id: string;
  /** Others who may be the same person. */
  duplicateIds: string[];
}

/** Makes a patient's record. One made by a doctor is that doctor's patient from then on. */
export async function createPatient(ctx: Ctx, given: unknown): Promise<CreatedPatient> {
  const { timeZone, doctorId } = ctx.signedIn;
  const today = dayOf(ctx.clock.now(), timeZone);
  const input = checkInput(newPatientRules.superRefine(bornInReason(today)), given);
  return inTransaction(ctx, async (tx) => {
    const created = await insertRecord(tx, { clinicId: ctx.clinicId, userId: null, today }, input);
    if (doctorId !== null) await takeIntoCare(tx, doctorId, created.id);
    if (input.allergies != null || input.medicalHistory != null) addClinicalPart(tx, ctx.clinicId, created.id, input);
    tx.audit({ action: 'patient.create', subjectId: created.id });
    const duplicates = await tx.rows(likelyDuplicates(ctx.clinicId, created));
    return { id: created.id, duplicateIds: duplicates.map((patient) => patient.id) };
  });
}

/**
 * Makes the record of a patient who registers by themselves: they gave the address for messages about their own care,
 * so e-mail is on; SMS is what they ticked.
 */
export async function registerOwnRecord(tx: Transaction, userId: string, person: OwnRecord): Promise<string> {
  const { clinicId } = tx.tenant;
  if (clinicId === null) throw new Error('A record belongs to a clinic.');
  const today = tx.now.toISOString().slice(0, 10);
  const created = await insertRecord(
    tx,
    { clinicId, userId, today },
    {
      ...person,
      sex: person.sex ?? 'UNKNOWN',
      emailConsent: true,
    },
  );
  return created.id;
}

async function insertRecord(
  tx: Transaction,
  { clinicId, userId, today }: { clinicId: string; userId: string | null; today: string },
  person: NewPatient,
) {
  const id = patientId.make(tx.now);
  const [head] = await tx.rows(takeRecordNumber(clinicId));
  if (head === undefined) throw new Error('The clinic has no head row.');
  const lastName = person.lastName ?? null;
  const birthDate = person.birthDate ?? (person.age == null ? null : estimatedBirthDate(person.age, today));
  const nameFolded = foldName(fullName({ firstName: person.firstName, lastName }));
  const phone = person.phone ?? null;
  tx.em.create(PatientEntity, {
    id,
    clinicId,
    userId,
    recordNumber: recordNumber(head.recordNumber),
    firstName: person.firstName,
    lastName,
    nameFolded,
    birthDate,
    birthDateEstimated: person.birthDate == null && birthDate !== null,
    sex: person.sex,
    phone,
    email: person.email ?? null,
    address: person.address ?? null,
    emailConsent: person.emailConsent === true,
    smsConsent: person.smsConsent === true,
    marketingConsent: false,
    preferencesUpdatedAt: tx.now,
    preferencesUpdatedByName: tx.actor.name,
    archivedAt: null,
    mergedInto: null,
    importId: null,
    createdAt: tx.now,
    updatedAt: tx.now,
    updatedByName: tx.actor.name,
    version: 1,
  });
  await tx.em.flush();
  tx.record({ type: 'PATIENT_CREATED', subjectId: id, payload: {} });
  return { id, nameFolded, birthDate, phone };
}

function addClinicalPart(tx: Transaction, clinicId: string, ofPatient: string, input: NewPatient): void {
  tx.em.create(PatientClinicalEntity, {
    patientId: ofPatient,
    clinicId,
    allergies: input.allergies ?? [],
    medicalHistory: input.medicalHistory ?? null,
    updatedAt: tx.now,
  });
}

/** From now on the doctor may see this patient's record. Source: domain.md, the DOCTOR role. */
export async function takeIntoCare(tx: Transaction, doctorId: string, ofPatient: string): Promise<void> {
  const { clinicId } = tx.tenant;
  if (clinicId === null) throw new Error('Care belongs to a clinic.');
  await tx.em.flush();
  await tx.rows(insertCare({ clinicId, doctorId, patientId: ofPatient, since: tx.now }));
}
