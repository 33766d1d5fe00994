import { inTransaction, lockInOrder } from '../../platform/db/transaction.ts';
import { DomainError, RequestError } from '../../platform/errors.ts';
import { checkInput } from '../../platform/input.ts';
import { hashToken } from '../../platform/secret-box.ts';
import { z } from 'zod';
import type { Ctx } from '../../access/ctx.ts';
import { foldEmail, newPassword } from './account.domain.ts';
import { passwordResetId } from './account.ids.ts';
import { accountForSignIn, membershipsOf, ownPassword, revokeSessionsOf, setPassword } from './account.queries.ts';
import { postLetter } from './account-mail.service.ts';
import { countReset, countSignIn } from './attempt.service.ts';
import { PasswordResetEntity } from './entry.entity.ts';
import { passwordResetLetter } from './letters.ts';
import { openReset, useAllResets, useReset } from './password-reset.queries.ts';
import { hashPassword, isPassword, maximumPasswordLength, minimumPasswordLength } from './password.ts';
import { addSession, enterSession, type SignedIn } from './session.service.ts';
import { totpRequired } from './sign-in.service.ts';

/** The page that a reset's link opens. */
const resetPath = '/reset-password';
const hourMs = 60 * 60 * 1_000;

const rules = z.object({ newPassword: newPassword(minimumPasswordLength, maximumPasswordLength) });

/**
 * Changes the caller's password. Every device is signed out, this one gets a new session.
 *
 * @throws DomainError INVALID_CREDENTIALS for a wrong current password; RequestError RATE_LIMITED
 */
export async function changePassword(
  ctx: Ctx,
  input: { currentPassword: string; newPassword: string },
): Promise<SignedIn> {
  const { userId, clinicId } = ctx.signedIn;
  const { newPassword: chosen } = checkInput(rules, input);
  const own = await ctx.first(ownPassword(userId));
  const wasRight = await countSignIn(ctx, own?.emailFolded ?? '');
  if (own === null || !(await isPassword(own.passwordHash, input.currentPassword))) throw wrongPassword();
  await wasRight();
  const passwordHash = await hashPassword(chosen);
  const session = await inTransaction(ctx.asSystem(ctx.place, userId, ctx.actor), async (tx) => {
    await lockInOrder(tx, [userId]);
    // Of two changes at once, the second one's current password is no longer the current one.
    const [now] = await tx.rows(ownPassword(userId));
    if (now?.passwordHash !== own.passwordHash) throw wrongPassword();
    await tx.rows(setPassword(userId, passwordHash));
    await tx.rows(revokeSessionsOf(userId, tx.realNow));
    tx.audit({ action: 'password.change', subjectId: userId });
    return addSession(ctx, tx, userId, clinicId);
  });
  return enterSession(ctx, session.id, session.refreshToken);
}

const wrongPassword = () =>
  new DomainError('INVALID_CREDENTIALS', 'This is not your current password. Try again.', ['currentPassword']);

/**
 * Sends a link for a new password, if there is an account. Known or not, it writes the same rows, answers the same and
 * takes as long; what is too much is dropped without a word, for the answer must not tell.
 */
export async function requestPasswordReset(ctx: Ctx, email: string): Promise<void> {
  try {
    await countReset(ctx, email);
  } catch (error) {
    if (error instanceof RequestError && error.code === 'RATE_LIMITED') return;
    throw error;
  }
  const account = await ctx.first(accountForSignIn(foldEmail(email)));
  await inTransaction(ctx.asSystemOutside(), async (tx) => {
    const id = passwordResetId.make(tx.realNow);
    tx.em.create(PasswordResetEntity, {
      id,
      emailFolded: foldEmail(email),
      tokenHash: hashToken(ctx.runtime.secrets.linkToken(id)),
      createdAt: tx.realNow,
      expiresAt: new Date(tx.realNow.getTime() + hourMs),
      usedAt: null,
    });
    const isWanted = account !== null && account.passwordHash !== null;
    await postLetter(tx, { ...passwordResetLetter, recipient: email, linkPath: resetPath, linkFor: id, isWanted });
    tx.audit({ action: 'password.ask-reset', subjectId: account?.userId ?? null });
  });
}

/**
 * Sets a new password by a link, once and within the hour. Every device is signed out; this one is signed in, unless
 * the account wants a code as well: a link in the mail is one factor only.
 *
 * @throws DomainError INVALID_CREDENTIALS for a link that was used or has expired
 */
export async function resetPassword(
  ctx: Ctx,
  input: { token: string; newPassword: string },
): Promise<SignedIn | typeof totpRequired> {
  const { newPassword: chosen } = checkInput(rules, input);
  const tokenHash = hashToken(input.token);
  const open = await ctx.asSystemOutside().first(openReset(tokenHash, ctx.realClock.now()));
  const account = open === null ? null : await ctx.first(accountForSignIn(open.emailFolded));
  if (open === null || account === null) throw usedUp();
  const { userId } = account;
  const passwordHash = await hashPassword(chosen);
  const membership = (await ctx.rows(membershipsOf(userId))).find((each) => each.active) ?? null;
  const actor = {
    ...ctx.actor,
    userId,
    name: membership?.displayName ?? 'Clinigraph',
    role: membership?.role ?? null,
  };
  const system = membership === null ? ctx.asSystemOutside(userId) : ctx.asSystem(membership, userId, actor);
  const session = await inTransaction(system, async (tx) => {
    const [used] = await tx.rows(useReset(tokenHash, tx.realNow));
    if (used === undefined) throw usedUp();
    await tx.rows(useAllResets(open.emailFolded, tx.realNow));
    await tx.rows(setPassword(userId, passwordHash));
    await tx.rows(revokeSessionsOf(userId, tx.realNow));
    tx.audit({ action: 'password.reset', subjectId: userId });
    const isEntered = membership !== null && account.totpSecretSealed === null;
    return isEntered ? addSession(ctx, tx, userId, membership.clinicId) : null;
  });
  ctx.becomes(null);
  return session === null ? totpRequired : enterSession(ctx, session.id, session.refreshToken);
}

const usedUp = () =>
  new DomainError('INVALID_CREDENTIALS', 'This link was used or has expired. Ask for a new one.', ['token']);
