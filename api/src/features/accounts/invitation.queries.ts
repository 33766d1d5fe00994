import type { Role } from '../../access/roles.ts';
import { clockOffsetOf } from '../../platform/db/clinic-clock.queries.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { DoctorEntity, MembershipEntity } from './account.entity.ts';
import type { InvitationEntity } from './entry.entity.ts';

const tables = queryBuilder<typeof InvitationEntity | typeof MembershipEntity | typeof DoctorEntity>();

export interface InvitationRow {
  id: string;
  clinicId: string;
  clinicName: string;
  clinicLocale: string;
  /** Of a member of staff; null for a patient. */
  membershipId: string | null;
  patientId: string | null;
  role: Role;
  displayName: string;
  email: string;
  emailFolded: string;
  invitedBy: string;
  expiresAt: Date;
  usedAt: Date | null;
  /** Null while nobody has an account with this address. */
  userId: string | null;
  hasPassword: boolean;
  clockOffsetMs: number;
}

/** The invitation behind a token's hash: for whoever holds the link, signed in or not. */
export const invitationByToken = (tokenHash: string): Query<InvitationRow> =>
  tables
    .selectFrom(sql<Omit<InvitationRow, 'clockOffsetMs'>>`directory.invitation_by_token(${tokenHash})`.as('invitation'))
    .selectAll()
    .select(clockOffsetOf('clinic_id'));

/** Uses an invitation up; of two who come at once, one gets the row. */
export const useInvitation = (clinicId: string, id: string, at: Date): Query<{ id: string }> =>
  tables
    .updateTable('invitation')
    .set({ usedAt: at })
    .where('clinicId', '=', clinicId)
    .where('id', '=', id)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', at)
    .returning('id');

/** The links sent so far stop working: a newer one takes their place, or the invitation is withdrawn. */
export const withdrawInvitations = (clinicId: string, of: { membershipId: string } | { patientId: string }, at: Date) =>
  tables
    .updateTable('invitation')
    .set({ usedAt: at })
    .where('clinicId', '=', clinicId)
    .where('usedAt', 'is', null)
    .$if('membershipId' in of, (query) => query.where('membershipId', '=', 'membershipId' in of ? of.membershipId : ''))
    .$if('patientId' in of, (query) => query.where('patientId', '=', 'patientId' in of ? of.patientId : ''));

export interface MemberState {
  id: string;
  userId: string;
  displayName: string;
  role: Role;
  active: boolean;
  acceptedAt: Date | null;
}

const memberColumns = ['id', 'userId', 'displayName', 'role', 'active', 'acceptedAt'] as const;

/** A person's place in a clinic, locked until the transaction ends. */
export const lockMemberOfUser = (clinicId: string, userId: string): Query<MemberState> =>
  tables
    .selectFrom('membership')
    .select(memberColumns)
    .where('clinicId', '=', clinicId)
    .where('userId', '=', userId)
    .forUpdate();

/** A member, locked until the transaction ends. */
export const lockMember = (clinicId: string, id: string): Query<MemberState> =>
  tables
    .selectFrom('membership')
    .select(memberColumns)
    .where('clinicId', '=', clinicId)
    .where('id', '=', id)
    .forUpdate();

export const activeOwnerCount = (clinicId: string): Query<{ count: number }> =>
  tables
    .selectFrom('membership')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('clinicId', '=', clinicId)
    .where('role', '=', 'OWNER')
    .where('active', '=', true);

export const changeMember = (
  clinicId: string,
  id: string,
  change: { role?: Role; active?: boolean; displayName?: string; acceptedAt?: Date; userId?: string },
) => tables.updateTable('membership').set(change).where('clinicId', '=', clinicId).where('id', '=', id);

export const deleteMember = (clinicId: string, id: string) =>
  tables.deleteFrom('membership').where('clinicId', '=', clinicId).where('id', '=', id);

export const doctorOfUser = (clinicId: string, userId: string): Query<{ id: string; active: boolean }> =>
  tables.selectFrom('doctor').select(['id', 'active']).where('clinicId', '=', clinicId).where('userId', '=', userId);

export const changeDoctor = (
  clinicId: string,
  id: string,
  change: { active?: boolean; name?: string; userId?: string | null; specialty?: string },
) => tables.updateTable('doctor').set(change).where('clinicId', '=', clinicId).where('id', '=', id);
