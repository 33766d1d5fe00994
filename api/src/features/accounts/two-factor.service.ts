import { inTransaction, lockInOrder, type Transaction } from '../../platform/db/transaction.ts';
import { badUserInput, DomainError } from '../../platform/errors.ts';
import { hashToken } from '../../platform/secret-box.ts';
import type { Ctx } from '../../access/ctx.ts';
import { recoveryCodeId } from './account.ids.ts';
import { addressByUser } from './account.queries.ts';
import { countCode } from './attempt.service.ts';
import { RecoveryCodeEntity, TwoFactorEntity } from './entry.entity.ts';
import { foldCode, newRecoveryCodes, newTotpSecret, stepOfCode, totpUri } from './totp.ts';
import {
  confirmTwoFactor,
  deleteRecoveryCodes,
  deleteTwoFactor,
  spendRecoveryCode,
  spendStep,
  twoFactorOf,
} from './two-factor.queries.ts';

export interface Enrolment {
  secret: string;
  uri: string;
  recoveryCodes: string[];
}

/**
 * Makes a second factor for the caller. It counts only once a first code was right; enrolling again before that makes a
 * new one.
 *
 * @throws RequestError BAD_USER_INPUT when it is on already
 */
export async function enrolTotp(ctx: Ctx): Promise<Enrolment> {
  const { userId } = ctx.signedIn;
  const email = (await ctx.load(addressByUser, userId))?.email ?? '';
  const secret = newTotpSecret();
  const recoveryCodes = newRecoveryCodes();
  const secretSealed = ctx.runtime.secrets.seal(secret, userId);
  await inTransaction(ctx, async (tx) => {
    await lockInOrder(tx, [userId]);
    const [existing] = await tx.rows(twoFactorOf(userId));
    if (existing?.confirmedAt != null)
      throw badUserInput('Two-factor sign-in is on already. Switch it off first.', ['totp']);
    await tx.rows(deleteTwoFactor(userId));
    await tx.rows(deleteRecoveryCodes(userId));
    tx.em.create(TwoFactorEntity, { userId, secretSealed, lastStep: 0, confirmedAt: null, createdAt: tx.realNow });
    for (const code of recoveryCodes) {
      const codeHash = hashToken(foldCode(code));
      tx.em.create(RecoveryCodeEntity, { id: recoveryCodeId.make(tx.realNow), userId, codeHash, usedAt: null });
    }
    tx.audit({ action: 'two-factor.enrol', subjectId: userId });
  });
  return { secret, uri: totpUri(secret, email), recoveryCodes };
}

/** Switches two-factor sign-in on with a first right code. */
export async function confirmTotp(ctx: Ctx, code: string): Promise<void> {
  // A recovery code would prove nothing: the app on the phone is what is being tried.
  if (!isAppCode(code)) throw wrongCode(['code']);
  await withCode(ctx, code, async (tx, userId) => {
    await tx.rows(confirmTwoFactor(userId, tx.realNow));
    tx.audit({ action: 'two-factor.confirm', subjectId: userId });
  });
}

/** Switches two-factor sign-in off: a session alone must not be enough, so it takes a code. */
export async function disableTotp(ctx: Ctx, code: string): Promise<void> {
  await withCode(ctx, code, async (tx, userId) => {
    await tx.rows(deleteTwoFactor(userId));
    await tx.rows(deleteRecoveryCodes(userId));
    tx.audit({ action: 'two-factor.disable', subjectId: userId });
  });
}

async function withCode(
  ctx: Ctx,
  code: string,
  then: (tx: Transaction, userId: string) => Promise<void>,
): Promise<void> {
  const { userId } = ctx.signedIn;
  const wasRight = await countCode(ctx, userId);
  await inTransaction(ctx, async (tx) => {
    const [own] = await tx.rows(twoFactorOf(userId));
    if (own === undefined) throw wrongCode(['code']);
    if (!(await spendCode(ctx, tx, own, code))) throw wrongCode(['code']);
    await then(tx, userId);
  });
  await wasRight();
}

export function wrongCode(field: string[]): DomainError {
  return new DomainError(
    'INVALID_CREDENTIALS',
    "This code does not fit, or was used before. Take the next one, and check your phone's clock.",
    field,
  );
}

const isAppCode = (code: string): boolean => /^\d{6}$/.test(foldCode(code));

/**
 * Spends a code of the authenticator app, or a recovery code; false for a wrong one. No code counts twice, not even of
 * two that come at once. The transaction must know the user.
 */
export async function spendCode(
  ctx: Ctx,
  tx: Transaction,
  factor: { userId: string; secretSealed: string },
  code: string,
): Promise<boolean> {
  const { userId, secretSealed } = factor;
  const folded = foldCode(code);
  // Opened for a code of the app alone: recovery codes let people in again after DATA_KEY was changed or lost.
  const step = isAppCode(folded)
    ? stepOfCode(ctx.runtime.secrets.open(secretSealed, userId), folded, tx.realNow)
    : null;
  if (step !== null) return (await tx.rows(spendStep(userId, step))).length > 0;
  return (await tx.rows(spendRecoveryCode(userId, hashToken(folded), tx.realNow))).length > 0;
}
