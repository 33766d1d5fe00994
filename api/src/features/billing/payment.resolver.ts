import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Connection } from '../../platform/graphql/connection.ts';
import { Money } from '../../platform/graphql/money.type.ts';
import { pagingOf } from '../../platform/graphql/page-args.ts';
import { DateScalar } from '../../platform/graphql/scalars.ts';
import { addDays, dayOf, startOfDay } from '../../platform/zone.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { billById, type BillRow } from './bill.queries.ts';
import { Bill } from './bill.type.ts';
import { readPaymentFilter } from './billing.filters.ts';
import { PaymentsArgs } from './billing.inputs.ts';
import { listPayments, takingsBetween, type MethodTotalRow } from './billing-lists.queries.ts';
import { moneyOf } from './billing-money.ts';
import { paymentById, refundsOfPayment, shareOfPayment, type PaymentRow, type RefundRow } from './payment.queries.ts';
import { MethodTotal, Payment, PaymentConnection, Refund } from './payment.type.ts';

@Resolver(() => Payment)
export class PaymentResolver {
  @Query(() => PaymentConnection, {
    nullable: true,
    description: "Those the caller may see: all of the clinic's for the desk, a doctor's own. The latest first.",
  })
  payments(@Ctx() ctx: Context, @Args(() => PaymentsArgs) args: PaymentsArgs): Promise<Connection<PaymentRow>> {
    return listPayments(ctx, pagingOf(args), readPaymentFilter(ctx, args.filter));
  }

  @Query(() => [MethodTotal], {
    nullable: true,
    description: "The desk's close of a day, today unless one is given: what came in and went out, by method.",
  })
  takings(
    @Ctx() ctx: Context,
    @Arg('date', () => DateScalar, { nullable: true }) date: string | null,
  ): Promise<MethodTotalRow[]> {
    const { timeZone } = ctx.signedIn;
    const day = date ?? dayOf(ctx.clock.now(), timeZone);
    const range = { from: startOfDay(day, timeZone), to: startOfDay(addDays(day, 1), timeZone) };
    return ctx.rows(takingsBetween(ctx.clinicId, range));
  }

  @FieldResolver(() => Bill)
  bill(@Root() payment: PaymentRow, @Ctx() ctx: Context): Promise<BillRow | null> {
    return ctx.load(billById, payment.billId);
  }

  @FieldResolver()
  amount(@Root() payment: PaymentRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, payment.amountMinor);
  }

  @FieldResolver(() => Money, { nullable: true })
  async doctorShare(@Root() payment: PaymentRow, @Ctx() ctx: Context): Promise<Money | null> {
    const share = await ctx.load(shareOfPayment, payment.id);
    return share === null ? null : moneyOf(ctx, share.doctorMinor);
  }

  @FieldResolver(() => Money, { nullable: true })
  async clinicShare(@Root() payment: PaymentRow, @Ctx() ctx: Context): Promise<Money | null> {
    const share = await ctx.load(shareOfPayment, payment.id);
    return share === null ? null : moneyOf(ctx, share.clinicMinor);
  }

  @FieldResolver()
  refunds(@Root() payment: PaymentRow, @Ctx() ctx: Context): Promise<RefundRow[]> {
    return ctx.load(refundsOfPayment, payment.id);
  }

  @FieldResolver()
  receivedBy(@Root() { receivedByUserId: id, receivedByName: name }: PaymentRow): { id: string; name: string } | null {
    return id === null ? null : { id, name: name ?? '' };
  }
}

@Resolver(() => Refund)
export class RefundResolver {
  @FieldResolver(() => Payment)
  payment(@Root() refund: RefundRow, @Ctx() ctx: Context): Promise<PaymentRow | null> {
    return ctx.load(paymentById, refund.paymentId);
  }

  @FieldResolver()
  amount(@Root() refund: RefundRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, refund.amountMinor);
  }
}

@Resolver(() => MethodTotal)
export class MethodTotalResolver {
  @FieldResolver()
  received(@Root() total: MethodTotalRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, total.receivedMinor);
  }

  @FieldResolver()
  refunded(@Root() total: MethodTotalRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, total.refundedMinor);
  }
}
