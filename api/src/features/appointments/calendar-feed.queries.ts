import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { DoctorEntity, MembershipEntity } from '../accounts/index.ts';
import type { ClinicEntity } from '../clinics/index.ts';
import type { AppointmentStatus } from './appointment.domain.ts';
import type { AppointmentEntity } from './appointment.entity.ts';

const tables = queryBuilder<
  typeof AppointmentEntity | typeof ClinicEntity | typeof DoctorEntity | typeof MembershipEntity
>();

/** What a member's secret address is made of. */
export interface CalendarKey {
  membershipId: string;
  calendarVersion: number;
}

export const calendarKeyOf = (clinicId: string, userId: string): Query<CalendarKey> =>
  tables
    .selectFrom('membership')
    .select(['id as membershipId', 'calendarVersion'])
    .where('clinicId', '=', clinicId)
    .where('userId', '=', userId);

export const countUpCalendar = (clinicId: string, userId: string): Query<CalendarKey> =>
  tables
    .updateTable('membership')
    .set((row) => ({ calendarVersion: row('calendarVersion', '+', 1) }))
    .where('clinicId', '=', clinicId)
    .where('userId', '=', userId)
    .returning(['id as membershipId', 'calendarVersion']);

export interface CalendarOwner extends CalendarKey {
  clinicId: string;
  clockOffsetMs: number;
  userId: string;
  /** One of the two. */
  doctorId: string | null;
  patientId: string | null;
}

export const calendarOwner = (membershipId: string): Query<CalendarOwner> =>
  tables.selectFrom(sql<CalendarOwner>`directory.calendar_owner(${membershipId})`.as('owner')).selectAll();

/** An appointment as a calendar shows it: no patient, no service, nothing that anybody wrote. */
export interface CalendarEntry {
  id: string;
  status: AppointmentStatus;
  startsAt: Date;
  endsAt: Date;
  createdAt: Date;
  updatedAt: Date;
  version: number;
  doctorName: string;
}

/** As far as a calendar goes; the first of them come. */
const entryLimit = 2_000;

/** A doctor's or a patient's own appointments from an instant on. */
export const calendarEntries = (
  { clinicId, doctorId, patientId }: Pick<CalendarOwner, 'clinicId' | 'doctorId' | 'patientId'>,
  from: Date,
): Query<CalendarEntry> =>
  tables
    .selectFrom('appointment')
    .innerJoin('doctor', 'doctor.id', 'appointment.doctorId')
    .select(['appointment.id', 'appointment.status', 'appointment.startsAt', 'appointment.endsAt'])
    .select(['appointment.createdAt', 'appointment.updatedAt', 'appointment.version', 'doctor.name as doctorName'])
    .where('appointment.clinicId', '=', clinicId)
    .$if(doctorId !== null, (query) => query.where('appointment.doctorId', '=', doctorId))
    .$if(doctorId === null, (query) => query.where('appointment.patientId', '=', patientId))
    .where('appointment.startsAt', '>=', from)
    .orderBy('appointment.startsAt')
    .orderBy('appointment.id')
    .limit(entryLimit);
