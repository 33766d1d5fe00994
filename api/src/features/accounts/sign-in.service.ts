import { DomainError } from '../../platform/errors.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Ctx } from '../../access/ctx.ts';
import { foldEmail } from './account.domain.ts';
import { accountForSignIn, membershipsOf } from './account.queries.ts';
import { isPassword } from './password.ts';
import { addSession, enterSession, type SignedIn } from './session.service.ts';

export interface SignInRequest {
  email: string;
  password: string;
  clinicSlug?: string | null;
}

/**
 * Signs a person in to one of their clinics: the one named, else the one used last.
 *
 * @throws DomainError INVALID_CREDENTIALS for a wrong address, password or clinic: one answer for all of them
 */
export async function signIn(ctx: Ctx, input: SignInRequest): Promise<SignedIn> {
  const userId = await checkCredentials(ctx, input.email, input.password);
  const memberships = userId === null ? [] : await ctx.rows(membershipsOf(userId));
  const membership = memberships.find(
    (each) => each.active && (input.clinicSlug == null || each.clinicSlug === input.clinicSlug),
  );
  if (userId === null || membership === undefined) throw wrongCredentials();

  const actor = { ...ctx.actor, name: membership.displayName, role: membership.role };
  const session = await inTransaction(ctx.asSystem(membership.clinicId, userId, actor), async (tx) => {
    const added = await addSession(ctx, tx, userId, membership.clinicId);
    tx.audit({ action: 'session.sign-in', subjectId: added.id });
    return added;
  });
  return enterSession(ctx, session.id, session.refreshToken);
}

/** Returns the user behind an address and a password, or null; takes as long either way. */
export async function checkCredentials(ctx: Ctx, email: string, password: string): Promise<string | null> {
  const account = await ctx.first(accountForSignIn(foldEmail(email)));
  const isRight = await isPassword(account?.passwordHash ?? null, password);
  return account !== null && isRight ? account.userId : null;
}

export function wrongCredentials(field: string[] | null = null): DomainError {
  return new DomainError('INVALID_CREDENTIALS', 'E-mail and password do not match. Check both and try again.', field);
}
