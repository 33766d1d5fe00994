import type { Transaction } from '../../platform/db/transaction.ts';
import { GatewayRefused, type RefundState } from '../../platform/delivery/payment-gateway.ts';
import { schedule, type Due } from '../../platform/due/due.ts';
import type { Ctx } from '../../access/ctx.ts';
import {
  bookRefund,
  gatewayRefundDue,
  heldForRefunds,
  lockBill,
  PaymentEntity,
  RefundEntity,
} from '../billing/index.ts';
import { trouble } from './checkout-outcome.service.ts';
import { nextAsk } from './checkout.domain.ts';
import { onlineRefund, type OnlineRefundRow } from './checkout.queries.ts';

/**
 * Lets the gateway give money back, before any lock is taken, under the refund's id as the key: asked again it says how
 * that stands. Without an answer the due row is tried again after growing pauses.
 */
export async function giveBack(ctx: Ctx, tx: Transaction, { subjectId, cause }: Due): Promise<void> {
  const [refund] = await tx.rows(onlineRefund(ctx.clinicId, subjectId));
  if (refund?.status !== 'PENDING') return;
  const state = await askFor(ctx, subjectId, refund);
  await applyRefundState(ctx, tx, { refundId: subjectId, billId: refund.billId }, state);
  if (state !== 'PENDING') return;
  const asked = (Number(cause) || 0) + 1;
  await schedule(tx, { kind: gatewayRefundDue, subjectId, cause: String(asked), dueAt: nextAsk(asked, tx.now) });
}

async function askFor(ctx: Ctx, refundId: string, refund: OnlineRefundRow): Promise<RefundState> {
  const { paymentId, paymentRef, amountMinor, currency } = refund;
  const gateway = ctx.runtime.gateways.named(refund.gateway);
  if (gateway === null || paymentRef === null)
    throw new Error('What came in at a gateway can only go back through the same one.');
  try {
    return await gateway.refund({ clinicId: ctx.clinicId, paymentId, refundId, paymentRef, amountMinor, currency });
  } catch (error) {
    if (!(error instanceof GatewayRefused)) throw error;
    ctx.log.error(
      { err: error, clinicId: ctx.clinicId, subjectId: refundId },
      'the payment gateway gives nothing back',
    );
    return 'FAILED';
  }
}

/** Books what a gateway says of a refund, under the bill's lock; said again it changes nothing. */
export async function applyRefundState(
  ctx: Ctx,
  tx: Transaction,
  { refundId, billId }: { refundId: string; billId: string },
  state: RefundState,
): Promise<void> {
  const bill = await lockBill(tx, ctx, { id: billId, version: null });
  const refund = await tx.em.findOneOrFail(RefundEntity, { id: refundId });
  const payment = await tx.em.findOneOrFail(PaymentEntity, { id: refund.paymentId });
  if (state === 'PENDING' || refund.status === 'FAILED') return;
  if (state === 'PAID') {
    if (refund.status === 'PENDING') await bookRefund(tx, { bill, payment, refund });
    return;
  }
  // A bank may send back days later what had gone out: the books keep it, and a person has to find another way.
  if (refund.status === 'PENDING') refund.status = 'FAILED';
  await tx.em.flush();
  trouble(tx, bill, payment, 'NOT_GIVEN_BACK');
}

/** Tells the desk when more went back at the gateway than was given back here: somebody did so by hand. */
export async function compareTotalBack(
  ctx: Ctx,
  tx: Transaction,
  { word, billId }: { word: { paymentId: string; amountMinor: number }; billId: string },
): Promise<void> {
  const bill = await lockBill(tx, ctx, { id: billId, version: null });
  const payment = await tx.em.findOneOrFail(PaymentEntity, { id: word.paymentId });
  const [held] = await tx.rows(heldForRefunds(ctx.clinicId, word.paymentId));
  if (word.amountMinor > (held?.amountMinor ?? 0)) trouble(tx, bill, payment, 'GIVEN_BACK_THERE');
}
