import { defineEntity, p } from '@mikro-orm/postgresql';

export type RequestPolicyValue = 'DOCTOR' | 'FRONT_DESK' | 'AUTOMATIC';
export type CloseOutPolicyValue = 'AFTER_PAYMENT' | 'ON_CONSULTATION_COMPLETED';

export const ClinicEntity = defineEntity({
  name: 'Clinic',
  tableName: 'clinic',
  properties: {
    id: p.uuid().primary(),
    slug: p.text(),
    name: p.text(),
    address: p.text().nullable(),
    phone: p.text().nullable(),
    timeZone: p.text(),
    currency: p.text(),
    locale: p.text(),
    taxNumber: p.text().nullable(),
    sandbox: p.boolean(),
    /** What the clinic's clock shows beside the real one: 0 but in a sandbox, see api/migrations. */
    clockOffsetMs: p.bigint('number'),
    clockReached: p.datetime().nullable(),
    clockTarget: p.datetime().nullable(),
    /** Of a sandbox alone: who made it, and when it was last used, in real time. */
    sandboxOwnerId: p.uuid().nullable(),
    sandboxUsedAt: p.datetime().nullable(),
    reminderLeadHours: p.array<number>().columnType('integer[]'),
    closeOutPolicy: p.text().$type<CloseOutPolicyValue>(),
    noShowAfterMinutes: p.integer(),
    selfServiceCutoffHours: p.integer(),
    defaultDoctorSharePercent: p.decimal('string'),
    taxPercent: p.decimal('string'),
    requestPolicy: p.text().$type<RequestPolicyValue>(),
    createdAt: p.datetime(),
  },
});
