import { Field, ID, InputType } from 'type-graphql';
import { DateScalar } from '../../platform/graphql/scalars.ts';

@InputType()
export class JoinWaitlistInput {
  @Field(() => ID) patientId!: string;
  @Field(() => ID, { nullable: true, description: 'Any doctor who offers the service when left out.' }) doctorId?:
    string | null;
  @Field(() => ID) serviceId!: string;
  @Field(() => DateScalar, { description: "The first day that suits, in the clinic's time zone." }) earliest!: string;
  @Field(() => DateScalar, { description: 'The last day that suits, itself included; within a year.' }) latest!: string;
}
