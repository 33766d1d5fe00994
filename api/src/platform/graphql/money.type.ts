import { Field, ObjectType } from 'type-graphql';
import { fromMinor } from '../money.ts';
import { CurrencyScalar, DecimalScalar } from './scalars.ts';

@ObjectType({ description: 'An exact amount with its currency.' })
export class Money {
  @Field(() => DecimalScalar) amount!: string;
  @Field(() => CurrencyScalar) currency!: string;
}

export const toMoney = (minor: number, currency: string): Money => ({ amount: fromMinor(minor, currency), currency });
