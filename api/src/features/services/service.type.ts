import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Money } from '../../platform/graphql/money.type.ts';
import { Node } from '../../platform/graphql/node.ts';
import { UserError } from '../../platform/graphql/payload.ts';
import { DecimalScalar } from '../../platform/graphql/scalars.ts';

@ObjectType({ implements: Node, description: 'What the clinic offers, how long it takes and what it costs.' })
export class Service extends Node {
  @Field(() => String) name!: string;
  @Field(() => Int) durationMinutes!: number;
  @Field(() => Money, { description: 'Before tax.' }) price!: Money;
  @Field(() => DecimalScalar, { nullable: true, description: "The clinic's when null." }) taxPercent!: string | null;
  @Field(() => Boolean, { description: 'No longer offered; stays on old records.' }) archived!: boolean;
}

@InputType()
export class CreateServiceInput {
  @Field(() => String) name!: string;
  @Field(() => Int, { description: '5 to 480.' }) durationMinutes!: number;
  @Field(() => DecimalScalar, { description: "Before tax, in the clinic's currency." }) price!: string;
  @Field(() => DecimalScalar, { nullable: true, description: "0 to 100; the clinic's when left out." }) taxPercent?:
    string | null;
}

@ObjectType()
export class ServicePayload {
  @Field(() => Service, { nullable: true }) service?: object | null;
  @Field(() => [UserError]) userErrors!: UserError[];
}

@InputType({ description: 'What is left out stays.' })
export class UpdateServiceInput {
  @Field(() => ID) serviceId!: string;
  @Field(() => String, { nullable: true }) name?: string | null;
  @Field(() => Int, { nullable: true, description: '5 to 480.' }) durationMinutes?: number | null;

  @Field(() => DecimalScalar, { nullable: true, description: "Before tax, in the clinic's currency." })
  price?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: "0 to 100; null for the clinic's." })
  taxPercent?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True takes it off the list: it stays on old records and refuses new bookings. False restores it.',
  })
  archived?: boolean | null;
}
