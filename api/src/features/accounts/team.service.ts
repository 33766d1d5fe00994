import { inTransaction, lockInOrder, type Transaction } from '../../platform/db/transaction.ts';
import { notFound } from '../../platform/errors.ts';
import type { Ctx } from '../../access/ctx.ts';
import type { Role } from '../../access/roles.ts';
import { membershipById, revokeSessionsOf } from './account.queries.ts';
import {
  activeOwnerCount,
  changeDoctor,
  changeMember,
  deleteMember,
  doctorOfUser,
  lockMember,
  withdrawInvitations,
  type MemberState,
} from './invitation.queries.ts';
import { addDoctor } from './membership.service.ts';
import { assertLegalChange, assertMayTouch, assertStaffRole, treatsAfter, type TeamChange } from './team.domain.ts';

export interface MembershipChange {
  membershipId: string;
  role?: Role | null;
  active?: boolean | null;
  treatsPatients?: boolean | null;
}

/**
 * Changes a member's role, switches them off or on, or makes an owner a doctor too. Whoever is switched off is signed out
 * at once; a changed role holds from the next request on. Switching an open invitation off withdraws it.
 *
 * @returns the membership's id; null when an invitation was withdrawn
 * @throws RequestError NOT_FOUND, FORBIDDEN when an administrator touches an owner
 * @throws DomainError INVALID_TRANSITION for the last owner, among others: see team.domain.ts
 */
export async function updateMembership(ctx: Ctx, input: MembershipChange): Promise<string | null> {
  const { clinicId, role: actorRole } = ctx.signedIn;
  const change: TeamChange = {
    role: input.role ?? null,
    active: input.active ?? null,
    treatsPatients: input.treatsPatients ?? null,
  };
  if (change.role !== null) assertStaffRole(change.role);
  const found = await ctx.load(membershipById, input.membershipId);
  if (found === null || found.role === 'PATIENT') throw notFound();
  return inTransaction(ctx.asSystem(ctx.place, found.userId, ctx.actor), async (tx) => {
    // Owners change each other one at a time: two who step down at once must not leave the clinic without one.
    await lockInOrder(tx, [`owners of ${clinicId}`]);
    const [member] = await tx.rows(lockMember(clinicId, found.id));
    if (member === undefined) throw notFound();
    assertMayTouch(actorRole, member.role, change.role);
    const [owners] = await tx.rows(activeOwnerCount(clinicId));
    assertLegalChange(member, change, owners?.count ?? 0);
    tx.audit({ action: 'membership.update', subjectId: member.id, changes: changesOf(member, change) });
    if (member.acceptedAt === null && change.active === false) return withdraw(tx, member);
    await write(tx, member, change);
    return member.id;
  });
}

function changesOf(member: MemberState, change: TeamChange): Record<string, unknown> {
  return {
    ...(change.role !== null && { role: [member.role, change.role] }),
    ...(change.active !== null && { active: [member.active, change.active] }),
    ...(change.treatsPatients !== null && { treatsPatients: [null, change.treatsPatients] }),
  };
}

async function write(tx: Transaction, member: MemberState, change: TeamChange): Promise<void> {
  const clinicId = tx.tenant.clinicId ?? '';
  const { id, userId, displayName: name } = member;
  const changed = {
    ...(change.role !== null && { role: change.role }),
    ...(change.active !== null && { active: change.active }),
  };
  if (Object.keys(changed).length > 0) await tx.rows(changeMember(clinicId, id, changed));
  const [profile] = await tx.rows(doctorOfUser(clinicId, userId));
  await setProfile(tx, { userId, name, specialty: null }, treatsAfter(member, change, profile?.active === true));
  if (change.active === false) await tx.rows(revokeSessionsOf(userId, tx.realNow, clinicId));
}

/** The place is free again. A doctor's profile stays, without a person: it may have been booked meanwhile. */
async function withdraw(tx: Transaction, { id, userId }: MemberState): Promise<null> {
  const clinicId = tx.tenant.clinicId ?? '';
  await tx.rows(withdrawInvitations(clinicId, { membershipId: id }, tx.realNow));
  const [profile] = await tx.rows(doctorOfUser(clinicId, userId));
  if (profile !== undefined) await tx.rows(changeDoctor(clinicId, profile.id, { userId: null, active: false }));
  await tx.rows(deleteMember(clinicId, id));
  return null;
}

/** Makes a person bookable as a doctor, or no longer so: a profile is switched off, never removed. */
export async function setProfile(
  tx: Transaction,
  person: { userId: string; name: string; specialty: string | null },
  treats: boolean,
): Promise<void> {
  const clinicId = tx.tenant.clinicId ?? '';
  const { userId, name, specialty } = person;
  const [profile] = await tx.rows(doctorOfUser(clinicId, userId));
  if (profile === undefined) {
    if (treats) addDoctor(tx, name, userId, specialty);
    return;
  }
  await tx.rows(changeDoctor(clinicId, profile.id, { name, active: treats, ...(specialty !== null && { specialty }) }));
}
