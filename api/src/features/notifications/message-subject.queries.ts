import { queryBuilder, type Query } from '../../platform/db/query-builder.ts';
import type { DoctorEntity } from '../accounts/index.ts';
import type { AppointmentEntity, AppointmentEventEntity } from '../appointments/index.ts';
import type { ClinicEntity } from '../clinics/index.ts';
import type { CareEntity, PatientEntity } from '../patients/index.ts';
import type { ServiceEntity } from '../services/index.ts';
import type { WaitlistEntryEntity } from '../waitlist/index.ts';

const tables = queryBuilder<
  | typeof AppointmentEntity
  | typeof AppointmentEventEntity
  | typeof CareEntity
  | typeof ClinicEntity
  | typeof DoctorEntity
  | typeof PatientEntity
  | typeof ServiceEntity
  | typeof WaitlistEntryEntity
>();

export interface MessageSubject {
  clinicId: string;
  clinicName: string;
  clinicLocale: string;
  timeZone: string;
  doctorId: string;
  doctorName: string;
  doctorUserId: string | null;
  patientId: string;
  patientFirstName: string;
  patientLastName: string | null;
  patientUserId: string | null;
  email: string | null;
  emailConsent: boolean;
  serviceName: string;
  startsAt: Date;
  endsAt: Date;
  /** Where it was before its latest step, if that moved it. */
  previousStartsAt: Date | null;
  note: string | null;
}

/** All that messages about an appointment name, and where they go. */
export const subjectOfMessages = (appointmentId: string): Query<MessageSubject> =>
  tables
    .selectFrom('appointment')
    .innerJoin('clinic', 'clinic.id', 'appointment.clinicId')
    .innerJoin('doctor', 'doctor.id', 'appointment.doctorId')
    .innerJoin('patient', 'patient.id', 'appointment.patientId')
    .innerJoin('service', 'service.id', 'appointment.serviceId')
    .leftJoin('appointment_event as step', (join) =>
      join
        .onRef('step.clinicId', '=', 'appointment.clinicId')
        .onRef('step.appointmentId', '=', 'appointment.id')
        .onRef('step.version', '=', 'appointment.version'),
    )
    .select([
      'appointment.clinicId',
      'clinic.name as clinicName',
      'clinic.locale as clinicLocale',
      'clinic.timeZone',
      'appointment.doctorId',
      'doctor.name as doctorName',
      'doctor.userId as doctorUserId',
      'appointment.patientId',
      'patient.firstName as patientFirstName',
      'patient.lastName as patientLastName',
      'patient.userId as patientUserId',
      'patient.email',
      'patient.emailConsent',
      'service.name as serviceName',
      'appointment.startsAt',
      'appointment.endsAt',
      'step.previousStartsAt',
      'appointment.note',
    ])
    .where('appointment.id', '=', appointmentId);

/** A doctor's name and account: of the one whose appointment moved to a colleague. */
export const doctorToTell = (
  clinicId: string,
  id: string,
): Query<{ doctorName: string; doctorUserId: string | null }> =>
  tables
    .selectFrom('doctor')
    .select(['name as doctorName', 'userId as doctorUserId'])
    .where('clinicId', '=', clinicId)
    .where('id', '=', id);

export interface OpeningSubject {
  clinicName: string;
  clinicLocale: string;
  doctorName: string;
  recordNumber: string;
  reason: string | null;
}

/** All that the message about an opened record names. */
export const subjectOfOpening = (
  clinicId: string,
  { doctorId, patientId }: { doctorId: string; patientId: string },
): Query<OpeningSubject> =>
  tables
    .selectFrom('care')
    .innerJoin('clinic', 'clinic.id', 'care.clinicId')
    .innerJoin('doctor', 'doctor.id', 'care.doctorId')
    .innerJoin('patient', 'patient.id', 'care.patientId')
    .select(['clinic.name as clinicName', 'clinic.locale as clinicLocale', 'doctor.name as doctorName'])
    .select(['patient.recordNumber', 'care.reason'])
    .where('care.clinicId', '=', clinicId)
    .where('care.doctorId', '=', doctorId)
    .where('care.patientId', '=', patientId);

export interface OfferSubject {
  clinicName: string;
  clinicLocale: string;
  timeZone: string;
  doctorName: string;
  patientId: string;
  patientFirstName: string;
  patientLastName: string | null;
  patientUserId: string | null;
  email: string | null;
  emailConsent: boolean;
  serviceName: string;
  startsAt: Date;
  expiresAt: Date;
}

/** All that the message about a running offer names, and where it goes. */
export const subjectOfOffer = (clinicId: string, entryId: string): Query<OfferSubject> =>
  tables
    .selectFrom('waitlist_entry as entry')
    .innerJoin('clinic', 'clinic.id', 'entry.clinicId')
    .innerJoin('doctor', 'doctor.id', 'entry.offerDoctorId')
    .innerJoin('patient', 'patient.id', 'entry.patientId')
    .innerJoin('service', 'service.id', 'entry.serviceId')
    .select([
      'clinic.name as clinicName',
      'clinic.locale as clinicLocale',
      'clinic.timeZone',
      'doctor.name as doctorName',
      'entry.patientId',
      'patient.firstName as patientFirstName',
      'patient.lastName as patientLastName',
      'patient.userId as patientUserId',
      'patient.email',
      'patient.emailConsent',
      'service.name as serviceName',
    ])
    .select((row) => [row.ref('entry.offerStartsAt').$notNull().as('startsAt')])
    .select((row) => [row.ref('entry.offerExpiresAt').$notNull().as('expiresAt')])
    .where('entry.clinicId', '=', clinicId)
    .where('entry.id', '=', entryId)
    .where('entry.status', '=', 'OFFERED');
