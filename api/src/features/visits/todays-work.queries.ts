import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { AppointmentEntity } from '../appointments/index.ts';
import type { VisitEntity } from './visit.entity.ts';

const tables = queryBuilder<typeof AppointmentEntity | typeof VisitEntity>();

export interface VisitCounts {
  visitCount: number;
  waitingCount: number;
  activeConsultationCount: number;
  completedCount: number;
}

/** How far a doctor's visits of a clinic day are. Somebody who left is none. */
export const countsOfVisits = (clinicId: string, doctorId: string, day: string): Query<VisitCounts> =>
  tables
    .selectFrom('visit')
    .select([
      sql<number>`count(*) filter (where status <> 'LEFT')`.as('visitCount'),
      sql<number>`count(*) filter (where status in ('WAITING', 'CALLED'))`.as('waitingCount'),
      sql<number>`count(*) filter (where status = 'IN_PROGRESS')`.as('activeConsultationCount'),
      sql<number>`count(*) filter (where status = 'COMPLETED')`.as('completedCount'),
    ])
    .where('clinicId', '=', clinicId)
    .where('doctorId', '=', doctorId)
    .where(sql<boolean>`visit.day = ${day}::date`);

export interface AppointmentCounts {
  upcomingAppointmentCount: number;
  pendingRequestCount: number;
  overdueCount: number;
}

/** A doctor's approved appointments of the days ahead, requests that wait for an answer, and what was left open. */
export const countsOfAppointments = (
  clinicId: string,
  doctorId: string,
  { now, today, from, to }: { now: Date; today: Date; from: Date; to: Date },
): Query<AppointmentCounts> =>
  tables
    .selectFrom('appointment')
    .select([
      sql<number>`count(*) filter (where status = 'APPROVED' and starts_at >= ${from} and starts_at < ${to})`.as(
        'upcomingAppointmentCount',
      ),
      sql<number>`count(*) filter (where status = 'REQUESTED' and starts_at > ${now})`.as('pendingRequestCount'),
      sql<number>`count(*) filter (where starts_at < ${today})`.as('overdueCount'),
    ])
    .where('clinicId', '=', clinicId)
    .where('doctorId', '=', doctorId)
    // The same states as the index of what is open.
    .where(sql<boolean>`status in ('REQUESTED', 'APPROVED', 'CHECKED_IN')`);
