import type { Ctx } from '../../access/ctx.ts';
import { auditEntryById, checkChain } from './audit.queries.ts';
import type { AuditVerification } from './audit.type.ts';

/**
 * Tells whether the clinic's audit trail is as it was written. What is missing cannot be named: then it is the entry after
 * the gap, or the last one when the end is gone.
 */
export async function verifyChain(ctx: Ctx): Promise<AuditVerification> {
  const chain = await ctx.first(checkChain(ctx.clinicId));
  if (chain === null) throw new Error('A chain was not walked.');
  const { checkedCount, brokenId, lastId, isEndThere } = chain;
  const intact = brokenId === null && isEndThere;
  const wanted = brokenId ?? (isEndThere ? null : lastId);
  return { intact, checkedCount, brokenAt: wanted === null ? null : await ctx.load(auditEntryById, wanted) };
}
