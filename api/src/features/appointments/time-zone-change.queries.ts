import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { AppointmentEntity } from './appointment.entity.ts';

const tables = queryBuilder<typeof AppointmentEntity>();

/** How many examples an answer holds. */
const exampleLimit = 10;

/**
 * Whether an appointment lies within one stretch of the doctor's working hours, read on the wall clock of a zone; blocks
 * that touch count as one. The database's form of isInsideHours: a clinic may have thousands of appointments to come.
 */
const isInside = (timeZone: string) => sql<boolean>`coalesce((
  select range_agg(tstzrange(
      (local.day + block.starts_at) at time zone ${timeZone},
      greatest((local.day + block.starts_at) at time zone ${timeZone}, (local.day + block.ends_at) at time zone ${timeZone})
    )) @> tstzrange(appointment.starts_at, appointment.ends_at)
  from (select (appointment.starts_at at time zone ${timeZone})::date as day) local
  join schedule_block block on block.clinic_id = appointment.clinic_id and block.doctor_id = appointment.doctor_id
    and block.weekday = to_char(local.day, 'FMDAY')), false)`;

/** What is still to come: asked for or booked, and not checked in. */
const upcoming = (clinicId: string, now: Date) =>
  tables
    .selectFrom('appointment')
    .where('appointment.clinicId', '=', clinicId)
    .where('appointment.status', 'in', ['REQUESTED', 'APPROVED'])
    .where('appointment.startsAt', '>=', now);

export interface ZoneChangeCounts {
  upcomingCount: number;
  outsideHoursCount: number;
  outsideHoursNowCount: number;
}

/** Counts what is to come, and how much of it lies outside working hours read in the one zone and in the other. */
export const zoneChangeCounts = (clinicId: string, now: Date, from: string, to: string): Query<ZoneChangeCounts> =>
  upcoming(clinicId, now).select([
    sql<number>`count(*)::int`.as('upcomingCount'),
    sql<number>`(count(*) filter (where not ${isInside(to)}))::int`.as('outsideHoursCount'),
    sql<number>`(count(*) filter (where not ${isInside(from)}))::int`.as('outsideHoursNowCount'),
  ]);

export interface ZoneChangeExampleRow {
  appointmentId: string;
  startsAt: Date;
  isOutsideHours: boolean;
}

/** Those that fall outside working hours first, the soonest of them first. */
export const zoneChangeExamples = (clinicId: string, now: Date, to: string): Query<ZoneChangeExampleRow> =>
  upcoming(clinicId, now)
    .select(['appointment.id as appointmentId', 'appointment.startsAt'])
    .select(sql<boolean>`not ${isInside(to)}`.as('isOutsideHours'))
    .orderBy('isOutsideHours', 'desc')
    .orderBy('appointment.startsAt')
    .orderBy('appointment.id')
    .limit(exampleLimit);
