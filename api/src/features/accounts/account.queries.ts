import { loadById, loadByParent } from '../../access/ctx.ts';
import type { Role } from '../../access/roles.ts';
import { clockOffsetOf } from '../../platform/db/clinic-clock.queries.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { MembershipEntity, RefreshTokenEntity, SessionEntity, UserAccountEntity } from './account.entity.ts';

const tables = queryBuilder<
  typeof UserAccountEntity | typeof MembershipEntity | typeof SessionEntity | typeof RefreshTokenEntity
>();

export interface AccountRow {
  userId: string;
  /** Null while an invitation is open. */
  passwordHash: string | null;
  /** Null without two-factor sign-in. */
  totpSecretSealed: string | null;
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

/** A membership from anywhere, with its clinic's clock. */
export interface PlacedMembershipRow extends MembershipRow {
  clockOffsetMs: number;
}

/** A person's memberships in all clinics, the one they used last first, sandboxes behind the others. */
export const membershipsOf = (userId: string): Query<PlacedMembershipRow> =>
  tables
    .selectFrom(sql<Omit<MembershipRow, 'userId'>>`directory.memberships_of(${userId})`.as('membership'))
    .selectAll()
    .select(sql<string>`${userId}::uuid`.as('userId'))
    .select(clockOffsetOf('clinic_id'));

/** The caller's own clinic's memberships, to be narrowed. */
export const membershipRows = () =>
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
    ]);

const membershipsByColumn = (column: 'id' | 'userId', ids: readonly string[]): Query<MembershipRow> =>
  membershipRows().where(`membership.${column}`, 'in', [...ids]);

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
  clockOffsetMs: number;
  lastActiveAt: Date;
}

/** Who each session is, of those that live at this instant, were not idle for too long, and whose membership is active. */
export const sessionContexts = (sessionIds: readonly string[], at: Date, idleSince: Date): Query<SessionContextRow> =>
  tables
    .selectFrom(sql<{ id: string }>`unnest(${[...sessionIds]}::uuid[])`.as<'wanted'>(sql`wanted(id)`))
    .innerJoinLateral(
      sql<SessionContextRow>`directory.session_context(wanted.id, ${at}, ${idleSince})`.as<'context'>(sql`context`),
      (join) => join.onTrue(),
    )
    .selectAll('context');

export interface RefreshTokenRow {
  id: string;
  sessionId: string;
  userId: string;
  currentClinicId: string;
  usedAt: Date | null;
  isLive: boolean;
  clockOffsetMs: number;
}

/** The token behind a hash, and whether its session lives at this instant. */
export const refreshTokenByHash = (tokenHash: string, at: Date): Query<RefreshTokenRow> =>
  tables
    .selectFrom(sql<Omit<RefreshTokenRow, 'clockOffsetMs'>>`directory.refresh_token(${tokenHash}, ${at})`.as('token'))
    .selectAll()
    .select(clockOffsetOf('current_clinic_id'));

/** Marks a token as used; the first use counts, whoever comes later. */
export const markTokenUsed = (id: string, at: Date) =>
  tables
    .updateTable('refresh_token')
    .set({ usedAt: sql<Date>`coalesce(used_at, ${at})` })
    .where('id', '=', id);

export const touchSession = (id: string, at: Date) =>
  tables.updateTable('session').set({ lastUsedAt: at }).where('id', '=', id);

/** Whatever may change who a session is: its clinic, role and own records. One that has ended has no row. */
export const sessionStates = (
  ids: readonly string[],
  at: Date,
  idleSince: Date,
): Query<{ sessionId: string; state: string }> =>
  tables
    .selectFrom(
      sql<{ sessionId: string; state: string }>`directory.session_states(${[...ids]}::uuid[], ${at}, ${idleSince})`.as(
        'session',
      ),
    )
    .selectAll();

/** Remembers that somebody did something. */
export const noteActivityOf = (id: string, at: Date) =>
  tables.updateTable('session').set({ lastActiveAt: at }).where('id', '=', id);

/** From now on the session looks at another clinic. */
export const moveSession = (id: string, clinicId: string, at: Date) =>
  tables
    .updateTable('session')
    .set({ currentClinicId: clinicId, lastUsedAt: at })
    .where('id', '=', id)
    .where('revokedAt', 'is', null);

/** Ends all of a person's sessions, or those that look at one clinic. */
export const revokeSessionsOf = (userId: string, at: Date, inClinic: string | null = null) =>
  tables
    .updateTable('session')
    .set({ revokedAt: at })
    .where('userId', '=', userId)
    .where('revokedAt', 'is', null)
    .$if(inClinic !== null, (query) => query.where('currentClinicId', '=', inClinic ?? ''));

export interface DeviceRow {
  id: string;
  userAgent: string | null;
  ipAddress: string | null;
  createdAt: Date;
  lastUsedAt: Date;
}

const deviceColumns = ['id', 'userAgent', 'ipAddress', 'createdAt'] as const;
const lastUsed = sql<Date>`greatest(last_used_at, last_active_at)`;

/** The caller's own devices by id, as far as they are signed in. */
export const deviceById = loadById<DeviceRow>((ids, ctx) =>
  tables
    .selectFrom('session')
    .select(deviceColumns)
    .select(lastUsed.as('lastUsedAt'))
    .where('id', 'in', [...ids])
    .where('userId', '=', ctx.signedIn.userId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', ctx.realClock.now()),
);

const deviceLimit = 50;

/** A person's signed-in devices, the one used last first. The limit only guards the answer's size. */
export const devicesOf = (userId: string, at: Date): Query<DeviceRow> =>
  tables
    .selectFrom('session')
    .select(deviceColumns)
    .select(lastUsed.as('lastUsedAt'))
    .where('userId', '=', userId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', at)
    .orderBy(lastUsed, 'desc')
    .orderBy('id')
    .limit(deviceLimit);

export interface OwnPasswordRow {
  email: string;
  emailFolded: string;
  passwordHash: string | null;
}

/** The caller's own password; nobody else's, whatever id is asked for. */
export const ownPassword = (userId: string): Query<OwnPasswordRow> =>
  tables.selectFrom(sql<OwnPasswordRow>`directory.own_password(${userId}::uuid)`.as('account')).selectAll();

export const setPassword = (userId: string, passwordHash: string) =>
  tables.updateTable('user_account').set({ passwordHash }).where('id', '=', userId);

export const changeAccount = (userId: string, change: { phone?: string | null; locale?: string }) =>
  tables.updateTable('user_account').set(change).where('id', '=', userId);

/** A session of this person that has not ended. */
export const liveSession = (userId: string, id: string): Query<{ id: string }> =>
  tables
    .selectFrom('session')
    .select('id')
    .where('id', '=', id)
    .where('userId', '=', userId)
    .where('revokedAt', 'is', null);

export const revokeSessionRow = (id: string, at: Date) =>
  tables.updateTable('session').set({ revokedAt: at }).where('id', '=', id).where('revokedAt', 'is', null);
