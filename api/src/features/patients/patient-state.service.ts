import { DomainError } from '../../platform/errors.ts';
import type { Ctx } from '../../access/ctx.ts';
import { changePatient, touch } from './patient-change.service.ts';

/**
 * Puts a record aside: it is found among the archived ones alone and takes no new appointments.
 *
 * @throws DomainError INVALID_TRANSITION when it is archived already, or was merged
 */
export async function archivePatient(ctx: Ctx, id: string): Promise<string> {
  return changePatient(ctx, { id, version: null }, (tx, patient) => {
    if (patient.archivedAt != null) throw new DomainError('INVALID_TRANSITION', 'This record is archived already.');
    patient.archivedAt = tx.now;
    touch(tx, patient);
    tx.record({ type: 'PATIENT_UPDATED', subjectId: id, payload: {} });
    tx.audit({ action: 'patient.archive', subjectId: id });
    return id;
  });
}

/**
 * Takes an archived record back into use.
 *
 * @throws DomainError INVALID_TRANSITION when it is not archived, or was merged
 */
export async function restorePatient(ctx: Ctx, id: string): Promise<string> {
  return changePatient(ctx, { id, version: null }, (tx, patient) => {
    if (patient.archivedAt == null) throw new DomainError('INVALID_TRANSITION', 'This record is not archived.');
    patient.archivedAt = null;
    touch(tx, patient);
    tx.record({ type: 'PATIENT_UPDATED', subjectId: id, payload: {} });
    tx.audit({ action: 'patient.restore', subjectId: id });
    return id;
  });
}

export interface ConsentChange {
  email?: boolean | null;
  sms?: boolean | null;
  marketing?: boolean | null;
}

/**
 * Writes down what the patient agreed to, with when and by whom. What is left out stays. It is no change of the record's
 * version: a form that is open beside the switches is not stale by it.
 */
export async function setNotificationPreferences(ctx: Ctx, id: string, consent: ConsentChange): Promise<string> {
  return changePatient(ctx, { id, version: null }, (tx, patient) => {
    const before = [patient.emailConsent, patient.smsConsent, patient.marketingConsent];
    patient.emailConsent = consent.email ?? patient.emailConsent;
    patient.smsConsent = consent.sms ?? patient.smsConsent;
    patient.marketingConsent = consent.marketing ?? patient.marketingConsent;
    patient.preferencesUpdatedAt = tx.now;
    patient.preferencesUpdatedByName = tx.actor.name;
    const after = [patient.emailConsent, patient.smsConsent, patient.marketingConsent];
    const changes = Object.fromEntries(
      ['email', 'sms', 'marketing'].map((channel, index) => [channel, [before[index], after[index]]]),
    );
    tx.record({ type: 'PATIENT_UPDATED', subjectId: id, payload: {} });
    tx.audit({ action: 'patient.consent', subjectId: id, changes });
    return id;
  });
}
