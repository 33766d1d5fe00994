import type { Limit } from '../../platform/rate-limits.ts';
import type { Ctx } from '../../access/ctx.ts';
import { foldEmail } from './account.domain.ts';

/**
 * How often a password may be guessed. Each limit alone leaves a way round: many addresses against one account, one
 * address against many accounts. The one for an account is wider, so that a stranger who guesses from elsewhere does not
 * lock its owner out at once.
 */
export const signInLimits = {
  accountFromAddress: { name: 'sign-in', tries: 10, minutes: 15 },
  account: { name: 'sign-in-account', tries: 50, minutes: 15 },
  address: { name: 'sign-in-address', tries: 200, minutes: 15 },
} as const;

/** Codes are short: a few tries an hour, however they are spread. */
export const codeLimit: Limit = { name: 'code', tries: 10, minutes: 60 };

/** Letters that a stranger can cause. */
export const resetLimits = {
  account: { name: 'reset', tries: 5, minutes: 60 },
  address: { name: 'reset-address', tries: 30, minutes: 60 },
} as const;

/** Letters that a clinic can cause. */
export const invitationLimit: Limit = { name: 'invitation', tries: 200, minutes: 60 };

const addressOf = (ctx: Ctx): string => ctx.caller.ipAddress ?? 'unknown';

/**
 * Counts a try to sign in before it is made, known account or not. Returns how to take it back once it was right.
 *
 * @throws RequestError RATE_LIMITED
 */
export async function countSignIn(ctx: Ctx, email: string): Promise<() => Promise<void>> {
  const { limits } = ctx.runtime;
  const folded = foldEmail(email);
  const counted: [Limit, string][] = [
    [signInLimits.address, addressOf(ctx)],
    [signInLimits.accountFromAddress, `${addressOf(ctx)} ${folded}`],
    [signInLimits.account, folded],
  ];
  for (const [limit, subject] of counted) await limits.take(limit, subject);
  return async () => {
    for (const [limit, subject] of counted) await limits.giveBack(limit, subject);
  };
}

/** Counts a try to guess a code. Returns how to take it back once it was right. */
export async function countCode(ctx: Ctx, userId: string): Promise<() => Promise<void>> {
  await ctx.runtime.limits.take(codeLimit, userId);
  return () => ctx.runtime.limits.giveBack(codeLimit, userId);
}

/** Counts a wish for a new password: by the address that asks, and by the one that is asked for. */
export async function countReset(ctx: Ctx, email: string): Promise<void> {
  await ctx.runtime.limits.take(resetLimits.address, addressOf(ctx));
  await ctx.runtime.limits.take(resetLimits.account, foldEmail(email));
}
