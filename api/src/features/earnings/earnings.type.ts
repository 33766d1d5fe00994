import { ArgsType, Field, ID, InputType, ObjectType } from 'type-graphql';
import { Money } from '../../platform/graphql/money.type.ts';
import { Node } from '../../platform/graphql/node.ts';
import { UserError } from '../../platform/graphql/payload.ts';
import { DateScalar, DateTimeScalar, DecimalScalar, URLScalar } from '../../platform/graphql/scalars.ts';
import { Doctor } from '../accounts/index.ts';
import { PaymentMethodType, PaymentStatusType } from '../billing/index.ts';

@ObjectType({ implements: Node, description: 'Money handed to a doctor for their share.' })
export class Payout implements Node {
  @Field(() => ID) id!: string;
  @Field(() => Doctor) doctor!: object;
  @Field(() => Money) amount!: Money;
  @Field(() => String, { nullable: true }) reference!: string | null;
  @Field(() => DateTimeScalar) paidAt!: Date;
}

@ObjectType({ description: "A doctor's money of one clinic day." })
export class EarningsDay {
  @Field(() => DateScalar) date!: string;
  @Field(() => Money, { description: 'What came in.' }) paid!: Money;
  @Field(() => Money, { description: 'What is still owed on the bills that were made.' }) pending!: Money;
  @Field(() => Money, { description: 'What went back.' }) refunded!: Money;
  @Field(() => Money, { description: 'Below zero on a day on which more was taken back than earned.' })
  doctorShare!: Money;
}

@ObjectType({ description: "A doctor's money over a range of days: all of it, paid, pending and refunded." })
export class Earnings {
  @Field(() => Money) paid!: Money;
  @Field(() => Money, { description: "Balances of the doctor's unpaid bills; list them with bills." }) pending!: Money;
  @Field(() => Money) refunded!: Money;
  @Field(() => Money, { description: "The doctor's own share of what was paid, after refunds." }) doctorShare!: Money;
  @Field(() => Money, {
    description:
      "Today's balance, whatever the range: earned and not yet paid out to the doctor; below zero after a refund of what was paid out already.",
  })
  owed!: Money;

  @Field(() => [Payout], { description: 'The latest first.' }) payouts!: Payout[];
  @Field(() => [EarningsDay], { description: 'In order; days without any money are left out.' })
  byDay!: EarningsDay[];

  @Field(() => URLScalar, {
    description:
      'A signed link to the same days and filters as a table, valid for minutes: a line for each payment, unpaid bill and refund.',
  })
  csvUrl!: string;

  @Field(() => URLScalar, { description: 'A signed link to them as a statement on A4, valid for minutes.' })
  pdfUrl!: string;
}

@ArgsType()
export class EarningsArgs {
  @Field(() => ID, { nullable: true, description: "A doctor's are their own in any case." }) doctorId?: string | null;
  @Field(() => DateScalar, { description: 'Clinic days, both included; 400 at most.' }) from!: string;
  @Field(() => DateScalar) to!: string;
  @Field(() => [PaymentStatusType], { nullable: true, description: 'PENDING: what is unpaid.' })
  status?: PaymentStatusType[] | null;

  @Field(() => [PaymentMethodType], { nullable: true }) method?: PaymentMethodType[] | null;
}

@InputType()
export class RecordPayoutInput {
  @Field(() => ID) doctorId!: string;
  @Field(() => DecimalScalar, { description: 'At most what is owed to the doctor.' }) amount!: string;
  @Field(() => String, { nullable: true, description: 'At most 120 characters.' }) reference?: string | null;
}

@ObjectType()
export class PayoutPayload {
  @Field(() => Payout, { nullable: true }) payout?: object | null;
  @Field(() => [UserError]) userErrors!: UserError[];
}
