import { defineEntity, p } from '@mikro-orm/postgresql';
import type { AppointmentEventName, AppointmentSource, AppointmentStatus } from './appointment.domain.ts';

/** The unit of clinic work. Two that hold their slot never overlap for one doctor or one patient: see api/migrations. */
export const AppointmentEntity = defineEntity({
  name: 'Appointment',
  tableName: 'appointment',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    doctorId: p.uuid(),
    patientId: p.uuid(),
    serviceId: p.uuid(),
    status: p.text().$type<AppointmentStatus>(),
    source: p.text().$type<AppointmentSource>(),
    startsAt: p.datetime(),
    endsAt: p.datetime(),
    reason: p.text().nullable(),
    note: p.text().nullable(),
    overbookReason: p.text().nullable(),
    holdsSlot: p.boolean(),
    confirmedByPatientAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    version: p.integer(),
  },
});

/** One step of an appointment's life: who did what, never changed. */
export const AppointmentEventEntity = defineEntity({
  name: 'AppointmentEvent',
  tableName: 'appointment_event',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    appointmentId: p.uuid(),
    doctorId: p.uuid(),
    patientId: p.uuid(),
    /** The appointment's version after the step: what puts the steps in order. */
    version: p.integer(),
    type: p.text().$type<AppointmentEventName>(),
    at: p.datetime(),
    actorName: p.text(),
    fromStatus: p.text().$type<AppointmentStatus>().nullable(),
    toStatus: p.text().$type<AppointmentStatus>(),
    previousStartsAt: p.datetime().nullable(),
    note: p.text().nullable(),
  },
});
