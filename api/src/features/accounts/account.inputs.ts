import { Field, InputType, registerEnumType } from 'type-graphql';
import {
  CurrencyScalar,
  DateScalar,
  EmailAddressScalar,
  LocaleScalar,
  PhoneNumberScalar,
  TimeZoneScalar,
} from '../../platform/graphql/scalars.ts';

/** Here because registration comes before the patients' own feature. */
export enum Sex {
  FEMALE = 'FEMALE',
  MALE = 'MALE',
  OTHER = 'OTHER',
  UNKNOWN = 'UNKNOWN',
}

registerEnumType(Sex, { name: 'Sex', description: "As on the patient's papers." });

@InputType({ description: 'A new clinic and its first owner.' })
export class RegisterClinicInput {
  @Field(() => String) clinicName!: string;
  @Field(() => String, { description: "Lower-case letters, digits and dashes; the clinic's address on the web." })
  slug!: string;
  @Field(() => TimeZoneScalar) timeZone!: string;
  @Field(() => CurrencyScalar) currency!: string;
  @Field(() => LocaleScalar, { nullable: true }) locale?: string | null;
  @Field(() => String) ownerName!: string;
  @Field(() => EmailAddressScalar) email!: string;
  @Field(() => String, { description: 'At least 8 characters; of an address that is known, its own password.' })
  password!: string;
  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'The owner also treats patients.' })
  ownerIsDoctor?: boolean | null;
}

@InputType({ description: "A patient's own account at a clinic." })
export class RegisterPatientInput {
  @Field(() => String) clinicSlug!: string;
  @Field(() => String) firstName!: string;
  @Field(() => String, { nullable: true }) lastName?: string | null;
  @Field(() => DateScalar, { nullable: true }) birthDate?: string | null;
  @Field(() => Sex, { nullable: true }) sex?: Sex | null;
  @Field(() => PhoneNumberScalar, { nullable: true }) phone?: string | null;
  @Field(() => EmailAddressScalar) email!: string;
  @Field(() => String, { description: 'At least 8 characters; of an address that is known, its own password.' })
  password!: string;
  @Field(() => Boolean, { nullable: true, defaultValue: false }) smsConsent?: boolean | null;
}

@InputType()
export class SignInInput {
  @Field(() => EmailAddressScalar) email!: string;
  @Field(() => String) password!: string;
  @Field(() => String, { nullable: true, description: 'For accounts with two-factor sign-in.' }) totpCode?:
    string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Which clinic, for a user of several; the last used one otherwise.',
  })
  clinicSlug?: string | null;
}

@InputType()
export class RefreshSessionInput {
  @Field(() => String, { nullable: true, description: 'Left out by browsers: theirs is in the cookie.' })
  refreshToken?: string | null;
}
