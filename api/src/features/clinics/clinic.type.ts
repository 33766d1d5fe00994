import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../platform/graphql/node.ts';
import { UserError } from '../../platform/graphql/payload.ts';
import {
  CurrencyScalar,
  DateTimeScalar,
  DecimalScalar,
  LocaleScalar,
  PhoneNumberScalar,
  TimeZoneScalar,
} from '../../platform/graphql/scalars.ts';

export enum RequestPolicy {
  DOCTOR = 'DOCTOR',
  FRONT_DESK = 'FRONT_DESK',
  AUTOMATIC = 'AUTOMATIC',
}

registerEnumType(RequestPolicy, {
  name: 'RequestPolicy',
  description: "Who answers a patient's request.",
  valuesConfig: {
    FRONT_DESK: { description: 'The front desk as well as the doctor.' },
    AUTOMATIC: { description: 'Approved at once when the slot is free.' },
  },
});

export enum CloseOutPolicy {
  AFTER_PAYMENT = 'AFTER_PAYMENT',
  ON_CONSULTATION_COMPLETED = 'ON_CONSULTATION_COMPLETED',
}

registerEnumType(CloseOutPolicy, {
  name: 'CloseOutPolicy',
  description: 'How a treatment is closed.',
  valuesConfig: {
    AFTER_PAYMENT: { description: 'The doctor marks the appointment TREATED after the bill is paid.' },
    ON_CONSULTATION_COMPLETED: { description: 'Completing the consultation marks the appointment TREATED.' },
  },
});

@ObjectType({ description: 'How the clinic works.' })
export class ClinicSettings {
  @Field(() => [Int], { description: 'Hours before an appointment at which reminders go out, e.g. [24, 2].' })
  reminderLeadHours!: number[];

  @Field(() => CloseOutPolicy, { description: 'How a treatment is closed; see CloseOutPolicy.' })
  closeOutPolicy!: string;

  @Field(() => Int, {
    description:
      'Minutes after the start at which an appointment without check-in alerts the front desk as a likely no-show.',
  })
  noShowAfterMinutes!: number;

  @Field(() => Int, { description: 'Patients may cancel or reschedule by themselves until this many hours before.' })
  selfServiceCutoffHours!: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Share of a paid bill that goes to the doctor unless the doctor has a share of their own; 0 to 100.',
  })
  defaultDoctorSharePercent!: string | null;

  @Field(() => DecimalScalar, { description: '0 to 100; a service may have its own.' })
  taxPercent!: string;

  @Field(() => RequestPolicy)
  requestPolicy!: string;
}

@ObjectType({ implements: Node, description: 'One clinic of the installation; no other clinic sees anything of it.' })
export class Clinic extends Node {
  @Field(() => String, { description: "The clinic's address on the web: lower-case letters, digits and dashes." })
  slug!: string;

  @Field(() => String) name!: string;
  @Field(() => String, { nullable: true }) address!: string | null;
  @Field(() => PhoneNumberScalar, { nullable: true }) phone!: string | null;
  @Field(() => TimeZoneScalar) timeZone!: string;
  @Field(() => CurrencyScalar) currency!: string;
  @Field(() => LocaleScalar) locale!: string;
  @Field(() => String, { nullable: true, description: 'Printed on bills: GSTIN, TIN.' }) taxNumber!: string | null;
  @Field(() => ClinicSettings, { nullable: true }) settings!: ClinicSettings | null;

  @Field(() => Boolean, {
    description:
      'A clinic for trying things out: messages and payments are captured instead of sent, and its clock can be moved.',
  })
  sandbox!: boolean;

  @Field(() => DateTimeScalar, { description: "The clinic's own now: the real time, or a sandbox's moved clock." })
  now!: Date;

  @Field(() => DateTimeScalar) createdAt!: Date;
}

@InputType({ description: 'What is left out stays. Currency and address on the web never change.' })
export class UpdateClinicInput {
  @Field(() => String, { nullable: true, description: 'At most 120 characters.' }) name?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 500 characters; null clears.' }) address?: string | null;
  @Field(() => PhoneNumberScalar, { nullable: true, description: 'Null clears.' }) phone?: string | null;

  @Field(() => String, { nullable: true, description: 'At most 40 characters; null clears.' })
  taxNumber?: string | null;

  @Field(() => TimeZoneScalar, {
    nullable: true,
    description: 'Appointments keep their instants, working hours their wall-clock times: ask timeZoneChange first.',
  })
  timeZone?: string | null;

  @Field(() => LocaleScalar, { nullable: true }) locale?: string | null;

  @Field(() => [Int], {
    nullable: true,
    description: 'Up to 10 different whole hours, 1 to 336; kept in descending order. None: no reminders.',
  })
  reminderLeadHours?: number[] | null;

  @Field(() => CloseOutPolicy, { nullable: true }) closeOutPolicy?: CloseOutPolicy | null;
  @Field(() => Int, { nullable: true, description: '1 to 1440.' }) noShowAfterMinutes?: number | null;
  @Field(() => Int, { nullable: true, description: '0 to 720.' }) selfServiceCutoffHours?: number | null;

  @Field(() => DecimalScalar, { nullable: true, description: '0 to 100, at most two decimals. Owner.' })
  defaultDoctorSharePercent?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: '0 to 100, at most two decimals.' })
  taxPercent?: string | null;

  @Field(() => RequestPolicy, { nullable: true }) requestPolicy?: RequestPolicy | null;
}

@ObjectType()
export class ClinicPayload {
  @Field(() => Clinic, { nullable: true }) clinic?: object | null;
  @Field(() => [UserError]) userErrors!: UserError[];
}
