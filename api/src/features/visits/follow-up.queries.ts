import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import { toConnection, type Connection } from '../../platform/graphql/connection.ts';
import { applyPage, readPage, type Ordering, type PageArguments } from '../../platform/graphql/page.ts';
import type { Ctx } from '../../access/ctx.ts';
import type { AppointmentEntity } from '../appointments/index.ts';
import type { VisitEntity } from './visit.entity.ts';
import { visitColumns, type VisitRow } from './visit.queries.ts';

const tables = queryBuilder<typeof AppointmentEntity | typeof VisitEntity>();

/** Neither came again after a visit nor has anything booked. */
const nothingSince = sql<boolean>`not exists (select from appointment where appointment.clinic_id = visit.clinic_id
  and appointment.patient_id = visit.patient_id and appointment.starts_at > visit.checked_in_at
  and appointment.id <> visit.appointment_id and appointment.status not in ('REJECTED', 'CANCELLED', 'NO_SHOW'))`;

export interface ExpectedAgain {
  doctorId: string;
  patientId: string;
  appointmentId: string;
  /** A calendar day. */
  followUpOn: string;
}

/** A visit after which the patient should come again, and has nothing booked; no row for any other. */
export const expectedAgain = (clinicId: string, id: string): Query<ExpectedAgain> =>
  tables
    .selectFrom('visit')
    .select(['visit.doctorId', 'visit.patientId', 'visit.appointmentId'])
    .select(sql<string>`to_char(visit.follow_up_on, 'YYYY-MM-DD')`.as('followUpOn'))
    .where('visit.clinicId', '=', clinicId)
    .where('visit.id', '=', id)
    .where('visit.status', '=', 'COMPLETED')
    .where('visit.followUpOn', 'is not', null)
    .where(nothingSince);

const lastSeenFirst: Ordering = { column: 'visit.completed_at', id: 'visit.id', direction: 'desc' };

export interface FollowUpFilter {
  /** Clinic days, both included. */
  from: string;
  to: string;
  /** Of one doctor alone. */
  doctorId: string | null;
}

/**
 * Visits after which the patient should have come again in these days, and neither came nor has anything booked since; the
 * last seen first. A doctor finds their own.
 */
export async function listFollowUpsDue(
  ctx: Ctx,
  args: PageArguments,
  { from, to, doctorId }: FollowUpFilter,
): Promise<Connection<VisitRow>> {
  const page = readPage(args, lastSeenFirst);
  const { role, doctorId: own } = ctx.signedIn;
  const due = tables
    .selectFrom('visit')
    .where('visit.clinicId', '=', ctx.clinicId)
    .where('visit.status', '=', 'COMPLETED')
    .where(sql<boolean>`visit.follow_up_on between ${from}::date and ${to}::date`)
    .$if(doctorId !== null, (query) => query.where('visit.doctorId', '=', doctorId ?? ''))
    .$if(role === 'DOCTOR', (query) => query.where('visit.doctorId', '=', own ?? ''))
    .where(nothingSince);
  const rows = await ctx.rows(applyPage(due.select(visitColumns), page));
  return toConnection(
    rows,
    page,
    (row) => ({ value: (row.completedAt ?? row.checkedInAt).toISOString(), id: row.id }),
    async () => (await ctx.first(due.select(({ fn }) => fn.countAll<number>().as('count'))))?.count ?? 0,
  );
}
