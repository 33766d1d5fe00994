import { z } from 'zod';
import { inTransaction } from '../../platform/db/transaction.ts';
import { DomainError, notFound } from '../../platform/errors.ts';
import { checkInput } from '../../platform/input.ts';
import type { Ctx } from '../../access/ctx.ts';
import { personName } from './account.domain.ts';
import { changeAccount, liveSession, membershipsOf, moveSession, revokeSessionRow } from './account.queries.ts';
import { changeDoctor, changeMember, doctorOfUser, lockMemberOfUser } from './invitation.queries.ts';
import { addRefreshToken, enterSession, type SignedIn } from './session.service.ts';

const rules = z.object({
  name: personName('your name').nullish(),
  phone: z.string().nullish(),
  locale: z.string().nullish(),
});

/**
 * Changes how the caller is called in this clinic, and their own phone and language. What is left out stays; null clears
 * the phone. A patient's name stands in their record.
 *
 * @throws DomainError INVALID_INPUT for a name or language that is none, or for a patient's name
 */
export async function updateProfile(ctx: Ctx, given: unknown): Promise<void> {
  const { userId, clinicId, role } = ctx.signedIn;
  const { name, phone, locale } = checkInput(rules, given);
  if (name != null && role === 'PATIENT')
    throw new DomainError('INVALID_INPUT', 'Your name stands in your record. Ask the front desk to change it.', [
      'name',
    ]);
  if (locale === null) throw new DomainError('INVALID_INPUT', 'Choose a language.', ['locale']);
  await inTransaction(ctx.asSystem(ctx.place, userId, ctx.actor), async (tx) => {
    const changed = { ...(phone !== undefined && { phone }), ...(locale !== undefined && { locale }) };
    if (Object.keys(changed).length > 0) await tx.rows(changeAccount(userId, changed));
    if (name != null) {
      const [member] = await tx.rows(lockMemberOfUser(clinicId, userId));
      if (member !== undefined) await tx.rows(changeMember(clinicId, member.id, { displayName: name }));
      const [profile] = await tx.rows(doctorOfUser(clinicId, userId));
      if (profile !== undefined) await tx.rows(changeDoctor(clinicId, profile.id, { name }));
    }
    tx.audit({ action: 'profile.update', subjectId: userId });
  });
  await ctx.refreshViewer();
}

/**
 * Goes on in another of the caller's clinics, on this device.
 *
 * @throws RequestError NOT_FOUND for a clinic that the caller is not an active member of
 */
export async function switchClinic(ctx: Ctx, clinicId: string): Promise<SignedIn> {
  const { userId, sessionId } = ctx.signedIn;
  const memberships = await ctx.rows(membershipsOf(userId));
  const wanted = memberships.find((each) => each.clinicId === clinicId && each.active);
  if (wanted === undefined) throw notFound();
  const actor = { ...ctx.actor, name: wanted.displayName, role: wanted.role };
  const refreshToken = await inTransaction(ctx.asSystem(wanted, userId, actor), async (tx) => {
    await tx.rows(moveSession(sessionId, clinicId, tx.realNow));
    tx.audit({ action: 'session.switch-clinic', subjectId: sessionId });
    return addRefreshToken(tx, sessionId, userId);
  });
  return enterSession(ctx, sessionId, refreshToken);
}

/**
 * Signs one of the caller's devices out; its next request is refused, its sockets are closed within seconds.
 *
 * @throws RequestError NOT_FOUND for a session that is not the caller's, or has ended
 */
export async function revokeSession(ctx: Ctx, id: string): Promise<void> {
  const { userId, sessionId } = ctx.signedIn;
  await inTransaction(ctx.asSystem(ctx.place, userId, ctx.actor), async (tx) => {
    const [own] = await tx.rows(liveSession(userId, id));
    if (own === undefined) throw notFound();
    await tx.rows(revokeSessionRow(id, tx.realNow));
    tx.audit({ action: 'session.revoke', subjectId: id });
  });
  if (id !== sessionId) return;
  ctx.caller.refreshCookie.clear();
  ctx.becomes(null);
}
