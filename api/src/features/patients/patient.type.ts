import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../../platform/graphql/connection.ts';
import { Node } from '../../platform/graphql/node.ts';
import { PageArgs } from '../../platform/graphql/page-args.ts';
import { UserError } from '../../platform/graphql/payload.ts';
import { DateScalar, DateTimeScalar, EmailAddressScalar, PhoneNumberScalar } from '../../platform/graphql/scalars.ts';
import { Sex } from '../accounts/index.ts';

@ObjectType({
  description: 'What the patient agreed to. Nothing goes to a channel that is off; in-app is always on.',
})
export class NotificationPreferences {
  @Field(() => Boolean) email!: boolean;
  @Field(() => Boolean) sms!: boolean;
  @Field(() => Boolean, { description: "Messages that are not about the patient's own care need this." })
  marketing!: boolean;
  @Field(() => DateTimeScalar) updatedAt!: Date;
  @Field(() => String, { nullable: true, description: 'Who wrote it down last; null when that is not known.' })
  updatedByName!: string | null;
}

@ObjectType({ implements: Node, description: "A patient's record; it may exist without an account." })
export class Patient extends Node {
  @Field(() => String, { description: "The number on the patient's card, unique in the clinic." })
  recordNumber!: string;
  @Field(() => String) firstName!: string;
  @Field(() => String, { nullable: true }) lastName!: string | null;
  @Field(() => String, { description: 'First and last name, as they are shown.' }) name!: string;
  @Field(() => DateScalar, { nullable: true }) birthDate!: string | null;
  @Field(() => Boolean, { description: 'Only the age was known: the year fits, day and month do not say anything.' })
  birthDateEstimated!: boolean;
  @Field(() => Int, { nullable: true, description: "Whole years on the clinic's today." }) age!: number | null;
  @Field(() => Sex) sex!: string;
  @Field(() => PhoneNumberScalar, { nullable: true }) phone!: string | null;
  @Field(() => EmailAddressScalar, { nullable: true }) email!: string | null;
  @Field(() => String, { nullable: true }) address!: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Clinical: doctors who treat the patient, nurses, and the patient. Null when none were recorded, or they are not yours to read.',
  })
  allergies!: string[] | null;

  @Field(() => String, { nullable: true, description: 'Clinical: doctors who treat the patient, and the patient.' })
  medicalHistory!: string | null;

  @Field(() => NotificationPreferences, { nullable: true }) notificationPreferences!: NotificationPreferences | null;
  @Field(() => Boolean) archived!: boolean;
  @Field(() => Patient, {
    nullable: true,
    description: 'After a merge, the record that stays; a chain is followed one step at a time.',
  })
  mergedInto!: object | null;
  @Field(() => DateTimeScalar) createdAt!: Date;
  @Field(() => DateTimeScalar) updatedAt!: Date;
  @Field(() => String, { nullable: true, description: 'Who changed the record last; null when that is not known.' })
  updatedByName!: string | null;
  @Field(() => Int, { description: 'Counts the changes of this record.' }) version!: number;
}

export const { ConnectionType: PatientConnection } = connectionTypes('Patient', () => Patient, 'patients');

@InputType()
export class PatientFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Parts of the name in any order, also misspelled or without accents, the record number, or four or more digits of ' +
      'the phone number. Gives the 200 best matches, the best first.',
  })
  search?: string | null;

  @Field(() => ID, { nullable: true, description: 'Seen by, or booked with, this doctor.' }) doctorId?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Archived records alone; the others when left out.' })
  archived?: boolean | null;
}

@ArgsType()
export class PatientsArgs extends PageArgs {
  @Field(() => PatientFilter, { nullable: true }) filter?: PatientFilter | null;
}

@InputType()
export class CreatePatientInput {
  @Field(() => String) firstName!: string;
  @Field(() => String, { nullable: true }) lastName?: string | null;
  @Field(() => DateScalar, { nullable: true }) birthDate?: string | null;
  @Field(() => Int, { nullable: true, description: 'When the day of birth is not known.' }) age?: number | null;
  @Field(() => Sex) sex!: Sex;
  @Field(() => PhoneNumberScalar, { nullable: true }) phone?: string | null;
  @Field(() => EmailAddressScalar, { nullable: true }) email?: string | null;
  @Field(() => String, { nullable: true }) address?: string | null;
  @Field(() => [String], { nullable: true }) allergies?: string[] | null;
  @Field(() => String, { nullable: true }) medicalHistory?: string | null;
  @Field(() => Boolean, { nullable: true, defaultValue: false }) smsConsent?: boolean | null;
  @Field(() => Boolean, { nullable: true, defaultValue: false }) emailConsent?: boolean | null;
}

@InputType({ description: 'What is left out stays, and null clears.' })
export class UpdatePatientInput {
  @Field(() => ID) patientId!: string;
  @Field(() => Int, {
    nullable: true,
    description:
      'From the object as last read; a stale one is refused with CONFLICT, and the payload holds it as it is.',
  })
  version?: number | null;
  @Field(() => String, { nullable: true }) firstName?: string | null;
  @Field(() => String, { nullable: true }) lastName?: string | null;
  @Field(() => DateScalar, { nullable: true }) birthDate?: string | null;
  @Field(() => Int, { nullable: true, description: 'When the day of birth is not known.' }) age?: number | null;
  @Field(() => Sex, { nullable: true }) sex?: Sex | null;
  @Field(() => PhoneNumberScalar, { nullable: true }) phone?: string | null;
  @Field(() => EmailAddressScalar, { nullable: true }) email?: string | null;
  @Field(() => String, { nullable: true }) address?: string | null;
  @Field(() => [String], { nullable: true }) allergies?: string[] | null;
  @Field(() => String, { nullable: true }) medicalHistory?: string | null;
}

@InputType()
export class MergePatientsInput {
  @Field(() => ID, { description: 'The record that stays.' }) keepId!: string;
  @Field(() => ID, {
    description: 'The record whose appointments, visits, bills and files move over; it is archived.',
  })
  mergeId!: string;
}

@InputType({ description: 'What is left out stays.' })
export class NotificationPreferencesInput {
  @Field(() => ID) patientId!: string;
  @Field(() => Boolean, { nullable: true }) email?: boolean | null;
  @Field(() => Boolean, { nullable: true }) sms?: boolean | null;
  @Field(() => Boolean, { nullable: true }) marketing?: boolean | null;
}

@ArgsType()
export class PossibleDuplicatesArgs {
  @Field(() => String) firstName!: string;
  @Field(() => String, { nullable: true }) lastName?: string | null;
  @Field(() => DateScalar, { nullable: true }) birthDate?: string | null;
  @Field(() => PhoneNumberScalar, { nullable: true }) phone?: string | null;
}

@ObjectType()
export class PatientPayload {
  @Field(() => Patient, { nullable: true }) patient?: object | null;

  @Field(() => [Patient], {
    nullable: true,
    description: 'Patients with the same name and birth date or phone: perhaps the same person.',
  })
  possibleDuplicates?: object[] | null;

  @Field(() => [UserError]) userErrors!: UserError[];
}
