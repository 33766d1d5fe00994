import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Connection } from '../../platform/graphql/connection.ts';
import { Money } from '../../platform/graphql/money.type.ts';
import { pagingOf } from '../../platform/graphql/page-args.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { Appointment, type AppointmentRow } from '../appointments/index.ts';
import { Patient, type PatientRow } from '../patients/index.ts';
import { Visit, type VisitRow } from '../visits/index.ts';
import { balanceOfPatient, billOfAppointment, type BillRow } from './bill.queries.ts';
import { Bill, BillConnection } from './bill.type.ts';
import { readBillFilter } from './billing.filters.ts';
import { BillsArgs } from './billing.inputs.ts';
import { billsOfPatient } from './billing-lists.queries.ts';
import { moneyOf } from './billing-money.ts';

const theBill = 'The live one (PENDING or PAID), else the latest.';

@Resolver(() => Appointment)
export class AppointmentBillResolver {
  @FieldResolver(() => Bill, { nullable: true, description: theBill })
  bill(@Root() appointment: AppointmentRow, @Ctx() ctx: Context): Promise<BillRow | null> {
    return ctx.load(billOfAppointment, appointment.id);
  }
}

@Resolver(() => Visit)
export class VisitBillResolver {
  @FieldResolver(() => Bill, { nullable: true, description: theBill })
  bill(@Root() visit: VisitRow, @Ctx() ctx: Context): Promise<BillRow | null> {
    return ctx.load(billOfAppointment, visit.appointmentId);
  }
}

@Resolver(() => Patient)
export class PatientBillsResolver {
  @FieldResolver(() => BillConnection, {
    nullable: true,
    description: 'For the desk and the patient all of them, for a doctor their own; the latest made first.',
  })
  async bills(
    @Root() patient: PatientRow,
    @Ctx() ctx: Context,
    @Args(() => BillsArgs) args: BillsArgs,
  ): Promise<Connection<BillRow>> {
    const filter = await readBillFilter(ctx, args.filter);
    return ctx.load(billsOfPatient, { parentId: patient.id, args: pagingOf(args), filter });
  }

  @FieldResolver(() => Money, { nullable: true, description: "Everything unpaid, in the clinic's currency." })
  async balance(@Root() patient: PatientRow, @Ctx() ctx: Context): Promise<Money> {
    return moneyOf(ctx, await ctx.load(balanceOfPatient, patient.id));
  }
}
