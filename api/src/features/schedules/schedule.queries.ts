import { loadById, loadByParent, Loader } from '../../access/ctx.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { Block } from './slot.domain.ts';
import type { ScheduleBlockEntity, TimeOffEntity } from './schedule.entity.ts';

const tables = queryBuilder<typeof ScheduleBlockEntity | typeof TimeOffEntity>();

export interface BlockRow extends Block {
  doctorId: string;
}

/** How many blocks a doctor's week may have. */
export const blocksPerDoctor = 70;

/** Working hours of doctors, Monday first. The limit only guards the answer's size: nobody has more. */
export const blocksOf = (clinicId: string, doctorIds: readonly string[]): Query<BlockRow> =>
  tables
    .selectFrom('schedule_block')
    .select(['doctorId', 'weekday', 'slotMinutes'])
    .select([
      sql<string>`to_char(starts_at, 'HH24:MI')`.as('startsAt'),
      sql<string>`to_char(ends_at, 'HH24:MI')`.as('endsAt'),
    ])
    .where('clinicId', '=', clinicId)
    .where('doctorId', 'in', [...doctorIds])
    .orderBy(
      sql`array_position(array['MONDAY','TUESDAY','WEDNESDAY','THURSDAY','FRIDAY','SATURDAY','SUNDAY'], weekday)`,
    )
    .orderBy('schedule_block.startsAt')
    .limit(doctorIds.length * blocksPerDoctor);

export const blocksByDoctor = loadByParent<BlockRow>(
  (row) => row.doctorId,
  (doctorIds, ctx) => blocksOf(ctx.clinicId, doctorIds),
);

export const deleteBlocks = (clinicId: string, doctorId: string) =>
  tables.deleteFrom('schedule_block').where('clinicId', '=', clinicId).where('doctorId', '=', doctorId);

export interface BusyRange {
  doctorId: string;
  startsAt: Date;
  endsAt: Date;
  isTimeOff: boolean;
  /** The appointment or the offer that holds it; null for time off. */
  holderId: string | null;
}

/** When doctors are taken, by what holds a slot or by time off; it names no patient. */
export const busyRanges = (doctorIds: readonly string[], from: Date, to: Date): Query<BusyRange> =>
  tables
    .selectFrom(sql<BusyRange>`directory.busy_ranges(${[...doctorIds]}::uuid[], ${from}, ${to})`.as('busy'))
    .selectAll();

export interface BusySpan {
  doctorId: string;
  startsAt: Date;
  endsAt: Date;
}

/**
 * The same for looking at many days at once: what overlaps or touches comes as one, so that a full day is one row; of each
 * doctor ascending and apart. One appointment may be looked past: one that is to move.
 */
export const busySpans = (
  doctorIds: readonly string[],
  [from, to]: readonly [Date, Date],
  exceptAppointmentId: string | null,
): Query<BusySpan> =>
  tables
    .selectFrom(
      sql<BusySpan>`(select doctor_id, lower(span) as starts_at, upper(span) as ends_at
        from (select doctor_id, range_agg(tstzrange(starts_at, ends_at)) as spans
          from directory.busy_ranges(${[...doctorIds]}::uuid[], ${from}, ${to})
          where (holder_id = ${exceptAppointmentId}::uuid) is not true group by doctor_id) busy,
        unnest(spans) span)`.as('span'),
    )
    .selectAll()
    .orderBy('span.doctorId')
    .orderBy('span.startsAt');

/** Whether a patient holds an overlapping slot with any doctor; which one, it does not say. */
export const patientIsBusy = (
  patientId: string,
  from: Date,
  to: Date,
  exceptId: string | null,
): Query<{ isBusy: boolean }> =>
  tables.selectNoFrom(sql<boolean>`directory.patient_is_busy(${patientId}, ${from}, ${to}, ${exceptId})`.as('isBusy'));

/** Those of some times at which a patient holds no slot with anybody. */
export const timesWithout = (
  patientId: string,
  times: readonly { startsAt: Date; endsAt: Date }[],
  exceptId: string | null,
): Query<{ startsAt: Date }> =>
  tables
    .selectFrom(
      sql<{ startsAt: Date; endsAt: Date }>`unnest(${times.map((time) => time.startsAt)}::timestamptz[],
        ${times.map((time) => time.endsAt)}::timestamptz[])`.as<'time'>(sql`time(starts_at, ends_at)`),
    )
    .select('time.startsAt')
    .where(sql<boolean>`not directory.patient_is_busy(${patientId}, time.starts_at, time.ends_at, ${exceptId})`);

export interface TimeOffRow {
  id: string;
  doctorId: string | null;
  startsAt: Date;
  endsAt: Date;
  reason: string | null;
}

export interface TimeOffKey {
  doctorId: string;
  from: Date | null;
  to: Date | null;
}

const timeOffColumns = ['id', 'doctorId', 'startsAt', 'endsAt', 'reason'] as const;

export const timeOffById = loadById<TimeOffRow>((ids, ctx) =>
  tables
    .selectFrom('time_off')
    .select(timeOffColumns)
    .where('clinicId', '=', ctx.clinicId)
    .where('id', 'in', [...ids]),
);

/** A doctor's own time off and the whole clinic's, in order, from a moment on or of all times. */
export const timeOffOfDoctor = new Loader<TimeOffKey, TimeOffRow[]>(
  async (ctx, keys) => {
    const doctorIds = [...new Set(keys.map((key) => key.doctorId))];
    const from = extremeOf(
      keys.map((key) => key.from),
      Math.min,
    );
    const to = extremeOf(
      keys.map((key) => key.to),
      Math.max,
    );
    const rows = await ctx.rows(
      tables
        .selectFrom('time_off')
        .select(timeOffColumns)
        .where('clinicId', '=', ctx.clinicId)
        .where((where) => where.or([where('doctorId', 'in', doctorIds), where('doctorId', 'is', null)]))
        .$if(from !== null, (query) => query.where('endsAt', '>', from))
        .$if(to !== null, (query) => query.where('startsAt', '<', to))
        .orderBy('startsAt')
        .limit(1_000),
    );
    return keys.map((key) =>
      rows.filter(
        (row) =>
          (row.doctorId === null || row.doctorId === key.doctorId) &&
          (key.from === null || row.endsAt > key.from) &&
          (key.to === null || row.startsAt < key.to),
      ),
    );
  },
  ({ doctorId, from, to }) => `${doctorId} ${from?.getTime()} ${to?.getTime()}`,
);

/** The earliest or latest of some bounds; null when one of them is open. */
function extremeOf(bounds: readonly (Date | null)[], extreme: typeof Math.min): Date | null {
  const closed = bounds.filter((bound) => bound !== null);
  return closed.length < bounds.length ? null : new Date(extreme(...closed.map((bound) => bound.getTime())));
}
