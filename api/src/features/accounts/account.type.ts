import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../platform/graphql/node.ts';
import { UserError } from '../../platform/graphql/payload.ts';
import {
  DateTimeScalar,
  DecimalScalar,
  EmailAddressScalar,
  LocaleScalar,
  PhoneNumberScalar,
} from '../../platform/graphql/scalars.ts';
import { Clinic } from '../clinics/index.ts';

export enum RoleType {
  OWNER = 'OWNER',
  ADMIN = 'ADMIN',
  DOCTOR = 'DOCTOR',
  NURSE = 'NURSE',
  RECEPTIONIST = 'RECEPTIONIST',
  PATIENT = 'PATIENT',
}

registerEnumType(RoleType, {
  name: 'Role',
  description: "A user's part in one clinic.",
  valuesConfig: {
    OWNER: {
      description:
        "Runs the clinic: everything but clinical notes of others' visits is theirs to see and set, reports and audit included.",
    },
    ADMIN: { description: "An owner's deputy: as OWNER, but cannot change owners, or read or set doctors' shares." },
    DOCTOR: {
      description:
        'Own schedule, own appointments, visits, prescriptions, bills and earnings; patients who asked for, are booked with, have seen or were registered by them.',
    },
    NURSE: { description: 'Queue, check-in and vital signs; no money.' },
    RECEPTIONIST: {
      description:
        'Front desk: booking, check-in, queue, bills and payments; sees prescriptions for payment, not clinical notes.',
    },
    PATIENT: { description: 'Own record only.' },
  },
});

@ObjectType({ implements: Node, description: 'A person, as others in the clinic see them: a name, never an address.' })
export class User extends Node {
  @Field(() => String) name!: string;
}

@ObjectType({
  implements: Node,
  description: 'Who treats: a profile that appointments are booked with, never the user.',
})
export class Doctor extends Node {
  @Field(() => String) name!: string;
  @Field(() => String, { nullable: true }) specialty!: string | null;
  @Field(() => String, { nullable: true }) licenceNumber!: string | null;
  @Field(() => Boolean, { description: 'Whether the doctor can be booked.' }) active!: boolean;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Readable by the doctor and the owner alone; null when none was agreed.',
  })
  sharePercent!: string | null;
}

@ObjectType({ implements: Node, description: "A user's place in a clinic." })
export class Membership extends Node {
  @Field(() => User) user!: User;
  @Field(() => EmailAddressScalar, { nullable: true, description: 'Self, admin and owner; null for all others.' })
  email!: string | null;
  @Field(() => Doctor, { nullable: true }) doctor!: Doctor | null;
  @Field(() => ID) clinicId!: string;
  @Field(() => String) clinicName!: string;
  @Field(() => RoleType) role!: string;
  @Field(() => Boolean) active!: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Null while the invitation is open; inviting the same address again sends it again.',
  })
  acceptedAt!: Date | null;

  @Field(() => DateTimeScalar) createdAt!: Date;
}

@ObjectType({ implements: Node, description: 'A signed-in device.' })
export class Session extends Node {
  @Field(() => String, { nullable: true, description: 'What the browser calls itself.' }) userAgent!: string | null;
  @Field(() => String, { nullable: true }) ipAddress!: string | null;
  @Field(() => DateTimeScalar) createdAt!: Date;
  @Field(() => DateTimeScalar) lastUsedAt!: Date;
  @Field(() => Boolean, { description: 'The one that asks.' }) current!: boolean;
}

@ObjectType({ description: "The caller in one clinic: a signed-in person, or a partner's key." })
export class Viewer {
  @Field(() => User, { nullable: true, description: "Null for a partner's key, as are email, phone and role." })
  user!: User | null;
  @Field(() => EmailAddressScalar, { nullable: true }) email!: string | null;
  @Field(() => PhoneNumberScalar, { nullable: true }) phone!: string | null;
  @Field(() => LocaleScalar) locale!: string;
  @Field(() => Clinic) clinic!: Clinic;
  @Field(() => RoleType, { nullable: true }) role!: string | null;

  @Field(() => Doctor, {
    nullable: true,
    description: "The caller's own doctor profile, when role is DOCTOR (an owner who also treats has one too).",
  })
  doctor!: Doctor | null;

  @Field(() => Boolean, { description: 'Signing in takes a code as well.' }) totpEnabled!: boolean;

  @Field(() => [Membership], {
    description: 'Every clinic that this user belongs to; switchClinic moves between them.',
  })
  memberships!: Membership[];

  @Field(() => [Session], { description: 'The devices that are signed in, the one used last first; 50 at most.' })
  sessions!: Session[];
}

@ObjectType({ description: 'A session, or why there is none.' })
export class AuthPayload {
  @Field(() => String, {
    nullable: true,
    description: 'A short-lived JWT for the Authorization header; null with userErrors.',
  })
  accessToken?: string | null;

  @Field(() => DateTimeScalar, { nullable: true }) accessTokenExpiresAt?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'For clients without cookies; browsers get it as an httpOnly cookie too.',
  })
  refreshToken?: string | null;

  @Field(() => Viewer, { nullable: true }) viewer?: object | null;
  @Field(() => Boolean, { description: 'The password was right, and the account wants a code as well.' })
  totpRequired!: boolean;
  @Field(() => [UserError]) userErrors!: UserError[];
}
