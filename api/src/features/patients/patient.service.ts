import { z } from 'zod';
import { inTransaction, type Transaction } from '../../platform/db/transaction.ts';
import { defineIdKind } from '../../platform/ids.ts';
import { checkInput } from '../../platform/input.ts';
import { ageOn, dayOf } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import { personName, type OwnRecord } from '../accounts/index.ts';
import { takeRecordNumber } from '../clinics/index.ts';
import { estimatedBirthDate, foldName, fullName, recordNumber } from './patient.domain.ts';
import { PatientClinicalEntity, PatientEntity } from './patient.entity.ts';
import { insertCare, likelyDuplicates } from './patient.queries.ts';

export const patientId = defineIdKind('Patient', 0xa02);

const oldestAge = 130;

const rules = z.object({
  firstName: personName('the first name'),
  lastName: personName('the last name').nullish(),
  birthDate: z.string().nullish(),
  age: z
    .number()
    .int()
    .min(0, 'Enter an age of 0 or more.')
    .max(oldestAge, `Enter an age of at most ${oldestAge}.`)
    .nullish(),
  sex: z.enum(['FEMALE', 'MALE', 'OTHER', 'UNKNOWN']),
  phone: z.string().nullish(),
  email: z.string().nullish(),
  address: z.string().trim().max(300, 'Use at most 300 characters for the address.').nullish(),
  allergies: z
    .array(z.string().trim().min(1, 'Name the allergy.').max(120, 'Use at most 120 characters for an allergy.'))
    .max(50, 'Enter at most 50 allergies.')
    .nullish(),
  medicalHistory: z.string().trim().max(20_000, 'Use at most 20,000 characters for the history.').nullish(),
  smsConsent: z.boolean().nullish(),
  emailConsent: z.boolean().nullish(),
});

type NewPatient = z.infer<typeof rules>;

export interface CreatedPatient {
  id: string;
  /** Others who may be the same person. */
  duplicateIds: string[];
}

/** Makes a patient's record. One made by a doctor is that doctor's patient from then on. */
export async function createPatient(ctx: Ctx, given: unknown): Promise<CreatedPatient> {
  const { timeZone, doctorId } = ctx.signedIn;
  const today = dayOf(ctx.clock.now(), timeZone);
  const input = checkInput(rules.superRefine(bornInReason(today)), given);
  return inTransaction(ctx, async (tx) => {
    const created = await insertRecord(tx, { clinicId: ctx.clinicId, userId: null, today }, input);
    if (doctorId !== null) await takeIntoCare(tx, doctorId, created.id);
    if (input.allergies != null || input.medicalHistory != null) addClinicalPart(tx, ctx.clinicId, created.id, input);
    tx.audit({ action: 'patient.create', subjectId: created.id });
    const duplicates = await tx.rows(likelyDuplicates(ctx.clinicId, created));
    return { id: created.id, duplicateIds: duplicates.map((patient) => patient.id) };
  });
}

function bornInReason(today: string) {
  return ({ birthDate }: { birthDate?: string | null }, check: z.RefinementCtx) => {
    const refuse = (message: string, field: string) => check.addIssue({ code: 'custom', message, path: [field] });
    if (birthDate == null) return;
    if (birthDate > today) refuse('Enter a birth date that is not in the future.', 'birthDate');
    else if (ageOn(birthDate, today) > oldestAge) refuse('Check the year of birth: nobody is that old.', 'birthDate');
  };
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
    archivedAt: null,
    createdAt: tx.now,
    updatedAt: tx.now,
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
