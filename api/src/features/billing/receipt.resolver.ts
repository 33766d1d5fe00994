import { Arg, Ctx, Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Money } from '../../platform/graphql/money.type.ts';
import { DateScalar, URLScalar } from '../../platform/graphql/scalars.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { documentUrl } from '../../access/documents.ts';
import type { BillRow } from './bill.queries.ts';
import { Bill } from './bill.type.ts';
import { checkReceipt, type CheckedReceipt } from './receipt-check.ts';
import { hasReceipt, receiptDocument } from './receipt-document.ts';

@ObjectType({ description: 'What the books say about a receipt that somebody holds: nothing but what to compare.' })
export class ReceiptCheck {
  @Field(() => String) number!: string;
  @Field(() => DateScalar, { description: "The clinic's day on which the bill was made." }) date!: string;
  @Field(() => Money, { description: 'What is paid now, after what was given back.' }) amount!: Money;
  @Field(() => Boolean, { description: 'The bill was made void: the receipt is worth nothing.' }) isVoid!: boolean;
}

@Resolver(() => Bill)
export class ReceiptResolver {
  @FieldResolver(() => URLScalar, {
    nullable: true,
    description:
      'A signed link to the receipt as PDF, valid for minutes: A4, or with `?size=80mm` behind it for a receipt printer; null until something is paid.',
  })
  receiptUrl(@Root() bill: BillRow, @Ctx() ctx: Context): string | null {
    return hasReceipt(bill) ? documentUrl(ctx, receiptDocument, bill.id) : null;
  }

  @Query(() => ReceiptCheck, {
    nullable: true,
    description: 'Public, by the token in the square on a receipt; null when this is no receipt of ours.',
  })
  receiptCheck(@Ctx() ctx: Context, @Arg('token', () => String) token: string): Promise<CheckedReceipt | null> {
    return checkReceipt(ctx, token);
  }
}
