import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Connection } from '../../platform/graphql/connection.ts';
import type { Money } from '../../platform/graphql/money.type.ts';
import { PageArgs, pagingOf } from '../../platform/graphql/page-args.ts';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { doctorById, doctorId, type DoctorRow } from '../accounts/index.ts';
import { listPayments, moneyOf, PaymentConnection, type PaymentRow } from '../billing/index.ts';
import { earningsOf, type EarningsRow } from './earnings.ts';
import { earningsUrl } from './earnings-document.ts';
import { owedTo, payoutById, payoutsBetween, type EarningsDayRow, type PayoutRow } from './earnings.queries.ts';
import { Earnings, EarningsArgs, EarningsDay, Payout, PayoutPayload, RecordPayoutInput } from './earnings.type.ts';
import { recordPayout } from './payout.service.ts';

@Resolver(() => Earnings)
export class EarningsResolver {
  @Query(() => Earnings, { nullable: true, description: "A doctor's own; an owner may name any doctor." })
  earnings(@Ctx() ctx: Context, @Args(() => EarningsArgs) args: EarningsArgs): Promise<EarningsRow | null> {
    return earningsOf(ctx, args);
  }

  @Mutation(() => PayoutPayload, { nullable: true, description: "Owner: a doctor's share was paid out." })
  async recordPayout(
    @Ctx() ctx: Context,
    @Arg('input', () => RecordPayoutInput) input: RecordPayoutInput,
  ): Promise<PayoutPayload> {
    const request = {
      doctorId: doctorId.parse(input.doctorId, ['input', 'doctorId']),
      amount: input.amount,
      reference: input.reference ?? null,
    };
    const { result, refusal } = await outcomeOf(() => recordPayout(ctx, request));
    ctx.forget();
    if (refusal !== null) return { payout: null, userErrors: refusal.userErrors };
    return { payout: await ctx.load(payoutById, result), userErrors: [] };
  }

  @FieldResolver()
  paid(@Root() earnings: EarningsRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, earnings.paidMinor);
  }

  @FieldResolver()
  pending(@Root() earnings: EarningsRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, earnings.pendingMinor);
  }

  @FieldResolver()
  refunded(@Root() earnings: EarningsRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, earnings.refundedMinor);
  }

  @FieldResolver()
  doctorShare(@Root() earnings: EarningsRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, earnings.doctorShareMinor);
  }

  @FieldResolver()
  async owed(@Root() { range }: EarningsRow, @Ctx() ctx: Context): Promise<Money> {
    const balance = await ctx.first(owedTo(range.clinicId, range.doctorId));
    return moneyOf(ctx, balance?.owedMinor ?? 0);
  }

  @FieldResolver()
  payouts(@Root() { range }: EarningsRow, @Ctx() ctx: Context): Promise<PayoutRow[]> {
    return ctx.rows(payoutsBetween(range));
  }

  @FieldResolver()
  csvUrl(@Root() earnings: EarningsRow, @Ctx() ctx: Context): string {
    return earningsUrl(ctx, earnings, 'csv');
  }

  @FieldResolver()
  pdfUrl(@Root() earnings: EarningsRow, @Ctx() ctx: Context): string {
    return earningsUrl(ctx, earnings, 'pdf');
  }

  @FieldResolver(() => PaymentConnection, { description: 'The latest first.' })
  payments(
    @Root() { range }: EarningsRow,
    @Ctx() ctx: Context,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<Connection<PaymentRow>> {
    return listPayments(ctx, pagingOf(args), { ...range, patientId: null, by: 'paid_at' });
  }
}

@Resolver(() => EarningsDay)
export class EarningsDayResolver {
  @FieldResolver()
  paid(@Root() day: EarningsDayRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, day.paidMinor);
  }

  @FieldResolver()
  pending(@Root() day: EarningsDayRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, day.pendingMinor);
  }

  @FieldResolver()
  refunded(@Root() day: EarningsDayRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, day.refundedMinor);
  }

  @FieldResolver()
  doctorShare(@Root() day: EarningsDayRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, day.doctorShareMinor);
  }
}

@Resolver(() => Payout)
export class PayoutResolver {
  @FieldResolver()
  doctor(@Root() payout: PayoutRow, @Ctx() ctx: Context): Promise<DoctorRow | null> {
    return ctx.load(doctorById, payout.doctorId);
  }

  @FieldResolver()
  amount(@Root() payout: PayoutRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, payout.amountMinor);
  }
}
