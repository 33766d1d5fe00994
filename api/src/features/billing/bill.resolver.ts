import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Connection } from '../../platform/graphql/connection.ts';
import type { Money } from '../../platform/graphql/money.type.ts';
import { pagingOf } from '../../platform/graphql/page-args.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { doctorById, type DoctorRow } from '../accounts/index.ts';
import { appointmentById, type AppointmentRow } from '../appointments/index.ts';
import { patientById, type PatientRow } from '../patients/index.ts';
import { Service, serviceById, type ServiceRow } from '../services/index.ts';
import { billCircumstances } from './bill-change.service.ts';
import { billId } from './bill-making.service.ts';
import { allowedBillSteps, balanceOf, billNumber, type BillStep } from './bill.domain.ts';
import { billById, itemsOfBill, type BillItemRow, type BillRow } from './bill.queries.ts';
import { Bill, BillConnection, BillItem } from './bill.type.ts';
import { readBillFilter } from './billing.filters.ts';
import { BillsArgs } from './billing.inputs.ts';
import { listBills } from './billing-lists.queries.ts';
import { moneyOf } from './billing-money.ts';
import { paymentsOfBill, type PaymentRow } from './payment.queries.ts';

@Resolver(() => Bill)
export class BillResolver {
  @Query(() => Bill, { nullable: true })
  bill(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<BillRow | null> {
    return ctx.load(billById, billId.parse(id, ['id']));
  }

  @Query(() => BillConnection, {
    nullable: true,
    description: "Those the caller may see: all of the clinic's for the desk, a doctor's own. The latest made first.",
  })
  async bills(@Ctx() ctx: Context, @Args(() => BillsArgs) args: BillsArgs): Promise<Connection<BillRow>> {
    return listBills(ctx, pagingOf(args), await readBillFilter(ctx, args.filter));
  }

  @FieldResolver()
  number(@Root() bill: BillRow): string {
    return billNumber(bill.year, bill.sequence);
  }

  @FieldResolver()
  async allowedActions(@Root() bill: BillRow, @Ctx() ctx: Context): Promise<BillStep[]> {
    return allowedBillSteps(bill, await billCircumstances(ctx));
  }

  @FieldResolver()
  appointment(@Root() bill: BillRow, @Ctx() ctx: Context): Promise<AppointmentRow | null> {
    return ctx.load(appointmentById, bill.appointmentId);
  }

  @FieldResolver()
  patient(@Root() bill: BillRow, @Ctx() ctx: Context): Promise<PatientRow | null> {
    return ctx.load(patientById, bill.patientId);
  }

  @FieldResolver()
  doctor(@Root() bill: BillRow, @Ctx() ctx: Context): Promise<DoctorRow | null> {
    return ctx.load(doctorById, bill.doctorId);
  }

  @FieldResolver()
  items(@Root() bill: BillRow, @Ctx() ctx: Context): Promise<BillItemRow[]> {
    return ctx.load(itemsOfBill, bill.id);
  }

  @FieldResolver()
  payments(@Root() bill: BillRow, @Ctx() ctx: Context): Promise<PaymentRow[]> {
    return ctx.load(paymentsOfBill, bill.id);
  }

  @FieldResolver()
  subtotal(@Root() bill: BillRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, bill.subtotalMinor);
  }

  @FieldResolver()
  discount(@Root() bill: BillRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, bill.discountMinor);
  }

  @FieldResolver()
  tax(@Root() bill: BillRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, bill.taxMinor);
  }

  @FieldResolver()
  total(@Root() bill: BillRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, bill.totalMinor);
  }

  @FieldResolver()
  paid(@Root() bill: BillRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, bill.paidMinor);
  }

  @FieldResolver()
  refunded(@Root() bill: BillRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, bill.refundedMinor);
  }

  @FieldResolver()
  balance(@Root() bill: BillRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, balanceOf(bill));
  }
}

@Resolver(() => BillItem)
export class BillItemResolver {
  @FieldResolver(() => Service, { nullable: true })
  service(@Root() item: BillItemRow, @Ctx() ctx: Context): Promise<ServiceRow | null> | null {
    return item.serviceId === null ? null : ctx.load(serviceById, item.serviceId);
  }

  @FieldResolver()
  unitPrice(@Root() item: BillItemRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, item.unitPriceMinor);
  }

  @FieldResolver()
  tax(@Root() item: BillItemRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, item.taxMinor);
  }

  @FieldResolver()
  total(@Root() item: BillItemRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, item.totalMinor);
  }
}
