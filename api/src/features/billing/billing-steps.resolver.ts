import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { appointmentId } from '../appointments/index.ts';
import { billId, createBill, updateBill, voidBill } from './bill-making.service.ts';
import { billById } from './bill.queries.ts';
import { BillPayload, PaymentPayload } from './bill.type.ts';
import { CreateBillInput, RecordPaymentInput, RefundPaymentInput, UpdateBillInput } from './billing.inputs.ts';
import { paymentById } from './payment.queries.ts';
import { paymentId, recordPayment, refundPayment } from './payment.service.ts';

const payload = { nullable: true } as const;

@Resolver()
export class BillingStepsResolver {
  @Mutation(() => BillPayload, {
    ...payload,
    description: 'The doctor sets what the visit costs; staff may itemise. One live bill per appointment.',
  })
  createBill(
    @Ctx() ctx: Context,
    @Arg('input', () => CreateBillInput) { appointmentId: id, ...input }: CreateBillInput,
  ) {
    const ofAppointment = appointmentId.parse(id, ['input', 'appointmentId']);
    return billPayload(ctx, () => createBill(ctx, ofAppointment, input));
  }

  @Mutation(() => BillPayload, { ...payload, description: 'While it is PENDING and its payments net to zero.' })
  updateBill(
    @Ctx() ctx: Context,
    @Arg('input', () => UpdateBillInput) { billId: id, version, ...input }: UpdateBillInput,
  ) {
    const target = { id: billId.parse(id, ['input', 'billId']), version: version ?? null };
    return billPayload(ctx, () => updateBill(ctx, target, input));
  }

  @Mutation(() => BillPayload, {
    ...payload,
    description: 'PENDING → VOID, while its payments net to zero. Its number stays taken.',
  })
  voidBill(
    @Ctx() ctx: Context,
    @Arg('id', () => ID) id: string,
    @Arg('reason', () => String, { description: 'At most 500 characters.' }) reason: string,
  ) {
    return billPayload(ctx, () => voidBill(ctx, billId.parse(id, ['id']), reason));
  }

  @Mutation(() => PaymentPayload, {
    ...payload,
    description: 'Front desk: money received. The payment that settles the bill sends the patient PAYMENT_RECEIVED.',
  })
  recordPayment(@Ctx() ctx: Context, @Arg('input', () => RecordPaymentInput) input: RecordPaymentInput) {
    const request = {
      billId: billId.parse(input.billId, ['input', 'billId']),
      amount: input.amount ?? null,
      method: input.method,
      reference: input.reference ?? null,
    };
    return paymentPayload(ctx, () => recordPayment(ctx, request));
  }

  @Mutation(() => PaymentPayload, {
    ...payload,
    description:
      'All that is left of a payment or a part goes back. What came in online goes back through the gateway.',
  })
  refundPayment(@Ctx() ctx: Context, @Arg('input', () => RefundPaymentInput) input: RefundPaymentInput) {
    const request = {
      paymentId: paymentId.parse(input.paymentId, ['input', 'paymentId']),
      amount: input.amount ?? null,
      reason: input.reason,
    };
    return paymentPayload(ctx, () => refundPayment(ctx, request));
  }
}

/** The answer is read anew after the commit; a conflict shows the bill as it is now. */
async function billPayload(ctx: Context, run: () => Promise<string>): Promise<BillPayload> {
  const { result, refusal } = await outcomeOf(run);
  ctx.forget();
  if (refusal === null) return { bill: await ctx.load(billById, result), userErrors: [] };
  const there = refusal.details['billId'];
  return {
    bill: typeof there === 'string' ? await ctx.load(billById, there) : null,
    userErrors: refusal.userErrors,
  };
}

async function paymentPayload(ctx: Context, run: () => Promise<string>): Promise<PaymentPayload> {
  const { result, refusal } = await outcomeOf(run);
  ctx.forget();
  if (refusal !== null) return { payment: null, bill: null, userErrors: refusal.userErrors };
  const payment = await ctx.load(paymentById, result);
  const bill = payment === null ? null : await ctx.load(billById, payment.billId);
  return { payment, bill, userErrors: [] };
}
