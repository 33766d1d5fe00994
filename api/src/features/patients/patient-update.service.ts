import { notFound, forbidden } from '../../platform/errors.ts';
import type { Transaction } from '../../platform/db/transaction.ts';
import { checkInput } from '../../platform/input.ts';
import { dayOf } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import { changePatient, touch, type PatientRecord } from './patient-change.service.ts';
import { estimatedBirthDate, foldName, fullName } from './patient.domain.ts';
import { PatientClinicalEntity } from './patient.entity.ts';
import { isInCare } from './patient-care.queries.ts';
import { bornInReason, patientChangeRules, type PatientChange } from './patient.rules.ts';

/** Fields that are set as they are given; null clears them. */
const plainFields = ['phone', 'email', 'address'] as const;

/**
 * Changes what is given of a record and leaves the rest as it is. Without a version the last writer of each field wins;
 * edits of different fields at once are all kept.
 *
 * @throws DomainError CONFLICT for a stale version, INVALID_TRANSITION for a merged record; InputRefused
 */
export async function updatePatient(
  ctx: Ctx,
  target: { id: string; version: number | null },
  given: unknown,
): Promise<string> {
  const today = dayOf(ctx.clock.now(), ctx.signedIn.timeZone);
  const input = checkInput(patientChangeRules.superRefine(bornInReason(today)), given);
  return changePatient(ctx, target, async (tx, patient) => {
    const before = { ...patient };
    takeOver(patient, input, today);
    const isClinical = input.allergies !== undefined || input.medicalHistory !== undefined;
    if (isClinical) await changeClinicalPart(ctx, tx, patient, input);
    const changes = differences(before, patient);
    if (isClinical || Object.keys(changes).length > 0) {
      touch(tx, patient);
      tx.record({ type: 'PATIENT_UPDATED', subjectId: patient.id, payload: {} });
    }
    tx.audit({ action: 'patient.update', subjectId: patient.id, changes: { ...changes, ...clinicalNames(input) } });
    return patient.id;
  });
}

function takeOver(patient: PatientRecord, input: PatientChange, today: string): void {
  if (input.firstName !== undefined) patient.firstName = input.firstName;
  if (input.lastName !== undefined) patient.lastName = input.lastName;
  patient.nameFolded = foldName(fullName({ firstName: patient.firstName, lastName: patient.lastName ?? null }));
  if (input.sex !== undefined) patient.sex = input.sex;
  for (const field of plainFields) if (input[field] !== undefined) patient[field] = input[field];
  if (input.birthDate != null) setBirthDate(patient, input.birthDate, false);
  else if (input.age != null) setBirthDate(patient, estimatedBirthDate(input.age, today), true);
  else if (input.birthDate === null || (input.age === null && patient.birthDateEstimated))
    setBirthDate(patient, null, false);
}

function setBirthDate(patient: PatientRecord, birthDate: string | null, isEstimated: boolean): void {
  patient.birthDate = birthDate;
  patient.birthDateEstimated = isEstimated;
}

/**
 * Writes the clinical part. An owner who treats reads and writes it for their own patients alone, and is told so; for
 * everybody else the row policies say the same.
 */
async function changeClinicalPart(
  ctx: Ctx,
  tx: Transaction,
  patient: PatientRecord,
  input: PatientChange,
): Promise<void> {
  const { role, doctorId } = ctx.signedIn;
  if (role !== 'NURSE') {
    if (doctorId === null) throw notFound();
    const [care] = await tx.rows(isInCare({ clinicId: ctx.clinicId, doctorId, patientId: patient.id }, tx.now));
    if (care === undefined) throw forbidden('write the clinical part of a patient who is not yours');
  }
  const known = await tx.em.findOne(PatientClinicalEntity, { patientId: patient.id, clinicId: ctx.clinicId });
  const clinical =
    known ??
    tx.em.create(PatientClinicalEntity, {
      patientId: patient.id,
      clinicId: ctx.clinicId,
      allergies: [],
      medicalHistory: null,
      updatedAt: tx.now,
    });
  if (input.allergies !== undefined) clinical.allergies = input.allergies ?? [];
  if (input.medicalHistory !== undefined) clinical.medicalHistory = input.medicalHistory;
  clinical.updatedAt = tx.now;
}

const auditedFields = [
  'firstName',
  'lastName',
  'birthDate',
  'birthDateEstimated',
  'sex',
  ...plainFields,
] as const satisfies readonly (keyof PatientRecord)[];

/** Before and after of what changed. */
function differences(before: PatientRecord, after: PatientRecord): Record<string, unknown> {
  const changed = auditedFields.filter((field) => (before[field] ?? null) !== (after[field] ?? null));
  return Object.fromEntries(changed.map((field) => [field, [before[field] ?? null, after[field] ?? null]]));
}

/** That the clinical part was written, never what. */
const clinicalNames = ({ allergies, medicalHistory }: PatientChange): Record<string, unknown> => ({
  ...(allergies === undefined ? {} : { allergies: 'changed' }),
  ...(medicalHistory === undefined ? {} : { medicalHistory: 'changed' }),
});
