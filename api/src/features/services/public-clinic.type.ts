import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Money } from '../../platform/graphql/money.type.ts';
import { CurrencyScalar, PhoneNumberScalar, TimeZoneScalar } from '../../platform/graphql/scalars.ts';

@ObjectType()
export class PublicService {
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
  @Field(() => Int) durationMinutes!: number;
  @Field(() => Money, { description: 'Before tax.' }) price!: Money;
}

@ObjectType()
export class PublicDoctor {
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
  @Field(() => String, { nullable: true }) specialty!: string | null;
  @Field(() => [ID], { description: 'What the doctor offers, of the services above.' }) serviceIds!: string[];
}

@ObjectType({ description: 'What anyone may know of a clinic: its public booking page.' })
export class PublicClinic {
  @Field(() => String) slug!: string;
  @Field(() => String) name!: string;
  @Field(() => String, { nullable: true }) address!: string | null;
  @Field(() => PhoneNumberScalar, { nullable: true }) phone!: string | null;
  @Field(() => TimeZoneScalar) timeZone!: string;
  @Field(() => CurrencyScalar) currency!: string;
  @Field(() => [PublicService], { description: 'By name; none that is archived.' }) services!: PublicService[];
  @Field(() => [PublicDoctor], { description: 'Who can be booked, by name.' }) doctors!: PublicDoctor[];
}
