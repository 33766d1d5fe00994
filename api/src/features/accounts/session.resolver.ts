import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Ctx as Context } from '../../access/ctx.ts';
import { RefreshSessionInput, RegisterClinicInput, RegisterPatientInput, SignInInput } from './account.inputs.ts';
import { authPayload } from './auth-payload.ts';
import { AuthPayload } from './account.type.ts';
import { registerClinic, registerPatient } from './registration.service.ts';
import { refreshSession, signOut } from './session.service.ts';
import { signIn } from './sign-in.service.ts';

@Resolver()
export class SessionResolver {
  @Mutation(() => AuthPayload, { nullable: true, description: 'A new clinic with its first owner.' })
  registerClinic(@Ctx() ctx: Context, @Arg('input', () => RegisterClinicInput) input: RegisterClinicInput) {
    return authPayload(ctx, () => registerClinic(ctx, input));
  }

  @Mutation(() => AuthPayload, { nullable: true, description: "A patient's own account at a clinic." })
  registerPatient(@Ctx() ctx: Context, @Arg('input', () => RegisterPatientInput) input: RegisterPatientInput) {
    return authPayload(ctx, () => registerPatient(ctx, input));
  }

  @Mutation(() => AuthPayload, { nullable: true })
  signIn(@Ctx() ctx: Context, @Arg('input', () => SignInInput) input: SignInInput) {
    return authPayload(ctx, () => signIn(ctx, input));
  }

  @Mutation(() => AuthPayload, {
    nullable: true,
    description:
      'Trades a refresh token (input, or the httpOnly cookie) for new tokens. A used one ends the whole session, but for parallel calls within seconds.',
  })
  refreshSession(
    @Ctx() ctx: Context,
    @Arg('input', () => RefreshSessionInput, { nullable: true }) input: RefreshSessionInput | null,
  ) {
    return authPayload(ctx, () => refreshSession(ctx, input?.refreshToken ?? null));
  }

  @Mutation(() => Boolean, { nullable: true, description: "Ends this device's session. True without one, too." })
  async signOut(@Ctx() ctx: Context): Promise<boolean> {
    await signOut(ctx);
    return true;
  }
}
