import type { Transaction } from '../../platform/db/transaction.ts';
import { GatewayRefused, type CheckoutState, type PaymentGateway } from '../../platform/delivery/payment-gateway.ts';
import { schedule, type Due } from '../../platform/due/due.ts';
import type { Ctx } from '../../access/ctx.ts';
import { lockBill } from '../billing/index.ts';
import { applyCheckoutState } from './checkout-outcome.service.ts';
import { checkoutLookDue } from './checkout.service.ts';
import { isLost, isOvertaken, nextAsk } from './checkout.domain.ts';
import { checkoutOf, type CheckoutRow } from './checkout.queries.ts';

/**
 * Asks the gateway how a page stands whose word has not come: it was lost, or this process died between the gateway's yes
 * and ours. The gateway is asked before any lock is taken. Until the page is over it asks again, after growing pauses.
 */
export async function lookAtCheckout(ctx: Ctx, tx: Transaction, { subjectId, cause }: Due): Promise<void> {
  const [page] = await tx.rows(checkoutOf(ctx.clinicId, subjectId));
  if (page?.status !== 'OPEN') return;
  const state = await stateOf(ctx, page, tx.now);
  const bill = await lockBill(tx, ctx, { id: page.billId, version: null });
  await applyCheckoutState(tx, { paymentId: subjectId, bill }, state);
  if (state.state !== 'OPEN' && state.state !== 'PROCESSING') return;
  const asked = (Number(cause) || 0) + 1;
  await schedule(tx, { kind: checkoutLookDue, subjectId, cause: String(asked), dueAt: nextAsk(asked, tx.now) });
}

async function stateOf(ctx: Ctx, page: CheckoutRow, now: Date): Promise<CheckoutState> {
  const { sessionRef } = page;
  if (sessionRef === null) return { state: isLost(page, now) ? 'EXPIRED' : 'OPEN' };
  const gateway = ctx.runtime.gateways.named(page.gateway);
  if (gateway === null) throw new Error('This installation has no such payment gateway any more.');
  const state = await gateway.lookAt(sessionRef);
  if (state.state !== 'OPEN' || !isOvertaken(page, page.owedMinor, now)) return state;
  return closed(gateway, sessionRef);
}

/** What was paid at the last moment is not lost: a page that was paid on cannot be closed, and says so. */
async function closed(gateway: PaymentGateway, sessionRef: string): Promise<CheckoutState> {
  await gateway.close(sessionRef).catch((error: unknown) => {
    if (!(error instanceof GatewayRefused)) throw error;
  });
  const state = await gateway.lookAt(sessionRef);
  return state.state === 'OPEN' ? { state: 'EXPIRED' } : state;
}
