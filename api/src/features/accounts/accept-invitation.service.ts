import { z } from 'zod';
import { inTransaction, type Transaction } from '../../platform/db/transaction.ts';
import { DomainError } from '../../platform/errors.ts';
import { checkInput } from '../../platform/input.ts';
import { hashToken } from '../../platform/secret-box.ts';
import type { Ctx } from '../../access/ctx.ts';
import { newPassword, personName } from './account.domain.ts';
import { userId } from './account.ids.ts';
import { moveSession } from './account.queries.ts';
import { changeMember, invitationByToken, useInvitation, type InvitationRow } from './invitation.queries.ts';
import { addAccount, addMember, type Person } from './membership.service.ts';
import { hashPassword, maximumPasswordLength, minimumPasswordLength } from './password.ts';
import { patientRegistrar, refusingTaken } from './registration.service.ts';
import { addRefreshToken, addSession, enterSession, type SignedIn } from './session.service.ts';
import { setProfile } from './team.service.ts';

const newcomerRules = z.object({
  name: personName('your name'),
  password: newPassword(minimumPasswordLength, maximumPasswordLength),
});

export interface Acceptance {
  token: string;
  name?: string | null;
  password?: string | null;
}

/** Reads an invitation for whoever holds its link; null once it was used, withdrawn, or has expired. */
export async function openInvitation(ctx: Ctx, token: string): Promise<InvitationRow | null> {
  const found = await ctx.first(invitationByToken(hashToken(token)));
  return found === null || found.usedAt !== null || found.expiresAt <= ctx.realClock.now() ? null : found;
}

/**
 * Accepts an invitation and enters its clinic. Somebody new chooses a name and a password; somebody with an account is
 * signed in to it first, for a link must never set an existing password.
 *
 * @throws DomainError INVALID_CREDENTIALS for a link that is used or expired, without the session it needs, or for
 * somebody else's address; INVALID_INPUT for a newcomer's name or password; ALREADY_EXISTS for a second account there
 */
export async function acceptInvitation(ctx: Ctx, input: Acceptance): Promise<SignedIn> {
  const invitation = await openInvitation(ctx, input.token);
  if (invitation === null) throw usedUp();
  const person = await personBehind(ctx, invitation, input);
  const name = invitation.hasPassword ? invitation.displayName : (input.name ?? invitation.displayName);
  const actor = { ...ctx.actor, userId: person.id, name, role: invitation.role };
  const system = ctx.asSystem(invitation, person.id, actor);
  const session = await refusingTaken(() =>
    inTransaction(system, async (tx) => {
      const [used] = await tx.rows(useInvitation(invitation.clinicId, invitation.id, tx.realNow));
      if (used === undefined) throw usedUp();
      await takePlace(tx, invitation, { person, name });
      tx.audit({ action: 'invitation.accept', subjectId: invitation.membershipId ?? invitation.patientId });
      return enterClinic(ctx, tx, person.id);
    }),
  );
  return enterSession(ctx, session.id, session.refreshToken);
}

async function personBehind(ctx: Ctx, invitation: InvitationRow, input: Acceptance): Promise<Person> {
  const { userId: known, hasPassword } = invitation;
  if (known !== null && hasPassword) {
    if (ctx.viewer === null) throw signInFirst('You have an account with this address. Sign in with it to accept.');
    if (ctx.viewer.userId !== known)
      throw signInFirst(`This invitation is for ${invitation.email}. Sign in with that address to accept.`);
    return { id: known, isNew: false, passwordHash: null };
  }
  const { password } = checkInput(newcomerRules, { name: input.name ?? '', password: input.password ?? '' });
  const id = known ?? userId.make(ctx.realClock.now());
  return { id, isNew: known === null, passwordHash: await hashPassword(password) };
}

async function takePlace(
  tx: Transaction,
  invitation: InvitationRow,
  { person, name }: { person: Person; name: string },
): Promise<void> {
  const { clinicId, clinicLocale: locale, membershipId, patientId, email, role } = invitation;
  if (patientId !== null) {
    await addMember(tx, { person, email, locale, name, role: 'PATIENT' });
    if (!(await patientRegistrar().linkOwnRecord(tx, person.id, patientId))) throw usedUp();
    return;
  }
  await addAccount(tx, { person, email, locale });
  await tx.rows(changeMember(clinicId, membershipId ?? '', { active: true, acceptedAt: tx.now, displayName: name }));
  if (role === 'DOCTOR') await setProfile(tx, { userId: person.id, name, specialty: null }, true);
}

/** A device that is signed in moves over to the clinic; another one is signed in now. */
async function enterClinic(ctx: Ctx, tx: Transaction, ofUser: string): Promise<{ id: string; refreshToken: string }> {
  const clinicId = tx.tenant.clinicId ?? '';
  if (ctx.viewer?.userId !== ofUser) return addSession(ctx, tx, ofUser, clinicId);
  const id = ctx.viewer.sessionId;
  await tx.rows(moveSession(id, clinicId, tx.realNow));
  return { id, refreshToken: addRefreshToken(tx, id, ofUser) };
}

const usedUp = () =>
  new DomainError(
    'INVALID_CREDENTIALS',
    'This invitation was used, withdrawn, or has expired. Ask the clinic for a new one.',
    ['token'],
  );

const signInFirst = (message: string) => new DomainError('INVALID_CREDENTIALS', message);
