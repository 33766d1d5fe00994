import type { IncomingHttpHeaders } from 'node:http';
import { inTransaction, type Transaction } from '../../platform/db/transaction.ts';
import type { GatewayWord } from '../../platform/delivery/payment-gateway.ts';
import { kindOf } from '../../platform/ids.ts';
import type { Ctx } from '../../access/ctx.ts';
import { lockBill } from '../billing/index.ts';
import { applyCheckoutState } from './checkout-outcome.service.ts';
import { checkoutOf, clockOf, noteEvent, onlineRefund } from './checkout.queries.ts';
import { applyRefundState, compareTotalBack } from './gateway-refund.service.ts';

/** It was told before, or is about nothing that we have: nothing happens. */
class NothingNew extends Error {}

/**
 * Takes in what a gateway tells by itself. Each of its events has its effect once, however often and in whatever order they
 * come; when this returns, it is there.
 *
 * @throws ForgedWebhook when no gateway of ours has signed it
 */
export async function hearGateway(ctx: Ctx, rawBody: Buffer, headers: IncomingHttpHeaders): Promise<void> {
  const { gateway, ref: eventRef, word } = ctx.runtime.gateways.readWebhook(rawBody, headers);
  if (word === null) return;
  const { clinicId, paymentId } = word;
  const system = await systemAt(ctx, word);
  if (system === null) return;
  try {
    await inTransaction(system, async (tx) => {
      const [page] = await tx.rows(checkoutOf(clinicId, paymentId));
      // What one gateway has opened, another cannot pay.
      if (page?.gateway !== gateway) throw new NothingNew();
      const event = { clinicId, gateway, eventRef, paymentId, receivedAt: tx.now };
      const [noted] = await tx.rows(noteEvent(event));
      if (noted === undefined) throw new NothingNew();
      tx.audit({ action: 'payment.online.word', subjectId: paymentId, changes: { gateway, eventRef } });
      await apply(system, tx, { word, billId: page.billId });
    });
  } catch (error) {
    if (!(error instanceof NothingNew)) throw error;
  }
}

async function apply(
  system: Ctx,
  tx: Transaction,
  { word, billId }: { word: GatewayWord; billId: string },
): Promise<void> {
  if (word.about === 'TOTAL_BACK') return compareTotalBack(system, tx, { word, billId });
  if (word.about === 'CHECKOUT') {
    const bill = await lockBill(tx, system, { id: billId, version: null });
    return applyCheckoutState(tx, { paymentId: word.paymentId, bill }, word.state);
  }
  const [refund] = await tx.rows(onlineRefund(system.clinicId, word.refundId));
  if (refund === undefined || refund.paymentId !== word.paymentId) return;
  return applyRefundState(system, tx, { refundId: word.refundId, billId }, word.state);
}

/** The app itself in the clinic that a word is about; null when that is none of ours, such as a sandbox that is gone. */
async function systemAt(ctx: Ctx, word: GatewayWord): Promise<Ctx | null> {
  const isOurs =
    kindOf(word.clinicId) === 'Clinic' &&
    kindOf(word.paymentId) === 'Payment' &&
    (word.about !== 'REFUND' || kindOf(word.refundId) === 'Refund');
  if (!isOurs) return null;
  const [clock] = await ctx.db.rowsOfNoClinic(clockOf(word.clinicId));
  if (clock?.clockOffsetMs == null) return null;
  return ctx.asSystem({ clinicId: word.clinicId, clockOffsetMs: clock.clockOffsetMs });
}
