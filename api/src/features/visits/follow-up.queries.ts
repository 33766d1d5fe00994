import { queryBuilder, sql } from '../../platform/db/query-builder.ts';
import { toConnection, type Connection } from '../../platform/graphql/connection.ts';
import { applyPage, readPage, type Ordering, type PageArguments } from '../../platform/graphql/page.ts';
import type { Ctx } from '../../access/ctx.ts';
import type { AppointmentEntity } from '../appointments/index.ts';
import type { VisitEntity } from './visit.entity.ts';
import { visitColumns, type VisitRow } from './visit.queries.ts';

const tables = queryBuilder<typeof AppointmentEntity | typeof VisitEntity>();

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
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('appointment')
            .select('appointment.id')
            .whereRef('appointment.clinicId', '=', 'visit.clinicId')
            .whereRef('appointment.patientId', '=', 'visit.patientId')
            .whereRef('appointment.startsAt', '>', 'visit.checkedInAt')
            .whereRef('appointment.id', '<>', 'visit.appointmentId')
            .where('appointment.status', 'not in', ['REJECTED', 'CANCELLED', 'NO_SHOW']),
        ),
      ),
    );
  const rows = await ctx.rows(applyPage(due.select(visitColumns), page));
  return toConnection(
    rows,
    page,
    (row) => ({ value: (row.completedAt ?? row.checkedInAt).toISOString(), id: row.id }),
    async () => (await ctx.first(due.select(({ fn }) => fn.countAll<number>().as('count'))))?.count ?? 0,
  );
}
