import { Arg, Ctx, Int, Mutation, Resolver } from 'type-graphql';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { AuthPayload, authPayload } from '../../features/accounts/index.ts';
import { clinicById, ClinicPayload } from '../../features/clinics/index.ts';
import { advanceClock } from './sandbox-clock.service.ts';
import { createSandbox } from './sandbox.service.ts';

@Resolver()
export class SandboxResolver {
  @Mutation(() => AuthPayload, {
    nullable: true,
    description:
      'A filled clinic to try things in, with the caller as its owner, signed in there by a session of its own. The same seed, 0 or more, gives the same clinic. Nothing leaves it, and it ends when it has not been used for 7 days. Three at once.',
  })
  createSandbox(
    @Ctx() ctx: Context,
    @Arg('seed', () => Int, { nullable: true, defaultValue: 1 }) seed?: number | null,
  ): Promise<AuthPayload> {
    return authPayload(ctx, () => createSandbox(ctx, seed ?? 1));
  }

  @Mutation(() => ClinicPayload, {
    nullable: true,
    description:
      "Moves a sandbox clinic's clock forward and runs all that falls due on the way, each at its minute: 1 to 44640. Refused anywhere else.",
  })
  async advanceClock(@Ctx() ctx: Context, @Arg('minutes', () => Int) minutes: number): Promise<ClinicPayload> {
    const { result, refusal } = await outcomeOf(() => advanceClock(ctx, minutes));
    if (refusal !== null) return { userErrors: refusal.userErrors };
    ctx.forget();
    return { clinic: await ctx.load(clinicById, result), userErrors: [] };
  }
}
