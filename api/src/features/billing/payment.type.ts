import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../../platform/graphql/connection.ts';
import { Money } from '../../platform/graphql/money.type.ts';
import { Node } from '../../platform/graphql/node.ts';
import { DateTimeScalar } from '../../platform/graphql/scalars.ts';
import { User } from '../accounts/index.ts';
import { PaymentMethodType, PaymentStatusType } from './billing.enums.ts';

/** Its `payment`, like a payment's `bill`, is added by a resolver: two classes that import each other stop the start. */
@ObjectType({ implements: Node, description: 'Money that goes back to where a payment came from.' })
export class Refund implements Node {
  @Field(() => ID) id!: string;
  @Field(() => PaymentStatusType, { description: 'ONLINE refunds are PENDING until the gateway confirms.' })
  status!: string;

  @Field(() => Money) amount!: Money;
  @Field(() => String) reason!: string;
  @Field(() => DateTimeScalar) createdAt!: Date;
}

@ObjectType({ implements: Node, description: 'Money that came in on a bill.' })
export class Payment implements Node {
  @Field(() => ID) id!: string;
  @Field(() => Money) amount!: Money;
  @Field(() => PaymentMethodType) method!: string;
  @Field(() => PaymentStatusType, { description: 'REFUNDED once all of it has gone back.' }) status!: string;
  @Field(() => Money, { nullable: true, description: 'Readable by the doctor whose visit it is, and the owner.' })
  doctorShare?: Money | null;

  @Field(() => Money, {
    nullable: true,
    description: "Readable by the owner; doctor's plus clinic's share is the amount, to the cent.",
  })
  clinicShare?: Money | null;

  @Field(() => [Refund]) refunds!: Refund[];
  @Field(() => String, { nullable: true }) reference!: string | null;
  @Field(() => User, { nullable: true }) receivedBy?: object | null;
  @Field(() => DateTimeScalar, { nullable: true }) paidAt!: Date | null;
  @Field(() => DateTimeScalar) createdAt!: Date;
}

export const { ConnectionType: PaymentConnection } = connectionTypes('Payment', () => Payment, 'payments');

@ObjectType({ description: 'What came in and went out by one method.' })
export class MethodTotal {
  @Field(() => PaymentMethodType) method!: string;
  @Field(() => Int) paymentCount!: number;
  @Field(() => Money) received!: Money;
  @Field(() => Money) refunded!: Money;
}
