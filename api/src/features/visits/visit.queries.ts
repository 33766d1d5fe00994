import { loadById, Loader, type Ctx } from '../../access/ctx.ts';
import { loadLists } from '../../access/lists.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import { applyPage, type Ordering } from '../../platform/graphql/page.ts';
import { dayOf } from '../../platform/zone.ts';
import { appointmentById, type AppointmentRow } from '../appointments/index.ts';
import type { Pace, VisitPriority, VisitStatus } from './visit.domain.ts';
import type { QueueCounterEntity, VisitEntity } from './visit.entity.ts';

export interface VisitRow {
  id: string;
  clinicId: string;
  appointmentId: string;
  doctorId: string;
  patientId: string;
  serviceId: string;
  day: string;
  queueNumber: number;
  priority: VisitPriority;
  status: VisitStatus;
  checkedInAt: Date;
  calledAt: Date | null;
  startedAt: Date | null;
  completedAt: Date | null;
  followUpOn: string | null;
  version: number;
}

const tables = queryBuilder<typeof VisitEntity | typeof QueueCounterEntity>();
export const visitColumns = [
  'visit.id',
  'visit.clinicId',
  'visit.appointmentId',
  'visit.doctorId',
  'visit.patientId',
  'visit.serviceId',
  'visit.queueNumber',
  'visit.priority',
  'visit.status',
  'visit.checkedInAt',
  'visit.calledAt',
  'visit.startedAt',
  'visit.completedAt',
  'visit.version',
  sql<string>`to_char(visit.day, 'YYYY-MM-DD')`.as('day'),
  sql<string | null>`to_char(visit.follow_up_on, 'YYYY-MM-DD')`.as('followUpOn'),
] as const;

export const visitById = loadById<VisitRow>((ids, ctx) =>
  tables
    .selectFrom('visit')
    .select(visitColumns)
    .where('clinicId', '=', ctx.clinicId)
    .where('id', 'in', [...ids]),
);

/** An appointment has one visit at most: an undone check-in leaves none. */
export const visitOfAppointment = new Loader<string, VisitRow | null>(async (ctx, appointmentIds) => {
  const rows = await ctx.rows(
    tables
      .selectFrom('visit')
      .select(visitColumns)
      .where('clinicId', '=', ctx.clinicId)
      .where('appointmentId', 'in', [...appointmentIds]),
  );
  const found = new Map(rows.map((row) => [row.appointmentId, row]));
  return appointmentIds.map((id) => found.get(id) ?? null);
});

/**
 * The appointment behind a visit. Whoever sees a visit sees what it came from: a doctor the visits of their patients to
 * colleagues, too, whose appointments are not theirs otherwise. So it is asked for by a visit that was read, never by an id
 * that a client sends.
 */
export const appointmentBehind = new Loader<string, AppointmentRow | null>((ctx, ids) => {
  const { clinicId, clockOffsetMs } = ctx.signedIn;
  const reader = ctx.signedIn.role === 'DOCTOR' ? ctx.asSystem({ clinicId, clockOffsetMs }) : ctx;
  return Promise.all(ids.map((id) => reader.load(appointmentById, id)));
});

/** Doctor and patient of a visit: whom to lock before it. */
export const partiesOfVisit = (clinicId: string, id: string): Query<{ doctorId: string; patientId: string }> =>
  tables.selectFrom('visit').select(['doctorId', 'patientId']).where('clinicId', '=', clinicId).where('id', '=', id);

/** More than a clinic sees in a day: it only guards the answer's size. */
const visitsOfDayLimit = 2_000;

/** A day's visits in the order in which they will be seen: urgent first, then by check-in; of one doctor or of all. */
export const visitsOfDay = (clinicId: string, wanted: string, ofDoctor: string | null): Query<VisitRow> =>
  tables
    .selectFrom('visit')
    .select(visitColumns)
    .where('clinicId', '=', clinicId)
    .where(sql<boolean>`visit.day = ${wanted}::date`)
    .$if(ofDoctor !== null, (query) => query.where('doctorId', '=', ofDoctor ?? ''))
    .orderBy(sql`priority = 'URGENT'`, 'desc')
    .orderBy('checkedInAt')
    .orderBy('queueNumber')
    .limit(visitsOfDayLimit);

/** Takes the clinic's next number of a day; whoever asks next waits until this transaction ends. */
export const takeQueueNumber = (clinicId: string, ofDay: string): Query<{ lastNumber: number }> =>
  tables
    .insertInto('queue_counter')
    .values({ clinicId, day: ofDay, lastNumber: 1 })
    .onConflict((conflict) =>
      conflict.columns(['clinicId', 'day']).doUpdateSet({ lastNumber: sql`queue_counter.last_number + 1` }),
    )
    .returning('lastNumber');

/** Whether a doctor has a consultation running on a clinic day. */
export const consultationRunning = (clinicId: string, ofDoctor: string, ofDay: string): Query<{ id: string }> =>
  tables
    .selectFrom('visit')
    .select('id')
    .where('clinicId', '=', clinicId)
    .where('doctorId', '=', ofDoctor)
    .where(sql<boolean>`visit.day = ${ofDay}::date`)
    .where('status', '=', 'IN_PROGRESS')
    .limit(1);

export const hasNotes = (id: string): Query<{ hasNotes: boolean }> =>
  tables.selectNoFrom(sql<boolean>`directory.has_notes(${id}::uuid)`.as('hasNotes'));

export const lockNotes = (id: string, at: Date): Query<{ locked: number }> =>
  tables.selectNoFrom(sql<number>`directory.lock_notes(${id}::uuid, ${at})`.as('locked'));

const notesKnown = new Loader<string, boolean>(async (ctx, ids) => {
  const rows = await ctx.rows<{ id: string; hasNotes: boolean }>(
    tables
      .selectFrom(sql<{ id: string }>`unnest(${[...ids]}::uuid[])`.as<'wanted'>(sql`wanted(id)`))
      .select(['wanted.id', sql<boolean>`directory.has_notes(wanted.id)`.as('hasNotes')]),
  );
  const found = new Map(rows.map((row) => [row.id, row.hasNotes]));
  return ids.map((id) => found.get(id) ?? false);
});

/** Whether anything was written in a visit's consultation; what, it does not say. */
export const notesOf = (ctx: Ctx, id: string): Promise<boolean> => ctx.load(notesKnown, id);

/** A visit's place in its doctor's queue, 1 is next; null for one that is not in it. It names nobody. */
export const placeOfVisit = new Loader<string, number | null>(async (ctx, ids) => {
  const rows = await ctx.rows(
    tables
      .selectFrom(sql<{ visitId: string; place: number }>`directory.queue_places(${[...ids]}::uuid[])`.as('places'))
      .selectAll(),
  );
  const found = new Map(rows.map((row) => [row.visitId, row.place]));
  return ids.map((id) => found.get(id) ?? null);
});

export interface DoctorPace extends Omit<Pace, 'ahead'> {
  inQueue: number;
}

/** How fast doctors are of late, who is running on a clinic day, and how many wait. */
export const pacesOf = (
  doctorIds: readonly string[],
  today: string,
  now: Date,
): Query<DoctorPace & { doctorId: string }> =>
  tables
    .selectFrom(
      sql<
        DoctorPace & { doctorId: string }
      >`directory.doctor_paces(${[...doctorIds]}::uuid[], ${today}::date, ${now})`.as('paces'),
    )
    .selectAll();

/** A doctor's pace today; where it is not known nobody waits as far as anybody can say. */
export const paceOfDoctor = new Loader<string, DoctorPace>(async (ctx, doctorIds) => {
  const now = ctx.clock.now();
  const rows = await ctx.rows(pacesOf(doctorIds, dayOf(now, ctx.signedIn.timeZone), now));
  const found = new Map(rows.map((row) => [row.doctorId, row]));
  return doctorIds.map((id) => found.get(id) ?? { medianSeconds: null, runningSince: null, inQueue: 0 });
});

const newestFirst: Ordering = { column: 'visit.checked_in_at', id: 'visit.id', direction: 'desc' };

/** A patient's visits that the caller may see, newest first; with a doctor, those with that doctor alone. */
export const visitsOfPatient = loadLists<VisitRow, { doctorId: string | null }>({
  ordering: newestFirst,
  positionOf: (row) => ({ value: row.checkedInAt.toISOString(), id: row.id }),
  rows: (ctx, parentIds, page, { doctorId }) =>
    tables
      .selectFrom(sql<{ id: string }>`unnest(${[...parentIds]}::uuid[])`.as<'parent'>(sql`parent(id)`))
      .innerJoinLateral(
        (inner) =>
          applyPage(
            inner
              .selectFrom('visit')
              .select(visitColumns)
              .where('visit.clinicId', '=', ctx.clinicId)
              .whereRef('visit.patientId', '=', 'parent.id')
              .$if(doctorId !== null, (query) => query.where('visit.doctorId', '=', doctorId ?? '')),
            page,
          ).as('child'),
        (join) => join.onTrue(),
      )
      .selectAll('child')
      .select('parent.id as parentId')
      .orderBy(sql`child.checked_in_at desc, child.id desc`),
  counts: (ctx, parentIds, { doctorId }) =>
    tables
      .selectFrom('visit')
      .select(['visit.patientId as parentId'])
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('visit.clinicId', '=', ctx.clinicId)
      .where('visit.patientId', 'in', [...parentIds])
      .$if(doctorId !== null, (query) => query.where('visit.doctorId', '=', doctorId ?? ''))
      .groupBy('visit.patientId'),
});
