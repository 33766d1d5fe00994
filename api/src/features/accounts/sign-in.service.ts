import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '../../platform/errors.ts';
import { systemIn } from '../../platform/db/tenant.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Ctx } from '../../access/ctx.ts';
import { auditBeside } from '../audit/index.ts';
import { foldEmail } from './account.domain.ts';
import { accountForSignIn, membershipsOf, type AccountRow } from './account.queries.ts';
import { countCode, countSignIn } from './attempt.service.ts';
import { isPassword } from './password.ts';
import { addSession, enterSession, type SignedIn } from './session.service.ts';
import { spendCode, wrongCode } from './two-factor.service.ts';

export interface SignInRequest {
  email: string;
  password: string;
  totpCode?: string | null;
  clinicSlug?: string | null;
}

/** The password was right, and the account wants a code as well. */
export const totpRequired = 'TOTP_REQUIRED';

/**
 * Signs a person in to one of their clinics: the one named, else the one used last.
 *
 * @throws DomainError INVALID_CREDENTIALS for a wrong address, password, code or clinic: one answer for all of them
 * @throws DomainError INVALID_TRANSITION for somebody who is right, and switched off in every clinic
 * @throws RequestError RATE_LIMITED after too many wrong ones
 */
export async function signIn(ctx: Ctx, input: SignInRequest): Promise<SignedIn | typeof totpRequired> {
  const account = await checkCredentials(ctx, input.email, input.password);
  const memberships = account === null ? [] : await ctx.rows(membershipsOf(account.userId));
  const membership = memberships.find(
    (each) => each.active && (input.clinicSlug == null || each.clinicSlug === input.clinicSlug),
  );
  const isSwitchedOff =
    memberships.some((each) => each.acceptedAt !== null) && !memberships.some((each) => each.active);
  if (account !== null && (isSwitchedOff || membership === undefined))
    await noteRefusedSignIn(ctx, account.userId, isSwitchedOff ? 'switched off' : 'clinic');
  if (isSwitchedOff) throw switchedOff();
  if (account === null || membership === undefined) throw wrongCredentials();
  const { userId, totpSecretSealed } = account;
  const code = input.totpCode?.trim() ?? '';
  if (totpSecretSealed !== null && code === '') return totpRequired;

  const wasRight = totpSecretSealed === null ? null : await countCode(ctx, userId);
  const actor = { ...ctx.actor, userId, name: membership.displayName, role: membership.role };
  const session = await inTransaction(ctx.asSystem(membership, userId, actor), async (tx) => {
    if (totpSecretSealed !== null && !(await spendCode(ctx, tx, { userId, secretSealed: totpSecretSealed }, code)))
      throw wrongCode(['totpCode']);
    const added = await addSession(ctx, tx, userId, membership.clinicId);
    tx.audit({ action: 'session.sign-in', subjectId: added.id });
    return added;
  }).catch(async (error: unknown) => {
    // Not in the transaction: a wrong code undoes it.
    if (error instanceof DomainError && error.code === 'INVALID_CREDENTIALS')
      await noteRefusedSignIn(ctx, userId, 'code');
    throw error;
  });
  await wasRight?.();
  return enterSession(ctx, session.id, session.refreshToken);
}

/**
 * A refusal takes this long, milliseconds: more than looking an account up and hashing take, so that what is left of the
 * difference between a known and an unknown address drowns in the timer.
 */
const refusalMs = 100;

/**
 * Returns the account behind an address and a password, or null; takes as long either way, and counts the wrong ones.
 *
 * @throws RequestError RATE_LIMITED after too many wrong ones, whether or not the account exists
 */
export async function checkCredentials(ctx: Ctx, email: string, password: string): Promise<AccountRow | null> {
  const start = performance.now();
  const wasRight = await countSignIn(ctx, email);
  const account = await ctx.first(accountForSignIn(foldEmail(email)));
  const isRight = await isPassword(account?.passwordHash ?? null, password);
  if (account !== null && isRight) {
    await wasRight();
    return account;
  }
  // Within the time that every refusal takes: it must not tell that the address is known.
  const noted = account === null ? null : noteRefusedSignIn(ctx, account.userId, 'password');
  await Promise.all([noted, pause(Math.max(0, start + refusalMs - performance.now()))]);
  return null;
}

/**
 * Writes down that somebody tried to sign in as a person and was refused, in the clinic where they would have come in.
 * Whoever it was is not known: the entry names the account it was tried on.
 */
async function noteRefusedSignIn(
  ctx: Ctx,
  userId: string,
  because: 'password' | 'code' | 'clinic' | 'switched off',
): Promise<void> {
  const memberships = await ctx.rows(membershipsOf(userId));
  const place = memberships.find((each) => each.active) ?? memberships[0];
  if (place === undefined) return;
  const actor = { ...ctx.actor, userId: null, name: 'Not signed in', role: null };
  await auditBeside(ctx, { tenant: systemIn(place), actor }, [
    { action: 'session.sign-in.refuse', subjectId: userId, changes: { account: place.displayName, because } },
  ]);
}

/** Only to whoever knew the password: it tells a stranger nothing. */
const switchedOff = () =>
  new DomainError('INVALID_TRANSITION', 'Your access is switched off. Ask the clinic to switch it on again.');

export function wrongCredentials(field: string[] | null = null): DomainError {
  return new DomainError('INVALID_CREDENTIALS', 'E-mail and password do not match. Check both and try again.', field);
}
