import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.ts';
import { LocaleScalar, PhoneNumberScalar } from '../../platform/graphql/scalars.ts';
import { Viewer } from './account.type.ts';

@InputType()
export class SwitchClinicInput {
  @Field(() => ID) clinicId!: string;
}

@InputType()
export class ChangePasswordInput {
  @Field(() => String) currentPassword!: string;
  @Field(() => String, { description: 'At least 8 characters.' }) newPassword!: string;
}

@InputType()
export class ResetPasswordInput {
  @Field(() => String, { description: 'From the link, after the #.' }) token!: string;
  @Field(() => String, { description: 'At least 8 characters.' }) newPassword!: string;
}

@InputType()
export class UpdateProfileInput {
  @Field(() => String, { nullable: true, description: "In this clinic. A patient's stands in their record." })
  name?: string | null;
  @Field(() => PhoneNumberScalar, { nullable: true }) phone?: string | null;
  @Field(() => LocaleScalar, { nullable: true }) locale?: string | null;
}

@ObjectType()
export class ViewerPayload {
  @Field(() => Viewer, { nullable: true }) viewer?: object | null;
  @Field(() => [UserError]) userErrors!: UserError[];
}

@ObjectType({ description: 'What an authenticator app needs. It counts once confirmTotp had a right code.' })
export class TotpEnrolment {
  @Field(() => String, { description: 'To type in by hand, base32.' }) secret!: string;
  @Field(() => String, { description: 'otpauth:// address for an authenticator app, to show as a QR code.' })
  uri!: string;
  @Field(() => [String], { description: 'Shown this once; each stands in for one code.' }) recoveryCodes!: string[];
}
