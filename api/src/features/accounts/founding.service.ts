import type { Transaction } from '../../platform/db/transaction.ts';
import type { Ctx } from '../../access/ctx.ts';
import { addMember } from './membership.service.ts';
import { addSession, enterSession, type SignedIn } from './session.service.ts';

/**
 * Makes the caller the owner of a clinic that has just been opened in this transaction, with a session of its own: what
 * they do elsewhere goes on there. Returns how to enter it after the commit.
 */
export async function foundAsOwner(ctx: Ctx, tx: Transaction): Promise<() => Promise<SignedIn>> {
  const { userId, name, locale } = ctx.signedIn;
  const person = { id: userId, isNew: false, passwordHash: null };
  await addMember(tx, { person, email: '', locale, name, role: 'OWNER' });
  const session = await addSession(ctx, tx, userId, tx.tenant.clinicId ?? '');
  return () => enterSession(ctx, session.id, session.refreshToken);
}
