import { inTransaction, type RecordedFact, type Transaction } from '../../platform/db/transaction.ts';
import { GatewayRefused, type CheckoutSession, type PaymentGateway } from '../../platform/delivery/payment-gateway.ts';
import { schedule } from '../../platform/due/due.ts';
import { DomainError, notFound } from '../../platform/errors.ts';
import type { Ctx } from '../../access/ctx.ts';
import { ownClinic } from '../appointments/index.ts';
import {
  balanceOf,
  billById,
  billCircumstances,
  billFacts,
  billNumber,
  lockBill,
  partiesOf,
  PaymentEntity,
  paymentId,
  recordOnline,
  takeBillStep,
  type Bill,
} from '../billing/index.ts';
import { applyCheckoutState } from './checkout-outcome.service.ts';
import { isUsable, nextAsk, openMs } from './checkout.domain.ts';
import { CheckoutEntity } from './checkout.entity.ts';
import { openCheckoutOf, type CheckoutRow } from './checkout.queries.ts';

export const checkoutLookDue = 'CHECKOUT_LOOK';

/** What is to be paid, written down before the gateway is asked for a page. */
interface Intent {
  paymentId: string;
  amountMinor: number;
  createdAt: Date;
  expiresAt: Date;
  description: string;
  url: string | null;
  /** Pages at this gateway that asked for what is owed no more. */
  overtaken: string[];
}

/**
 * Returns where to pay what is owed on a bill: a page at the gateway, the same one while it is open and asks for the same
 * amount. What is to be paid is written down first, then the gateway is asked under that payment's id while no lock is
 * held, then its page is written down; whatever dies in between, no money comes in that nobody here knows of.
 *
 * @throws RequestError NOT_FOUND; DomainError INVALID_TRANSITION when nothing is owed or there is no gateway,
 *   PAYMENT_DECLINED when the gateway gives no page
 */
export async function createCheckout(ctx: Ctx, billId: string): Promise<string> {
  // Whose bill it is, the database says; a patient may read theirs and write no payment.
  const readable = await ctx.load(billById, billId);
  if (readable === null) throw notFound();
  const clinic = await ownClinic(ctx);
  const circumstances = await billCircumstances(ctx);
  takeBillStep(readable, 'PAY_ONLINE', circumstances);
  const gateway = ctx.runtime.gateways.of(clinic);
  if (gateway === null) throw new Error('Paying online is open where there is no gateway.');
  const system = ctx.asSystem(ctx.place, ctx.signedIn.userId, ctx.actor);

  const intent = await inTransaction(system, async (tx) => {
    const bill = await lockBill(tx, system, { id: billId, version: null });
    takeBillStep(bill, 'PAY_ONLINE', circumstances);
    return intend(tx, bill, { gateway: gateway.name, currency: clinic.currency });
  });
  if (intent.url !== null) return intent.url;
  // Best effort: what is paid there all the same goes back.
  for (const sessionRef of intent.overtaken) await gateway.close(sessionRef).catch(() => undefined);
  const session = await askForPage(system, gateway, { intent, billId, currency: clinic.currency });
  await inTransaction(system, async (tx) => {
    const bill = await lockBill(tx, system, { id: billId, version: null });
    const checkout = await tx.em.findOneOrFail(CheckoutEntity, { paymentId: intent.paymentId });
    checkout.sessionRef = session.ref;
    checkout.url = session.url;
    noteCheckout(tx, bill, checkout.paymentId, 'payment.online.open');
  });
  return session.url;
}

const noteCheckout = (tx: Transaction, bill: Bill, subjectId: string, action: string) =>
  recordOnline(tx, bill, { type: billFacts.CHECKOUT_CHANGED, subjectId, action });

interface Asked {
  gateway: string;
  amountMinor: number;
  currency: string;
}

/** Under the bill's lock: the page that is open already, or a new payment that waits for one. */
async function intend(tx: Transaction, bill: Bill, of: Omit<Asked, 'amountMinor'>): Promise<Intent> {
  const asked = { ...of, amountMinor: balanceOf(bill) };
  const description = `Bill ${billNumber(bill.year, bill.sequence)}`;
  const [open] = await tx.rows(openCheckoutOf(bill.clinicId, bill.id));
  const isServing = open?.gateway === asked.gateway && isUsable(open, asked.amountMinor, tx.now);
  if (open !== undefined && !isServing)
    await applyCheckoutState(tx, { paymentId: open.paymentId, bill }, { state: 'EXPIRED' });
  const { paymentId: id, ...page } = open !== undefined && isServing ? open : await addPayment(tx, bill, asked);
  noteCheckout(tx, bill, id, 'payment.online.ask');
  return { ...page, paymentId: id, description, overtaken: isServing ? [] : sessionsAt(asked.gateway, open) };
}

/** A payment that waits for its page. Should its word never come, the gateway is asked. */
async function addPayment(tx: Transaction, bill: Bill, { gateway, amountMinor, currency }: Asked) {
  const id = paymentId.make(tx.now);
  tx.em.create(PaymentEntity, {
    ...partiesOf(bill),
    id,
    amountMinor,
    refundedMinor: 0,
    method: 'ONLINE',
    status: 'PENDING',
    reference: null,
    receivedByUserId: null,
    receivedByName: null,
    paidAt: null,
    createdAt: tx.now,
  });
  await tx.em.flush();
  const expiresAt = new Date(tx.now.getTime() + openMs);
  const page = { amountMinor, createdAt: tx.now, expiresAt, url: null };
  tx.em.create(CheckoutEntity, {
    ...page,
    paymentId: id,
    clinicId: bill.clinicId,
    billId: bill.id,
    gateway,
    sessionRef: null,
    paymentRef: null,
    currency,
    status: 'OPEN',
  });
  await tx.em.flush();
  await schedule(tx, { kind: checkoutLookDue, subjectId: id, cause: '0', dueAt: nextAsk(0, tx.now) });
  return { ...page, paymentId: id };
}

const sessionsAt = (gateway: string, page: CheckoutRow | undefined): string[] =>
  page?.gateway === gateway && page.sessionRef !== null ? [page.sessionRef] : [];

/** Under the payment's id as the key: asked twice, the gateway answers with one page. */
async function askForPage(
  system: Ctx,
  gateway: PaymentGateway,
  { intent, billId, currency }: { intent: Intent; billId: string; currency: string },
): Promise<CheckoutSession> {
  const { publicUrl } = system.runtime.settings;
  const { clinicId, clockOffsetMs } = system.place;
  const { amountMinor, description } = intent;
  try {
    return await gateway.createCheckout({
      clinicId,
      paymentId: intent.paymentId,
      amountMinor,
      currency,
      description,
      successUrl: `${publicUrl}/bills?paid=${billId}`,
      cancelUrl: `${publicUrl}/bills?unpaid=${billId}`,
      expiresAt: new Date(intent.expiresAt.getTime() - clockOffsetMs),
    });
  } catch (error) {
    system.log.warn({ err: error, clinicId, subjectId: intent.paymentId }, 'the payment gateway gave no page');
    if (error instanceof GatewayRefused)
      await inTransaction(system, async (tx) => {
        const bill = await lockBill(tx, system, { id: billId, version: null });
        await applyCheckoutState(tx, { paymentId: intent.paymentId, bill }, { state: 'DECLINED' });
      });
    throw new DomainError(
      'PAYMENT_DECLINED',
      'Paying online does not work at the moment. Try again in a minute, or pay at the front desk.',
    );
  }
}

/** Runs with every change of a bill: a page that asks for what is owed no more is closed at the gateway. */
export async function keepCheckout(tx: Transaction, { type, payload }: RecordedFact): Promise<void> {
  const billId = payload['billId'];
  const { clinicId } = tx.tenant;
  if (billId == null || clinicId === null || !moves.has(type)) return;
  const [open] = await tx.rows(openCheckoutOf(clinicId, billId));
  if (open === undefined || open.amountMinor === open.owedMinor) return;
  await schedule(tx, { kind: checkoutLookDue, subjectId: open.paymentId, cause: 'now', dueAt: tx.now });
}

const moves: ReadonlySet<string> = new Set([
  billFacts.PAYMENT_RECEIVED,
  billFacts.PAYMENT_REFUNDED,
  billFacts.UPDATED,
  billFacts.VOIDED,
]);
