import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { PrescribedItem } from './medication.domain.ts';

/** What a doctor prescribed during or after one visit. Written once; only its being void is added. */
export const PrescriptionEntity = defineEntity({
  name: 'Prescription',
  tableName: 'prescription',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    visitId: p.uuid(),
    doctorId: p.uuid(),
    patientId: p.uuid(),
    items: p.json<PrescribedItem[]>(),
    instructions: p.text().nullable(),
    overriddenWarnings: p.array<string>().columnType('text[]'),
    createdAt: p.datetime(),
    voidedAt: p.datetime().nullable(),
    voidReason: p.text().nullable(),
  },
});

export type PrescriptionRecord = InferEntity<typeof PrescriptionEntity>;
