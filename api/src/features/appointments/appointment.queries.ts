import { loadById, loadByParent, type Ctx } from '../../access/ctx.ts';
import { loadLists } from '../../access/lists.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import { toConnection, type Connection } from '../../platform/graphql/connection.ts';
import { applyPage, readPage, type Ordering, type Page, type PageArguments } from '../../platform/graphql/page.ts';
import { dayOf, startOfDay } from '../../platform/zone.ts';
import { type AppointmentEventName, type AppointmentSource, type AppointmentStatus } from './appointment.domain.ts';
import { finalStatuses, openStatuses } from './appointment-time.domain.ts';
import { readyToClose } from './close-out.ts';
import type { AppointmentEntity, AppointmentEventEntity } from './appointment.entity.ts';

export interface AppointmentRow {
  id: string;
  clinicId: string;
  doctorId: string;
  patientId: string;
  serviceId: string;
  status: AppointmentStatus;
  source: AppointmentSource;
  startsAt: Date;
  endsAt: Date;
  reason: string | null;
  note: string | null;
  overbookReason: string | null;
  confirmedByPatientAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export interface AppointmentListFilter {
  doctorId: string | null;
  patientId: string | null;
  serviceId: string | null;
  status: readonly AppointmentStatus[] | null;
  from: Date | null;
  to: Date | null;
  overdue: boolean | null;
  archived: boolean | null;
  readyToClose: boolean | null;
}

export type AppointmentSort = { field: 'STARTS_AT' | 'CREATED_AT'; direction: 'ASC' | 'DESC' };

const tables = queryBuilder<typeof AppointmentEntity | typeof AppointmentEventEntity>();
const columns = [
  'appointment.id',
  'appointment.clinicId',
  'appointment.doctorId',
  'appointment.patientId',
  'appointment.serviceId',
  'appointment.status',
  'appointment.source',
  'appointment.startsAt',
  'appointment.endsAt',
  'appointment.reason',
  'appointment.note',
  'appointment.overbookReason',
  'appointment.confirmedByPatientAt',
  'appointment.createdAt',
  'appointment.updatedAt',
  'appointment.version',
] as const;

export const appointmentById = loadById<AppointmentRow>((ids, ctx) =>
  tables
    .selectFrom('appointment')
    .select(columns)
    .where('appointment.clinicId', '=', ctx.clinicId)
    .where('appointment.id', 'in', [...ids]),
);

/** Doctor and patient of an appointment: whom to lock before it. */
export const partiesOf = (clinicId: string, id: string): Query<{ doctorId: string; patientId: string }> =>
  tables
    .selectFrom('appointment')
    .select(['doctorId', 'patientId'])
    .where('clinicId', '=', clinicId)
    .where('id', '=', id);

/** A patient's request for one time of one doctor that waits for its answer. */
export const openRequestFor = (asked: {
  clinicId: string;
  doctorId: string;
  patientId: string;
  startsAt: Date;
}): Query<{ id: string }> =>
  tables
    .selectFrom('appointment')
    .select('id')
    .where('clinicId', '=', asked.clinicId)
    .where('patientId', '=', asked.patientId)
    .where('doctorId', '=', asked.doctorId)
    .where('startsAt', '=', asked.startsAt)
    .where('status', '=', 'REQUESTED')
    .limit(1);

/** Who changed an appointment last, and when. */
export const lastStepOf = (clinicId: string, id: string): Query<{ actorName: string; at: Date }> =>
  tables
    .selectFrom('appointment_event')
    .select(['actorName', 'at'])
    .where('clinicId', '=', clinicId)
    .where('appointmentId', '=', id)
    .orderBy('version', 'desc')
    .limit(1);

/** History is append-only: the database hands it to the doctor whose the appointment is now, and to nobody else. */
export const handOverAppointmentEvents = (id: string): Query<{ moved: number }> =>
  tables.selectNoFrom(sql<number>`directory.hand_over_appointment_events(${id}::uuid)`.as('moved'));

export interface TimelineRow {
  appointmentId: string;
  type: AppointmentEventName;
  at: Date;
  actorName: string;
  fromStatus: AppointmentStatus | null;
  toStatus: AppointmentStatus;
  previousStartsAt: Date | null;
  note: string | null;
}

/** An appointment's life has fewer steps by far: the limit on many of them only guards the answer's size. */
const stepsPerAppointment = 100;

/** An appointment's steps in order. */
export const timelineOf = loadByParent<TimelineRow>(
  (row) => row.appointmentId,
  (appointmentIds, ctx) =>
    tables
      .selectFrom('appointment_event')
      .select(['appointmentId', 'type', 'at', 'actorName', 'fromStatus', 'toStatus', 'previousStartsAt', 'note'])
      .where('clinicId', '=', ctx.clinicId)
      .where('appointmentId', 'in', [...appointmentIds])
      .orderBy('appointmentId')
      .orderBy('version')
      .limit(appointmentIds.length * stepsPerAppointment),
);

/** One filter for every list of appointments. A past day is one before the clinic's today. */
function condition(ctx: Ctx, filter: AppointmentListFilter) {
  const { timeZone } = ctx.signedIn;
  const today = startOfDay(dayOf(ctx.clock.now(), timeZone), timeZone);
  const open = sql`appointment.status in (${sql.join(openStatuses)})`;
  const overdue = sql`(${open} and appointment.starts_at < ${today})`;
  const archived = sql`(appointment.status in (${sql.join(finalStatuses)}) or (appointment.status = 'NO_SHOW' and appointment.starts_at < ${today}))`;
  const parts = [
    sql`appointment.clinic_id = ${ctx.clinicId}`,
    filter.doctorId === null ? null : sql`appointment.doctor_id = ${filter.doctorId}`,
    filter.patientId === null ? null : sql`appointment.patient_id = ${filter.patientId}`,
    filter.serviceId === null ? null : sql`appointment.service_id = ${filter.serviceId}`,
    filter.status === null ? null : sql`appointment.status = any (${[...filter.status]}::text[])`,
    filter.from === null ? null : sql`appointment.starts_at >= ${filter.from}`,
    filter.to === null ? null : sql`appointment.starts_at < ${filter.to}`,
    filter.overdue === null ? null : filter.overdue ? overdue : sql`not ${overdue}`,
    filter.archived === null ? null : filter.archived ? archived : sql`not ${archived}`,
    filter.readyToClose === null ? null : filter.readyToClose ? readyToClose() : sql`not ${readyToClose()}`,
  ];
  return sql<boolean>`${sql.join(
    parts.filter((part) => part !== null),
    sql` and `,
  )}`;
}

function ordering({ field, direction }: AppointmentSort): Ordering {
  const column = field === 'STARTS_AT' ? 'starts_at' : 'created_at';
  return {
    column: `appointment.${column}`,
    id: 'appointment.id',
    direction: direction === 'ASC' ? 'asc' : 'desc',
  };
}

const positionBy = (field: AppointmentSort['field']) => (row: AppointmentRow) => ({
  value: (field === 'STARTS_AT' ? row.startsAt : row.createdAt).toISOString(),
  id: row.id,
});

/** A page of the appointments that the caller may see. */
export async function listAppointments(
  ctx: Ctx,
  args: PageArguments,
  filter: AppointmentListFilter,
  sort: AppointmentSort,
): Promise<Connection<AppointmentRow>> {
  const page = readPage(args, ordering(sort));
  const matching = tables.selectFrom('appointment').where(condition(ctx, filter));
  const rows = await ctx.rows(applyPage(matching.select(columns), page));
  return toConnection(
    rows,
    page,
    positionBy(sort.field),
    async () => (await ctx.first(matching.select(({ fn }) => fn.countAll<number>().as('count'))))?.count ?? 0,
  );
}

/** How every list of appointments is ordered unless somebody asks otherwise. */
export const newestFirst: AppointmentSort = { field: 'STARTS_AT', direction: 'DESC' };

/** The lists that hang off a doctor or a patient: one statement for as many parents as there are. */
const listsOf = (parentColumn: 'doctorId' | 'patientId') =>
  loadLists<AppointmentRow, AppointmentListFilter>({
    ordering: ordering(newestFirst),
    positionOf: positionBy(newestFirst.field),
    rows: (ctx, parentIds, page, filter) => pagesOf(parentColumn, parentIds, page, condition(ctx, filter)),
    counts: (ctx, parentIds, filter) =>
      tables
        .selectFrom('appointment')
        .select([`appointment.${parentColumn} as parentId`])
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where(condition(ctx, filter))
        .where(`appointment.${parentColumn}`, 'in', [...parentIds])
        .groupBy(`appointment.${parentColumn}`),
  });

const pagesOf = (
  parentColumn: 'doctorId' | 'patientId',
  parentIds: readonly string[],
  page: Page,
  matches: ReturnType<typeof condition>,
): Query<AppointmentRow & { parentId: string }> =>
  tables
    .selectFrom(sql<{ id: string }>`unnest(${[...parentIds]}::uuid[])`.as<'parent'>(sql`parent(id)`))
    .innerJoinLateral(
      (inner) =>
        applyPage(
          inner
            .selectFrom('appointment')
            .select(columns)
            .whereRef(`appointment.${parentColumn}`, '=', 'parent.id')
            .where(matches),
          page,
        ).as('child'),
      (join) => join.onTrue(),
    )
    .selectAll('child')
    .select('parent.id as parentId')
    .orderBy(
      sql`child.starts_at ${sql.raw(page.isBackward ? 'asc' : 'desc')}, child.id ${sql.raw(page.isBackward ? 'asc' : 'desc')}`,
    );

export const appointmentsOfDoctor = listsOf('doctorId');
export const appointmentsOfPatient = listsOf('patientId');
