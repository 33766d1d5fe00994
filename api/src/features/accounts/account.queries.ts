import { loadById, loadByParent } from '../../access/ctx.ts';
import type { Role } from '../../access/roles.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { MembershipEntity, RefreshTokenEntity, SessionEntity, UserAccountEntity } from './account.entity.ts';

const tables = queryBuilder<
  typeof UserAccountEntity | typeof MembershipEntity | typeof SessionEntity | typeof RefreshTokenEntity
>();

export interface AccountRow {
  userId: string;
  passwordHash: string;
}

export const accountForSignIn = (emailFolded: string): Query<AccountRow> =>
  tables.selectFrom(sql<AccountRow>`directory.account_for_sign_in(${emailFolded})`.as('account')).selectAll();

export interface MembershipRow {
  id: string;
  clinicId: string;
  clinicSlug: string;
  clinicName: string;
  userId: string;
  role: Role;
  displayName: string;
  active: boolean;
  acceptedAt: Date | null;
  createdAt: Date;
  doctorId: string | null;
}

/** A person's memberships in all clinics, the one they used last first. */
export const membershipsOf = (userId: string): Query<MembershipRow> =>
  tables
    .selectFrom(sql<Omit<MembershipRow, 'userId'>>`directory.memberships_of(${userId})`.as('membership'))
    .selectAll()
    .select(sql<string>`${userId}::uuid`.as('userId'));

const membershipsByColumn = (column: 'id' | 'userId', ids: readonly string[]): Query<MembershipRow> =>
  tables
    .selectFrom('membership')
    .innerJoin(sql<{ id: string; slug: string; name: string }>`clinic`.as('clinic'), 'clinic.id', 'membership.clinicId')
    .leftJoin(sql<{ id: string; clinicId: string; userId: string }>`doctor`.as('doctor'), (join) =>
      join.onRef('doctor.clinicId', '=', 'membership.clinicId').onRef('doctor.userId', '=', 'membership.userId'),
    )
    .select([
      'membership.id',
      'membership.clinicId',
      'clinic.slug as clinicSlug',
      'clinic.name as clinicName',
      'membership.userId',
      'membership.role',
      'membership.displayName',
      'membership.active',
      'membership.acceptedAt',
      'membership.createdAt',
      'doctor.id as doctorId',
    ])
    .where(`membership.${column}`, 'in', [...ids]);

export const membershipById = loadById<MembershipRow>((ids) => membershipsByColumn('id', ids));

/** The caller's own clinic's membership of each user. */
export const membershipsByUser = loadByParent<MembershipRow>(
  (row) => row.userId,
  (userIds) => membershipsByColumn('userId', userIds),
);

export interface AddressRow {
  id: string;
  email: string;
  phone: string | null;
}

export const addressByUser = loadById<AddressRow>((ids) =>
  tables
    .selectFrom('user_account')
    .select(['id', 'email', 'phone'])
    .where('id', 'in', [...ids]),
);

export interface SessionContextRow {
  sessionId: string;
  userId: string;
  clinicId: string;
  role: Role;
  displayName: string;
  locale: string;
  doctorId: string | null;
  patientId: string | null;
  timeZone: string;
  currency: string;
}

/** Who a session is, if it lives at this instant and its membership is active. */
export const sessionContext = (sessionId: string, at: Date): Query<SessionContextRow> =>
  tables
    .selectFrom(sql<SessionContextRow>`directory.session_context(${sessionId}::uuid, ${at})`.as('context'))
    .selectAll();

export interface RefreshTokenRow {
  id: string;
  sessionId: string;
  userId: string;
  currentClinicId: string;
  usedAt: Date | null;
  isLive: boolean;
}

/** The token behind a hash, and whether its session lives at this instant. */
export const refreshTokenByHash = (tokenHash: string, at: Date): Query<RefreshTokenRow> =>
  tables.selectFrom(sql<RefreshTokenRow>`directory.refresh_token(${tokenHash}, ${at})`.as('token')).selectAll();

/** Marks a token as used; the first use counts, whoever comes later. */
export const markTokenUsed = (id: string, at: Date) =>
  tables
    .updateTable('refresh_token')
    .set({ usedAt: sql<Date>`coalesce(used_at, ${at})` })
    .where('id', '=', id);

export const touchSession = (id: string, at: Date) =>
  tables.updateTable('session').set({ lastUsedAt: at }).where('id', '=', id);

export const revokeSessionRow = (id: string, at: Date) =>
  tables.updateTable('session').set({ revokedAt: at }).where('id', '=', id).where('revokedAt', 'is', null);
