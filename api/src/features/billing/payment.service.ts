import { inTransaction, type Transaction } from '../../platform/db/transaction.ts';
import { schedule } from '../../platform/due/due.ts';
import { DomainError, notFound } from '../../platform/errors.ts';
import { defineIdKind } from '../../platform/ids.ts';
import { checkInput } from '../../platform/input.ts';
import { moneyInWords } from '../../platform/money-words.ts';
import type { Ctx } from '../../access/ctx.ts';
import { ownClinic } from '../appointments/index.ts';
import { billCircumstances, changeBill, lockBill, settle } from './bill-change.service.ts';
import { balanceOf, takeBillStep, type PaymentMethod } from './bill.domain.ts';
import type { Bill } from './bill.entity.ts';
import { recordPaymentOf, recordRefundOf } from './bill.events.ts';
import { basisPointsOf, paymentRules, readAmount, reasonRules } from './billing.rules.ts';
import { assertRefundable, divide, takeBack, type Shares } from './payment.domain.ts';
import {
  PaymentEntity,
  PaymentShareEntity,
  RefundEntity,
  RefundShareEntity,
  type Payment,
  type Refund,
} from './payment.entity.ts';
import { billOfPayment, doctorShare, heldForRefunds, sharesOfPayment } from './payment.queries.ts';

export const paymentId = defineIdKind('Payment', 0xa0b);
export const refundId = defineIdKind('Refund', 0xa0c);

/** A refund that the gateway is to be asked for, after the commit: checkouts/ does, and books its answer. */
export const gatewayRefundDue = 'GATEWAY_REFUND';

export interface PaymentRequest {
  billId: string;
  /** The whole balance when null. */
  amount: string | null;
  method: PaymentMethod;
  reference: string | null;
}

/**
 * Money received at the front desk, all of the balance or a part. Returns the payment's id.
 *
 * @throws DomainError AMOUNT_EXCEEDED beyond the balance, INVALID_TRANSITION when nothing is owed any more, INVALID_INPUT
 * Source: domain.md, "Money in".
 */
export async function recordPayment(ctx: Ctx, request: PaymentRequest): Promise<string> {
  const { reference } = checkInput(paymentRules, { reference: request.reference });
  if (request.method === 'ONLINE')
    throw new DomainError(
      'INVALID_INPUT',
      'Online payments come in by themselves. Choose how the money was received.',
      ['method'],
    );
  const { currency, locale } = await ownClinic(ctx);
  const given = request.amount === null ? null : readAmount(request.amount, currency, { field: ['amount'], least: 1 });
  const circumstances = await billCircumstances(ctx);
  return changeBill(ctx, { id: request.billId, version: null }, async (tx, bill) => {
    takeBillStep(bill, 'RECORD_PAYMENT', circumstances);
    const balance = balanceOf(bill);
    const amountMinor = given ?? balance;
    if (amountMinor > balance)
      throw new DomainError(
        'AMOUNT_EXCEEDED',
        `Only ${moneyInWords(balance, currency, locale)} is owed on this bill. Enter that or less.`,
        ['amount'],
      );
    const payment = tx.em.create(PaymentEntity, {
      ...partiesOf(bill),
      id: paymentId.make(tx.now),
      amountMinor,
      refundedMinor: 0,
      method: request.method,
      status: 'PAID',
      reference: reference ?? null,
      receivedByUserId: tx.actor.userId,
      receivedByName: tx.actor.name,
      paidAt: tx.now,
      createdAt: tx.now,
    });
    await bookPayment(tx, bill, payment);
    return payment.id;
  });
}

export const partiesOf = ({ id, clinicId, doctorId, patientId }: Bill) => ({
  billId: id,
  clinicId,
  doctorId,
  patientId,
});

/**
 * Books a payment that is PAID: whose the money is is frozen, the bill follows, whoever must know is told. Under the bill's
 * lock. Returns whether it settled the bill.
 */
export async function bookPayment(tx: Transaction, bill: Bill, payment: Payment): Promise<boolean> {
  await tx.em.flush();
  const [terms] = await tx.rows(doctorShare(bill.doctorId));
  const shares = divide(payment.amountMinor, basisPointsOf(terms?.percent ?? '0'));
  const { clinicId, doctorId } = bill;
  tx.em.create(PaymentShareEntity, { paymentId: payment.id, clinicId, doctorId, ...shares, at: tx.now });
  bill.paidMinor += payment.amountMinor;
  const settles = settle(tx, bill);
  recordPaymentOf(tx, bill, payment, settles);
  return settles;
}

export interface RefundRequest {
  paymentId: string;
  /** All that is left of the payment when null. */
  amount: string | null;
  reason: string;
}

/**
 * Gives a payment back, all that is left of it or a part. What came in online goes back through the gateway: its refund is
 * PENDING until the gateway has said yes. Returns the payment's id.
 *
 * @throws DomainError AMOUNT_EXCEEDED, INVALID_TRANSITION when it was given back already or has not come in, NOTE_REQUIRED
 * Source: domain.md, "Sum of refunds never exceeds the payment".
 */
export async function refundPayment(ctx: Ctx, request: RefundRequest): Promise<string> {
  const { reason } = checkInput(reasonRules, { reason: request.reason });
  const { currency, locale } = await ownClinic(ctx);
  const given = request.amount === null ? null : readAmount(request.amount, currency, { field: ['amount'], least: 1 });
  const circumstances = await billCircumstances(ctx);
  return inTransaction(ctx, async (tx) => {
    const [place] = await tx.rows(billOfPayment(ctx.clinicId, request.paymentId));
    if (place === undefined) throw notFound();
    const bill = await lockBill(tx, ctx, { id: place.billId, version: null });
    takeBillStep(bill, 'REFUND', circumstances);
    const payment = await tx.em.findOneOrFail(PaymentEntity, { id: request.paymentId, clinicId: ctx.clinicId });
    if (payment.status === 'PENDING' || payment.status === 'FAILED')
      throw new DomainError('INVALID_TRANSITION', 'This payment has not come in, so there is nothing to give back.');
    const [held] = await tx.rows(heldForRefunds(ctx.clinicId, payment.id));
    const left = payment.amountMinor - (held?.amountMinor ?? 0);
    const amountMinor = given ?? left;
    assertRefundable(left, amountMinor, moneyInWords(left, currency, locale));
    await openRefund(tx, { bill, payment, amountMinor, reason });
    return payment.id;
  });
}

/** Opens a refund of what is left of a payment, under the bill's lock; one that needs no gateway is done at once. */
export async function openRefund(
  tx: Transaction,
  { bill, payment, amountMinor, reason }: { bill: Bill; payment: Payment; amountMinor: number; reason: string },
): Promise<void> {
  const isOnline = payment.method === 'ONLINE';
  const refund = tx.em.create(RefundEntity, {
    ...partiesOf(bill),
    id: refundId.make(tx.now),
    paymentId: payment.id,
    amountMinor,
    status: 'PENDING',
    reason,
    madeByUserId: tx.actor.userId,
    madeByName: tx.actor.name,
    refundedAt: null,
    createdAt: tx.now,
  });
  await tx.em.flush();
  if (!isOnline) return bookRefund(tx, { bill, payment, refund });
  recordRefundOf(tx, bill, refund);
  await schedule(tx, { kind: gatewayRefundDue, subjectId: refund.id, dueAt: tx.now });
}

/** Books a refund that has gone back: both shares, the payment and the bill follow. Under the bill's lock. */
export async function bookRefund(
  tx: Transaction,
  { bill, payment, refund }: { bill: Bill; payment: Payment; refund: Refund },
): Promise<void> {
  const { amountMinor } = refund;
  const shares = await sharesBack(tx, payment, amountMinor);
  const { clinicId, doctorId } = bill;
  tx.em.create(RefundShareEntity, {
    refundId: refund.id,
    paymentId: payment.id,
    clinicId,
    doctorId,
    ...shares,
    at: tx.now,
  });
  refund.status = 'PAID';
  refund.refundedAt = tx.now;
  payment.refundedMinor += amountMinor;
  if (payment.refundedMinor === payment.amountMinor) payment.status = 'REFUNDED';
  bill.refundedMinor += amountMinor;
  settle(tx, bill);
  await tx.em.flush();
  recordRefundOf(tx, bill, refund);
}

async function sharesBack(tx: Transaction, payment: Payment, amountMinor: number): Promise<Shares> {
  const [frozen] = await tx.rows(sharesOfPayment(payment.id));
  if (frozen === undefined) throw new Error('A payment that came in has no shares.');
  const { doctorMinor, clinicMinor, doctorBackMinor } = frozen;
  return takeBack({ ...payment, shares: { doctorMinor, clinicMinor }, doctorBackMinor }, amountMinor);
}
