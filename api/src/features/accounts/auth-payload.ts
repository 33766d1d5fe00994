import { outcomeOf } from '../../platform/graphql/payload.ts';
import type { Ctx } from '../../access/ctx.ts';
import type { AuthPayload } from './account.type.ts';
import type { SignedIn } from './session.service.ts';
import { totpRequired } from './sign-in.service.ts';

/** Answers whatever enters a session: its tokens, the rules that said no, or the wish for a code. */
export async function authPayload(ctx: Ctx, run: () => Promise<SignedIn | typeof totpRequired>): Promise<AuthPayload> {
  const { result, refusal } = await outcomeOf(run);
  if (refusal !== null) {
    const isAboutCode = refusal.userErrors.some(({ field }) => field?.[0] === 'totpCode');
    return { totpRequired: isAboutCode, userErrors: refusal.userErrors };
  }
  if (result === totpRequired) return { totpRequired: true, userErrors: [] };
  return { ...result, viewer: ctx.viewer, totpRequired: false, userErrors: [] };
}
