import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { Money } from '../../platform/graphql/money.type.ts';
import { addDays, startOfDay } from '../../platform/zone.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { TodaysWork } from '../visits/index.ts';
import { moneyOf } from './billing-money.ts';
import { revenueBetween, type RevenueRow } from './revenue.queries.ts';

@ObjectType({ description: "A doctor's money of a day." })
export class RevenueBreakdown {
  @Field(() => Money, { description: 'What came in.' }) paid!: Money;
  @Field(() => Money, { description: 'What is still owed on the bills that were made.' }) pending!: Money;
  @Field(() => Money, { description: 'What went back.' }) refunded!: Money;
}

@Resolver(() => TodaysWork)
export class TodaysRevenueResolver {
  @FieldResolver(() => RevenueBreakdown)
  async revenue(@Root() { date }: { date: string }, @Ctx() ctx: Context): Promise<RevenueRow> {
    const { timeZone, doctorId } = ctx.signedIn;
    if (doctorId === null) return { paidMinor: 0, pendingMinor: 0, refundedMinor: 0 };
    const day = { from: startOfDay(date, timeZone), to: startOfDay(addDays(date, 1), timeZone) };
    const row = await ctx.first(revenueBetween(ctx.clinicId, doctorId, day));
    if (row === null) throw new Error('Adding up gave no row.');
    return row;
  }
}

@Resolver(() => RevenueBreakdown)
export class RevenueBreakdownResolver {
  @FieldResolver()
  paid(@Root() revenue: RevenueRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, revenue.paidMinor);
  }

  @FieldResolver()
  pending(@Root() revenue: RevenueRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, revenue.pendingMinor);
  }

  @FieldResolver()
  refunded(@Root() revenue: RevenueRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, revenue.refundedMinor);
  }
}
