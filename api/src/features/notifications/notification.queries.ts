import { loadById, loadByParent, type Ctx } from '../../access/ctx.ts';
import { loadLists } from '../../access/lists.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import { toConnection, type Connection } from '../../platform/graphql/connection.ts';
import { applyPage, readPage, type Ordering, type PageArguments } from '../../platform/graphql/page.ts';
import type { DoctorEntity, MembershipEntity } from '../accounts/index.ts';
import type { AppointmentEntity } from '../appointments/index.ts';
import type { ClinicEntity } from '../clinics/index.ts';
import type { CareEntity, PatientEntity } from '../patients/index.ts';
import type { ServiceEntity } from '../services/index.ts';
import type { ChannelName, DeliveryStatusName, NotificationTypeName } from './notification.domain.ts';
import type { DeliveryEntity, NotificationEntity } from './notification.entity.ts';

export interface NotificationRow {
  id: string;
  recipientUserId: string | null;
  recipientName: string;
  patientId: string | null;
  appointmentId: string | null;
  type: NotificationTypeName;
  title: string;
  body: string;
  readAt: Date | null;
  createdAt: Date;
}

const tables = queryBuilder<
  | typeof AppointmentEntity
  | typeof CareEntity
  | typeof ClinicEntity
  | typeof DeliveryEntity
  | typeof DoctorEntity
  | typeof MembershipEntity
  | typeof NotificationEntity
  | typeof PatientEntity
  | typeof ServiceEntity
>();
const columns = [
  'notification.id',
  'notification.recipientUserId',
  'notification.recipientName',
  'notification.patientId',
  'notification.appointmentId',
  'notification.type',
  'notification.title',
  'notification.body',
  'notification.readAt',
  'notification.createdAt',
] as const;

const newestFirst: Ordering = {
  column: 'notification.created_at',
  id: 'notification.id',
  direction: 'desc',
};
const positionOf = (row: NotificationRow) => ({ value: row.createdAt.toISOString(), id: row.id });

export const notificationById = loadById<NotificationRow>((ids, ctx) =>
  tables
    .selectFrom('notification')
    .select(columns)
    .where('notification.clinicId', '=', ctx.clinicId)
    .where('notification.id', 'in', [...ids]),
);

const ownOf = (clinicId: string, userId: string) =>
  tables
    .selectFrom('notification')
    .where('notification.clinicId', '=', clinicId)
    .where('notification.recipientUserId', '=', userId);

/** A page of the caller's own messages, newest first. */
export async function listOwnNotifications(
  ctx: Ctx,
  args: PageArguments,
  unreadOnly: boolean,
): Promise<Connection<NotificationRow>> {
  const page = readPage(args, newestFirst);
  const own = ownOf(ctx.clinicId, ctx.signedIn.userId).$if(unreadOnly, (query) =>
    query.where('notification.readAt', 'is', null),
  );
  const rows = await ctx.rows(applyPage(own.select(columns), page));
  return toConnection(
    rows,
    page,
    positionOf,
    async () => (await ctx.first(own.select(({ fn }) => fn.countAll<number>().as('count'))))?.count ?? 0,
  );
}

export async function countUnread(ctx: Ctx): Promise<number> {
  const { clinicId, userId } = ctx.signedIn;
  const row = await ctx.first(
    ownOf(clinicId, userId)
      .where('notification.readAt', 'is', null)
      .select(({ fn }) => fn.countAll<number>().as('count')),
  );
  return row?.count ?? 0;
}

/** Marks the caller's own messages as read, those named or all; returns how many were unread. */
export const markRead = (
  clinicId: string,
  userId: string,
  ids: readonly string[] | null,
  at: Date,
): Query<{ id: string }> =>
  tables
    .updateTable('notification')
    .set({ readAt: at })
    .where('clinicId', '=', clinicId)
    .where('recipientUserId', '=', userId)
    .where('readAt', 'is', null)
    .$if(ids !== null, (query) => query.where('id', 'in', [...(ids ?? [])]))
    .returning('id');

/** What was sent about an appointment: for a patient their own messages, for staff all of them. */
export const notificationsOfAppointment = loadLists<NotificationRow, null>({
  ordering: newestFirst,
  positionOf,
  rows: (ctx, parentIds, page) =>
    tables
      .selectFrom(sql<{ id: string }>`unnest(${[...parentIds]}::uuid[])`.as<'parent'>(sql`parent(id)`))
      .innerJoinLateral(
        (inner) =>
          applyPage(
            inner
              .selectFrom('notification')
              .select(columns)
              .where('notification.clinicId', '=', ctx.clinicId)
              .whereRef('notification.appointmentId', '=', 'parent.id'),
            page,
          ).as('child'),
        (join) => join.onTrue(),
      )
      .selectAll('child')
      .select('parent.id as parentId')
      .orderBy(sql`child.created_at desc, child.id desc`),
  counts: (ctx, parentIds) =>
    tables
      .selectFrom('notification')
      .select(sql<string>`notification.appointment_id`.as('parentId'))
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('notification.clinicId', '=', ctx.clinicId)
      .where('notification.appointmentId', 'in', [...parentIds])
      .groupBy('notification.appointmentId'),
});

export interface DeliveryRow {
  notificationId: string;
  channel: ChannelName;
  status: DeliveryStatusName;
  attempts: number;
  error: string | null;
  sentAt: Date | null;
  updatedAt: Date;
}

/** One delivery a channel: the limit never cuts one off. */
const channelCount = 3;

export const deliveriesOf = loadByParent<DeliveryRow>(
  (row) => row.notificationId,
  (ids, ctx) =>
    tables
      .selectFrom('delivery')
      .select(['notificationId', 'channel', 'status', 'attempts', 'error', 'sentAt', 'updatedAt'])
      .where('clinicId', '=', ctx.clinicId)
      .where('notificationId', 'in', [...ids])
      .orderBy('channel')
      .limit(ids.length * channelCount),
);

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
      'appointment.note',
    ])
    .where('appointment.id', '=', appointmentId);

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

export const ownersOf = (clinicId: string): Query<{ userId: string; displayName: string }> =>
  tables
    .selectFrom('membership')
    .select(['userId', 'displayName'])
    .where('clinicId', '=', clinicId)
    .where('role', '=', 'OWNER')
    .where('active', '=', true)
    .orderBy('id');

/** The language that a person chose; null for somebody without an account. */
export const localeOf = (userId: string): Query<{ locale: string | null }> =>
  tables.selectNoFrom(sql<string | null>`directory.locale_of(${userId})`.as('locale'));

export const moveNotifications = (
  clinicId: string,
  { fromPatient, toPatient }: { fromPatient: string; toPatient: string },
): Query<{ id: string }> =>
  tables
    .updateTable('notification')
    .set({ patientId: toPatient })
    .where('clinicId', '=', clinicId)
    .where('patientId', '=', fromPatient)
    .returning('id');

export const patientsWithNotifications = (
  clinicId: string,
  patientIds: readonly string[],
): Query<{ patientId: string | null }> =>
  tables
    .selectFrom('notification')
    .select('patientId')
    .distinct()
    .where('clinicId', '=', clinicId)
    .where(sql<boolean>`patient_id = any (${[...patientIds]}::uuid[])`);
