import { Field, ID, InputType } from 'type-graphql';
import { DecimalScalar } from '../../platform/graphql/scalars.ts';

@InputType({ description: 'What is left out stays.' })
export class UpdateDoctorInput {
  @Field(() => ID) doctorId!: string;

  @Field(() => [ID], {
    nullable: true,
    description: 'The whole list anew; an empty one, or null, means everything the clinic offers.',
  })
  serviceIds?: string[] | null;

  @Field(() => String, { nullable: true, description: 'At most 120 characters; null clears.' })
  specialty?: string | null;

  @Field(() => String, { nullable: true, description: 'At most 60 characters, unique in the clinic; null clears.' })
  licenceNumber?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: "0 to 100, at most two decimals; null for the clinic's default. Owner.",
  })
  sharePercent?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the doctor can be booked.' })
  active?: boolean | null;
}
