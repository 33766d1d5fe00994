import { loadById, loadByParent, type Ctx } from '../../access/ctx.ts';
import { loadLists } from '../../access/lists.ts';
import type { Role } from '../../access/roles.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import { toConnection, type Connection } from '../../platform/graphql/connection.ts';
import { applyPage, readPage, type Ordering, type PageArguments } from '../../platform/graphql/page.ts';
import type { MembershipEntity } from '../accounts/index.ts';
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

const tables = queryBuilder<typeof DeliveryEntity | typeof MembershipEntity | typeof NotificationEntity>();
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

/** A clinic's active members in some roles; it has few: the limit only guards the answer's size. */
export const membersOf = (clinicId: string, roles: readonly Role[]): Query<{ userId: string; displayName: string }> =>
  tables
    .selectFrom('membership')
    .select(['userId', 'displayName'])
    .where('clinicId', '=', clinicId)
    .where('role', 'in', [...roles])
    .where('active', '=', true)
    .where('acceptedAt', 'is not', null)
    .orderBy('id')
    .limit(500);

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
