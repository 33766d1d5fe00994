import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../platform/graphql/node.ts';
import { UserError } from '../../platform/graphql/payload.ts';
import { DateScalar, DateTimeScalar } from '../../platform/graphql/scalars.ts';
import { Doctor } from '../accounts/index.ts';
import { Appointment } from '../appointments/index.ts';
import { Patient } from '../patients/index.ts';
import { Slot } from '../schedules/index.ts';
import { Service } from '../services/index.ts';

export enum WaitlistStatusType {
  WAITING = 'WAITING',
  OFFERED = 'OFFERED',
  BOOKED = 'BOOKED',
  LEFT = 'LEFT',
}

registerEnumType(WaitlistStatusType, {
  name: 'WaitlistStatus',
  description:
    'WAITING → OFFERED → BOOKED, or WAITING again behind the others when the offer was declined or ran out; LEFT by themselves, or when the last day has passed.',
});

@ObjectType({
  implements: Node,
  description: 'A patient waiting for an earlier slot; told as soon as one opens.',
})
export class WaitlistEntry extends Node {
  @Field(() => Patient) patient!: object;
  @Field(() => Doctor, { nullable: true, description: 'Any doctor when null.' }) doctor!: object | null;
  @Field(() => Service) service!: object;
  @Field(() => DateScalar, { description: 'Clinic days, both included.' }) earliest!: string;
  @Field(() => DateScalar) latest!: string;
  @Field(() => WaitlistStatusType) status!: string;
  @Field(() => Appointment, { nullable: true, description: 'What was booked, once it was.' }) appointment!:
    object | null;
  @Field(() => Slot, { nullable: true, description: 'The slot on offer, held until offerExpiresAt.' })
  offer!: Slot | null;
  @Field(() => DateTimeScalar, { nullable: true }) offerExpiresAt!: Date | null;
  @Field(() => DateTimeScalar) createdAt!: Date;
}

@ObjectType()
export class WaitlistPayload {
  @Field(() => WaitlistEntry, { nullable: true }) entry?: object | null;
  @Field(() => [UserError]) userErrors!: UserError[];
}
