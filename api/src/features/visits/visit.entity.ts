import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { StoredEyeExam } from './eye-exam.domain.ts';
import type { VisitPriority, VisitStatus } from './visit.domain.ts';

/** One stay of a patient at the clinic, from check-in to the doctor's completion. */
export const VisitEntity = defineEntity({
  name: 'Visit',
  tableName: 'visit',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    appointmentId: p.uuid(),
    doctorId: p.uuid(),
    patientId: p.uuid(),
    serviceId: p.uuid(),
    /** The clinic day of the check-in. */
    day: p.date(),
    queueNumber: p.integer(),
    priority: p.text().$type<VisitPriority>(),
    status: p.text().$type<VisitStatus>(),
    checkedInAt: p.datetime(),
    calledAt: p.datetime().nullable(),
    startedAt: p.datetime().nullable(),
    completedAt: p.datetime().nullable(),
    leftReason: p.text().nullable(),
    followUpOn: p.date().nullable(),
    updatedAt: p.datetime(),
    version: p.integer(),
  },
});

export type Consultation = InferEntity<typeof ConsultationEntity>;
export type Visit = InferEntity<typeof VisitEntity>;

/** The last number that was given on a clinic day. */
export const QueueCounterEntity = defineEntity({
  name: 'QueueCounter',
  tableName: 'queue_counter',
  properties: {
    clinicId: p.uuid().primary(),
    day: p.date().primary(),
    lastNumber: p.integer(),
  },
});

/** What the doctor writes during a visit. */
export const ConsultationEntity = defineEntity({
  name: 'Consultation',
  tableName: 'consultation',
  properties: {
    visitId: p.uuid().primary(),
    clinicId: p.uuid(),
    doctorId: p.uuid(),
    patientId: p.uuid(),
    symptoms: p.text().nullable(),
    diagnosis: p.text().nullable(),
    notes: p.text().nullable(),
    eyeExam: p.json<StoredEyeExam>().nullable(),
    lockedAt: p.datetime().nullable(),
    updatedAt: p.datetime(),
    version: p.integer(),
  },
});

/** What was added to locked notes. */
export const AddendumEntity = defineEntity({
  name: 'Addendum',
  tableName: 'addendum',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    visitId: p.uuid(),
    doctorId: p.uuid(),
    patientId: p.uuid(),
    authorUserId: p.uuid(),
    text: p.text(),
    createdAt: p.datetime(),
  },
});

/** Vital signs of one visit. */
export const VitalsEntity = defineEntity({
  name: 'Vitals',
  tableName: 'vitals',
  properties: {
    visitId: p.uuid().primary(),
    clinicId: p.uuid(),
    doctorId: p.uuid(),
    patientId: p.uuid(),
    temperature: p.decimal('string').nullable(),
    systolic: p.integer().nullable(),
    diastolic: p.integer().nullable(),
    pulse: p.integer().nullable(),
    weight: p.decimal('string').nullable(),
    height: p.decimal('string').nullable(),
    recordedAt: p.datetime(),
  },
});
