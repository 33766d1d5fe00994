import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import { EmailAddressScalar } from '../../platform/graphql/scalars.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { clinicId } from '../clinics/index.ts';
import { sessionId } from './account.ids.ts';
import { AuthPayload } from './account.type.ts';
import { authPayload } from './auth-payload.ts';
import { changePassword, requestPasswordReset, resetPassword } from './password.service.ts';
import { revokeSession, switchClinic, updateProfile } from './profile.service.ts';
import {
  ChangePasswordInput,
  ResetPasswordInput,
  SwitchClinicInput,
  TotpEnrolment,
  UpdateProfileInput,
  ViewerPayload,
} from './profile.type.ts';
import { confirmTotp, disableTotp, enrolTotp } from './two-factor.service.ts';

@Resolver()
export class ProfileResolver {
  @Mutation(() => AuthPayload, { nullable: true, description: 'Goes on in another of the caller’s clinics.' })
  switchClinic(@Ctx() ctx: Context, @Arg('input', () => SwitchClinicInput) input: SwitchClinicInput) {
    const id = clinicId.parse(input.clinicId, ['input', 'clinicId']);
    return authPayload(ctx, () => switchClinic(ctx, id));
  }

  @Mutation(() => Boolean, { nullable: true, description: 'Signs one of the caller’s own devices out.' })
  async revokeSession(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<boolean> {
    await revokeSession(ctx, sessionId.parse(id, ['id']));
    return true;
  }

  @Mutation(() => ViewerPayload, { nullable: true })
  async updateProfile(
    @Ctx() ctx: Context,
    @Arg('input', () => UpdateProfileInput) input: UpdateProfileInput,
  ): Promise<ViewerPayload> {
    const { refusal } = await outcomeOf(() => updateProfile(ctx, input));
    return refusal === null ? { viewer: ctx.viewer, userErrors: [] } : { userErrors: refusal.userErrors };
  }

  @Mutation(() => AuthPayload, { nullable: true, description: 'Signs every other device out.' })
  changePassword(@Ctx() ctx: Context, @Arg('input', () => ChangePasswordInput) input: ChangePasswordInput) {
    return authPayload(ctx, () => changePassword(ctx, input));
  }

  @Mutation(() => Boolean, { nullable: true, description: 'Always true, whether or not the address is known.' })
  async requestPasswordReset(
    @Ctx() ctx: Context,
    @Arg('email', () => EmailAddressScalar) email: string,
  ): Promise<boolean> {
    await requestPasswordReset(ctx, email);
    return true;
  }

  @Mutation(() => AuthPayload, {
    nullable: true,
    description:
      'By the link from the letter, once and within the hour. With two-factor sign-in it sets the password and answers totpRequired: sign in with it.',
  })
  resetPassword(@Ctx() ctx: Context, @Arg('input', () => ResetPasswordInput) input: ResetPasswordInput) {
    return authPayload(ctx, () => resetPassword(ctx, input));
  }

  @Mutation(() => TotpEnrolment, {
    nullable: true,
    description: 'Begins two-factor sign-in: it is on once confirmTotp had a right code.',
  })
  enrolTotp(@Ctx() ctx: Context): Promise<TotpEnrolment> {
    return enrolTotp(ctx);
  }

  @Mutation(() => AuthPayload, { nullable: true, description: 'The session goes on: no new tokens.' })
  confirmTotp(@Ctx() ctx: Context, @Arg('code', () => String) code: string) {
    return viewerAfter(ctx, () => confirmTotp(ctx, code));
  }

  @Mutation(() => AuthPayload, {
    nullable: true,
    description: 'With a code of the app, or a recovery code. The session goes on: no new tokens.',
  })
  disableTotp(@Ctx() ctx: Context, @Arg('code', () => String) code: string) {
    return viewerAfter(ctx, () => disableTotp(ctx, code));
  }
}

async function viewerAfter(ctx: Context, run: () => Promise<void>): Promise<AuthPayload> {
  const { refusal } = await outcomeOf(run);
  if (refusal !== null) return { totpRequired: false, userErrors: refusal.userErrors };
  ctx.forget();
  return { viewer: ctx.viewer, totpRequired: false, userErrors: [] };
}
