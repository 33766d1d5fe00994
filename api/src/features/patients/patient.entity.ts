import { defineEntity, p } from '@mikro-orm/postgresql';
import type { SexValue } from './patient.domain.ts';

export const PatientEntity = defineEntity({
  name: 'Patient',
  tableName: 'patient',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    userId: p.uuid().nullable(),
    recordNumber: p.text(),
    firstName: p.text(),
    lastName: p.text().nullable(),
    nameFolded: p.text(),
    birthDate: p.date().nullable(),
    birthDateEstimated: p.boolean(),
    sex: p.text().$type<SexValue>(),
    phone: p.text().nullable(),
    email: p.text().nullable(),
    address: p.text().nullable(),
    emailConsent: p.boolean(),
    smsConsent: p.boolean(),
    marketingConsent: p.boolean(),
    preferencesUpdatedAt: p.datetime(),
    preferencesUpdatedByName: p.text().nullable(),
    archivedAt: p.datetime().nullable(),
    mergedInto: p.uuid().nullable(),
    importId: p.uuid().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    updatedByName: p.text().nullable(),
    version: p.integer(),
  },
});

/** The clinical part of a record: a table of its own, because who may read it depends on the row. */
export const PatientClinicalEntity = defineEntity({
  name: 'PatientClinical',
  tableName: 'patient_clinical',
  properties: {
    patientId: p.uuid().primary(),
    clinicId: p.uuid(),
    allergies: p.array<string>().columnType('text[]'),
    medicalHistory: p.text().nullable(),
    updatedAt: p.datetime(),
  },
});

/**
 * Which patients are a doctor's: booked, requested, seen or registered by them; with `until`, opened in an emergency for an
 * hour and a reason. Row-level security asks it.
 */
export const CareEntity = defineEntity({
  name: 'Care',
  tableName: 'care',
  properties: {
    clinicId: p.uuid().primary(),
    doctorId: p.uuid().primary(),
    patientId: p.uuid().primary(),
    since: p.datetime(),
    until: p.datetime().nullable(),
    reason: p.text().nullable(),
  },
});

/** One import of a file: what it made can be taken back together. */
export const PatientImportEntity = defineEntity({
  name: 'PatientImport',
  tableName: 'patient_import',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    createdCount: p.integer(),
    byName: p.text(),
    createdAt: p.datetime(),
    undoneAt: p.datetime().nullable(),
  },
});

/** How far a running import is, for whoever started it. */
export const ImportProgressEntity = defineEntity({
  name: 'ImportProgress',
  tableName: 'import_progress',
  properties: {
    clinicId: p.uuid().primary(),
    userId: p.uuid().primary(),
    key: p.text().primary(),
    processed: p.integer(),
    total: p.integer(),
    isDone: p.boolean(),
    updatedAt: p.datetime(),
  },
});
