import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import {
  ForgedWebhook,
  type CheckoutRequest,
  type CheckoutSession,
  type CheckoutState,
  type GatewayEvent,
  type GatewayWord,
  type PaymentGateway,
  type RefundState,
} from './payment-gateway.ts';

const keyBytes = 32;
const toleranceMs = 5 * 60_000;
export const standInSignature = 'stand-in-signature';

const sessionShape = z.object({
  clinicId: z.string(),
  paymentId: z.string(),
  amountMinor: z.number(),
  currency: z.string(),
  description: z.string(),
  successUrl: z.string(),
  cancelUrl: z.string(),
  expiresAt: z.iso.datetime().transform((text) => new Date(text)),
});

const eventShape = z.object({
  ref: z.string(),
  clinicId: z.string(),
  paymentId: z.string(),
  decision: z.enum(['PAY', 'DECLINE']),
  amountMinor: z.number(),
  currency: z.string(),
});

export type Decision = z.output<typeof eventShape>['decision'];

/**
 * A gateway at which no money moves, for development, the demo and sandboxes. It stores nothing: a page's address holds
 * what is to be paid, signed, and what is paid on it is what its signed word has booked.
 */
export class StandInGateway implements PaymentGateway {
  readonly name = 'stand-in';
  readonly #key: Buffer;
  readonly #publicUrl: string;
  readonly #clock: Clock;

  constructor(secret: string, publicUrl: string, clock: Clock) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'clinigraph stand-in payments', keyBytes));
    this.#publicUrl = publicUrl;
    this.#clock = clock;
  }

  createCheckout(request: CheckoutRequest): Promise<CheckoutSession> {
    const said = Buffer.from(JSON.stringify(request)).toString('base64url');
    const url = `${this.#publicUrl}/dev/pay?session=${said}.${this.#proof('session', said)}`;
    return Promise.resolve({ ref: refOf('cs', request.paymentId), url });
  }

  /** Its word comes before anybody is told that they have paid, so there is never one to be fetched. */
  lookAt(): Promise<CheckoutState> {
    return Promise.resolve({ state: 'OPEN' });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  refund(): Promise<RefundState> {
    return Promise.resolve('PAID');
  }

  /** What is to be paid on a page; null when the address is over, or not of this installation. */
  readSession(token: string): CheckoutRequest | null {
    const [said = '', proof = ''] = token.split('.');
    if (!isSame(proof, this.#proof('session', said))) return null;
    const session = sessionShape.parse(JSON.parse(Buffer.from(said, 'base64url').toString('utf8')));
    return session.expiresAt > this.#clock.now() ? session : null;
  }

  /** The webhook that follows from what somebody pressed on the page. */
  wordOn({ clinicId, paymentId, amountMinor, currency }: CheckoutRequest, decision: Decision) {
    const ref = refOf('evt', `${paymentId} ${decision}`);
    const body = JSON.stringify({ ref, clinicId, paymentId, decision, amountMinor, currency });
    const at = this.#clock.now().getTime();
    return { body, headers: { [standInSignature]: `${at}.${this.#proof('webhook', `${at}.${body}`)}` } };
  }

  readWebhook(rawBody: Buffer, headers: IncomingHttpHeaders): GatewayEvent | null {
    const signature = headers[standInSignature];
    if (signature === undefined) return null;
    const [at = '', proof = ''] = String(signature).split('.');
    const isRecent = Math.abs(this.#clock.now().getTime() - Number(at)) <= toleranceMs;
    const body = rawBody.toString('utf8');
    if (!isRecent || !isSame(proof, this.#proof('webhook', `${at}.${body}`)))
      throw new ForgedWebhook('The signature is wrong or too old.');
    const { ref, clinicId, paymentId, decision, ...money } = eventShape.parse(JSON.parse(body));
    const paid: CheckoutState = { state: 'PAID', receipt: { paymentRef: refOf('test', paymentId), ...money } };
    const word: GatewayWord = {
      about: 'CHECKOUT',
      clinicId,
      paymentId,
      state: decision === 'PAY' ? paid : { state: 'DECLINED' },
    };
    return { ref, word };
  }

  #proof(use: string, text: string): string {
    return createHmac('sha256', this.#key).update(`${use} ${text}`).digest('base64url');
  }
}

const refOf = (kind: string, text: string): string =>
  `${kind}_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
