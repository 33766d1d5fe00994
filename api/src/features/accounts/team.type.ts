import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.ts';
import { DateTimeScalar, EmailAddressScalar } from '../../platform/graphql/scalars.ts';
import { Membership, RoleType } from './account.type.ts';

@InputType({ description: 'Somebody who is to join the team.' })
export class InviteStaffInput {
  @Field(() => EmailAddressScalar) email!: string;
  @Field(() => String, { description: 'As the clinic will see it; they may change it when they accept.' })
  name!: string;
  @Field(() => RoleType, { description: 'Any but PATIENT; OWNER by an owner alone.' }) role!: RoleType;
  @Field(() => String, { nullable: true, description: "A doctor's." }) specialty?: string | null;
}

@InputType()
export class UpdateMembershipInput {
  @Field(() => ID) membershipId!: string;
  @Field(() => RoleType, { nullable: true }) role?: RoleType | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'False signs them out at once; of an open invitation it withdraws the invitation.',
  })
  active?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Gives an owner a doctor profile of their own.' })
  treatsPatients?: boolean | null;
}

@ObjectType()
export class MembershipPayload {
  @Field(() => Membership, { nullable: true, description: 'Null once an invitation was withdrawn.' })
  membership?: object | null;
  @Field(() => [UserError]) userErrors!: UserError[];
}

@ObjectType({ description: 'What the holder of an invitation’s link may know, signed in or not.' })
export class Invitation {
  @Field(() => String) clinicName!: string;
  @Field(() => RoleType) role!: string;
  @Field(() => String, { description: 'As the clinic knows them.' }) name!: string;
  @Field(() => EmailAddressScalar) email!: string;
  @Field(() => String) invitedBy!: string;
  @Field(() => DateTimeScalar) expiresAt!: Date;
  @Field(() => Boolean, { description: 'There is an account with this address: sign in to it first.' })
  hasAccount!: boolean;
}

@InputType()
export class AcceptInvitationInput {
  @Field(() => String, { description: 'From the link, after the #.' }) token!: string;
  @Field(() => String, {
    nullable: true,
    description:
      'For a new user. One who has an account signs in first and leaves both out; a link never sets an existing password.',
  })
  name?: string | null;
  @Field(() => String, { nullable: true, description: 'At least 8 characters.' }) password?: string | null;
}
