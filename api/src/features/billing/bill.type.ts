import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../../platform/graphql/connection.ts';
import { LiveUpdate } from '../../platform/graphql/live-update.ts';
import { Money } from '../../platform/graphql/money.type.ts';
import { Node } from '../../platform/graphql/node.ts';
import { UserError } from '../../platform/graphql/payload.ts';
import { DateTimeScalar, DecimalScalar } from '../../platform/graphql/scalars.ts';
import { Doctor } from '../accounts/index.ts';
import { Appointment } from '../appointments/index.ts';
import { Patient } from '../patients/index.ts';
import { Service } from '../services/index.ts';
import { BillActionType, BillStatusType } from './billing.enums.ts';
import { Payment } from './payment.type.ts';

@ObjectType({ description: 'One line of a bill.' })
export class BillItem {
  @Field(() => String) description!: string;
  @Field(() => Service, { nullable: true }) service?: object | null;
  @Field(() => Int) quantity!: number;
  @Field(() => Money, { description: 'Before tax, as every price here.' }) unitPrice!: Money;
  @Field(() => DecimalScalar) taxPercent!: string;
  @Field(() => Money, { description: "On the line less its part of the bill's discount; rounded per line." })
  tax!: Money;

  @Field(() => Money, {
    description: "Quantity × unit price, less the line's part of the discount, with tax: the lines add up to the bill.",
  })
  total!: Money;
}

@ObjectType({ implements: Node, description: 'What a patient owes for one appointment.' })
export class Bill implements Node {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: 'Gapless per clinic and year, e.g. 2026-000123, given when the bill is made.' })
  number!: string;

  @Field(() => BillStatusType) status!: string;
  @Field(() => Appointment) appointment!: object;
  @Field(() => Patient) patient!: object;
  @Field(() => Doctor) doctor!: object;
  @Field(() => [BillItem]) items!: BillItem[];
  @Field(() => Money, { description: 'All lines, before discount and tax.' }) subtotal!: Money;
  @Field(() => Money) discount!: Money;
  @Field(() => Money) tax!: Money;
  @Field(() => Money) total!: Money;
  @Field(() => Money, { description: 'All that ever came in, given back since or not.' }) paid!: Money;
  @Field(() => Money, { description: 'What has gone back.' }) refunded!: Money;
  @Field(() => Money, { description: 'What is still owed; nothing once it was settled or made void.' }) balance!: Money;
  @Field(() => String, { nullable: true }) notes!: string | null;
  @Field(() => String, { nullable: true }) voidReason!: string | null;
  @Field(() => [Payment], { description: 'In the order in which they were made.' }) payments!: Payment[];
  @Field(() => [BillActionType], {
    description: 'What the caller may do with it now: clients draw their buttons from this.',
  })
  allowedActions!: string[];

  @Field(() => DateTimeScalar) createdAt!: Date;
  @Field(() => Int) version!: number;
}

export const { ConnectionType: BillConnection } = connectionTypes('Bill', () => Bill, 'bills');

@ObjectType()
export class BillPayload {
  @Field(() => Bill, { nullable: true, description: 'With ALREADY_EXISTS the one there is.' }) bill?: object | null;
  @Field(() => [UserError]) userErrors!: UserError[];
}

@ObjectType()
export class PaymentPayload {
  @Field(() => Payment, { nullable: true }) payment?: object | null;
  @Field(() => Bill, { nullable: true }) bill?: object | null;
  @Field(() => [UserError]) userErrors!: UserError[];
}

@ObjectType({ implements: LiveUpdate, description: 'A bill was made, changed, paid or refunded.' })
export class BillUpdate extends LiveUpdate {
  @Field(() => Bill, { nullable: true }) bill?: object | null;
}
