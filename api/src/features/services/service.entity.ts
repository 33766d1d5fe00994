import { defineEntity, p } from '@mikro-orm/postgresql';

export const ServiceEntity = defineEntity({
  name: 'Service',
  tableName: 'service',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    name: p.text(),
    durationMinutes: p.integer(),
    priceMinor: p.bigint('number'),
    taxPercent: p.decimal('string').nullable(),
    archivedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});

/** What a doctor offers; a doctor without any row offers everything. */
export const DoctorServiceEntity = defineEntity({
  name: 'DoctorService',
  tableName: 'doctor_service',
  properties: {
    clinicId: p.uuid().primary(),
    doctorId: p.uuid().primary(),
    serviceId: p.uuid().primary(),
  },
});
