import type { Ctx } from '../../access/ctx.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import { longestMinutes } from './appointment-time.domain.ts';
import type { AppointmentEntity } from './appointment.entity.ts';

const tables = queryBuilder<typeof AppointmentEntity>();

/** How many of them an answer holds. */
const affectedLimit = 100;

/** A stretch of time in which a doctor, or without one the whole clinic, does not work. */
export interface Absence {
  doctorId: string | null;
  startsAt: Date;
  endsAt: Date;
}

/**
 * What is still to begin, asked for or booked, and falls into an absence. None lasts longer than a working day, so the
 * index on the start finds where to begin looking.
 */
const affected = ({ clinicId, clock }: Ctx, { doctorId, startsAt, endsAt }: Absence) =>
  tables
    .selectFrom('appointment')
    .where('clinicId', '=', clinicId)
    .$if(doctorId !== null, (query) => query.where('doctorId', '=', doctorId))
    .where('status', 'in', ['REQUESTED', 'APPROVED'])
    .where('startsAt', '>', clock.now())
    .where('startsAt', '>', sql<Date>`${startsAt}::timestamptz - make_interval(mins => ${longestMinutes})`)
    .where('startsAt', '<', endsAt)
    .where('endsAt', '>', startsAt);

/** The first hundred of them, the soonest first. */
export const affectedAppointments = (ctx: Ctx, absence: Absence): Query<{ id: string }> =>
  affected(ctx, absence).select('id').orderBy('startsAt').orderBy('id').limit(affectedLimit);

export const affectedCount = (ctx: Ctx, absence: Absence): Query<{ count: number }> =>
  affected(ctx, absence).select(({ fn }) => fn.countAll<number>().as('count'));
