import { z } from 'zod';
import { inTransaction, lockInOrder, type Transaction } from '../../platform/db/transaction.ts';
import { DomainError } from '../../platform/errors.ts';
import { checkInput } from '../../platform/input.ts';
import { hashToken } from '../../platform/secret-box.ts';
import type { Ctx } from '../../access/ctx.ts';
import { ROLES, type Role } from '../../access/roles.ts';
import { clinicById } from '../clinics/index.ts';
import { foldEmail, personName } from './account.domain.ts';
import { MembershipEntity } from './account.entity.ts';
import { invitationId, membershipId, userId } from './account.ids.ts';
import { accountForSignIn } from './account.queries.ts';
import { postLetter } from './account-mail.service.ts';
import { invitationLimit } from './attempt.service.ts';
import { InvitationEntity } from './entry.entity.ts';
import { changeMember, lockMemberOfUser, withdrawInvitations, type MemberState } from './invitation.queries.ts';
import { teamInvitation } from './letters.ts';
import { addAccount } from './membership.service.ts';
import { refusingTaken } from './registration.service.ts';
import { assertMayTouch, assertStaffRole, invitationDays } from './team.domain.ts';
import { setProfile } from './team.service.ts';

const dayMs = 24 * 60 * 60 * 1_000;

/** The page that an invitation's link opens. */
export const invitationPath = '/invitation';

const rules = z.object({
  email: z.string(),
  name: personName('a name'),
  role: z.enum(ROLES),
  specialty: z.string().trim().max(120, 'Use at most 120 characters for the specialty.').nullish(),
});

type NewMember = z.infer<typeof rules>;

/**
 * Invites somebody onto the team by e-mail. A doctor gets a profile at once, so that hours can be entered and patients
 * booked before the invitation is accepted. Inviting the same address again sends a new link; the old one stops working.
 *
 * @returns the id of the membership, which is switched off until the invitation is accepted
 * @throws DomainError ALREADY_EXISTS for somebody who is, or was, on the team, or is a patient with an account here
 * @throws RequestError FORBIDDEN when an administrator invites an owner; RATE_LIMITED
 */
export async function inviteStaff(ctx: Ctx, given: unknown): Promise<string> {
  const { role: actorRole, clinicId, name: invitedBy } = ctx.signedIn;
  const input = checkInput(rules, given);
  assertStaffRole(input.role);
  assertMayTouch(actorRole, null, input.role);
  const clinic = await ctx.load(clinicById, clinicId);
  await ctx.runtime.limits.take(invitationLimit, clinicId);
  const newUserId = userId.make(ctx.realClock.now());
  return refusingTaken(() =>
    inTransaction(ctx.asSystem(ctx.place, newUserId, ctx.actor), async (tx) => {
      await lockInOrder(tx, [`account ${foldEmail(input.email)}`]);
      const member = await findOrAddPending(tx, actorRole, input, newUserId);
      await tx.rows(withdrawInvitations(clinicId, { membershipId: member }, tx.realNow));
      const words = teamInvitation(clinic?.name ?? '', invitedBy, input.role);
      await addInvitation(ctx, tx, { email: input.email, membershipId: member, patientId: null, invitedBy, words });
      tx.audit({ action: 'membership.invite', subjectId: member, changes: { role: input.role } });
      return member;
    }),
  );
}

async function findOrAddPending(tx: Transaction, actorRole: Role, input: NewMember, newId: string): Promise<string> {
  const clinicId = tx.tenant.clinicId ?? '';
  const { email, name, role } = input;
  const [account] = await tx.rows(accountForSignIn(foldEmail(email)));
  const ofUser = account?.userId ?? newId;
  const [known] = await tx.rows(lockMemberOfUser(clinicId, ofUser));
  if (known !== undefined) {
    assertInvitable(known);
    assertMayTouch(actorRole, known.role, role);
    await tx.rows(changeMember(clinicId, known.id, { role, displayName: name }));
  } else if (account === undefined) {
    await addAccount(tx, { person: { id: newId, isNew: true, passwordHash: null }, email, locale: 'en' });
  }
  const id = known?.id ?? membershipId.make(tx.now);
  if (known === undefined) {
    const { now: createdAt } = tx;
    const open = { active: false, acceptedAt: null, calendarVersion: 0, createdAt };
    tx.em.create(MembershipEntity, { id, clinicId, userId: ofUser, displayName: name, role, ...open });
    await tx.em.flush();
  }
  await setProfile(tx, { userId: ofUser, name, specialty: input.specialty ?? null }, role === 'DOCTOR');
  return id;
}

function assertInvitable({ role, active, acceptedAt }: MemberState): void {
  const refuse = (message: string) => new DomainError('ALREADY_EXISTS', message, ['email']);
  if (role === 'PATIENT') throw refuse("This address belongs to a patient's account here. Use another one.");
  if (acceptedAt === null) return;
  if (active) throw refuse('Somebody with this address is on the team already.');
  throw refuse('Somebody with this address was on the team. Switch them on again in the list.');
}

export interface NewInvitation {
  email: string;
  membershipId: string | null;
  patientId: string | null;
  invitedBy: string;
  words: { subject: string; body: string };
}

/** Writes an invitation and posts its letter; the transaction must be the app's own. */
export async function addInvitation(ctx: Ctx, tx: Transaction, invitation: NewInvitation): Promise<void> {
  const { words, email, ...rest } = invitation;
  const id = invitationId.make(tx.realNow);
  tx.em.create(InvitationEntity, {
    ...rest,
    id,
    clinicId: tx.tenant.clinicId ?? '',
    email,
    emailFolded: foldEmail(email),
    tokenHash: hashToken(ctx.runtime.secrets.linkToken(id)),
    createdAt: tx.realNow,
    expiresAt: new Date(tx.realNow.getTime() + invitationDays * dayMs),
    usedAt: null,
  });
  await tx.em.flush();
  // Nobody is written to from a clinic for trying things out.
  const clinic = await ctx.load(clinicById, ctx.clinicId);
  const isWanted = clinic?.sandbox === false;
  await postLetter(tx, { ...words, recipient: email, linkPath: invitationPath, linkFor: id, isWanted });
}
