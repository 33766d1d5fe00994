import type { IncomingHttpHeaders } from 'node:http';
import Stripe from 'stripe';
import type { Clock } from '../clock.ts';
import {
  ForgedWebhook,
  GatewayError,
  GatewayRefused,
  type CheckoutRequest,
  type CheckoutSession,
  type CheckoutState,
  type GatewayEvent,
  type GatewayWord,
  type PaymentGateway,
  type PaymentSettings,
  type Receipt,
  type RefundRequest,
  type RefundState,
} from './payment-gateway.ts';
import { fromStripe, toStripe } from './stripe-amount.ts';

/** Somebody waits before the screen: one try more, and then an answer within ten seconds. */
const timeoutMs = 4_000;
const retries = 1;
/** As far as a webhook's time may lie behind, seconds: what is older was kept by somebody. */
const toleranceSeconds = 300;
/** A payment is given back in so many parts at most; it only guards the answer's size. */
const refundsPerPayment = 100;

/** What goes with everything that is made at Stripe, so that its word finds the way back. Ids alone. */
interface Marks {
  clinic: string;
  payment: string;
}

/** Stripe Checkout: https://docs.stripe.com/payments/checkout */
export class StripeGateway implements PaymentGateway {
  readonly name = 'stripe';
  readonly #stripe: Stripe;
  readonly #webhookSecret: string;
  readonly #clock: Clock;

  constructor({ secretKey, webhookSecret, apiUrl }: PaymentSettings & { kind: 'stripe' }, clock: Clock) {
    this.#stripe = new Stripe(secretKey, {
      timeout: timeoutMs,
      maxNetworkRetries: retries,
      telemetry: false,
      ...(apiUrl === null ? {} : placeOf(new URL(apiUrl))),
    });
    this.#webhookSecret = webhookSecret;
    this.#clock = clock;
  }

  async createCheckout(request: CheckoutRequest): Promise<CheckoutSession> {
    const { clinicId, paymentId, currency } = request;
    const metadata = { clinic: clinicId, payment: paymentId };
    const line = {
      quantity: 1,
      price_data: {
        currency: currency.toLowerCase(),
        unit_amount: toStripe(request.amountMinor, currency),
        product_data: { name: request.description },
      },
    };
    const session = await inPlainWords(() =>
      this.#stripe.checkout.sessions.create(
        {
          mode: 'payment',
          line_items: [line],
          client_reference_id: paymentId,
          metadata,
          payment_intent_data: { metadata },
          success_url: request.successUrl,
          cancel_url: request.cancelUrl,
          expires_at: Math.floor(request.expiresAt.getTime() / 1_000),
        },
        { idempotencyKey: `checkout-${paymentId}` },
      ),
    );
    if (session.url === null) throw new GatewayRefused('The gateway has made no page to pay on.', 'NO_PAGE');
    return { ref: session.id, url: session.url };
  }

  async lookAt(sessionRef: string): Promise<CheckoutState> {
    return stateOf(await inPlainWords(() => this.#stripe.checkout.sessions.retrieve(sessionRef)));
  }

  async close(sessionRef: string): Promise<void> {
    await inPlainWords(() => this.#stripe.checkout.sessions.expire(sessionRef));
  }

  async refund({ clinicId, paymentId, refundId, ...of }: RefundRequest): Promise<RefundState> {
    return inPlainWords(async () => {
      // Stripe forgets its idempotency keys after a day; what it has done it knows for ever.
      const known = await this.#stripe.refunds.list({ payment_intent: of.paymentRef, limit: refundsPerPayment });
      const earlier = known.data.find(({ metadata }) => metadata?.['refund'] === refundId);
      if (earlier !== undefined) return refundStateOf(earlier.status);
      const made = await this.#stripe.refunds.create(
        {
          payment_intent: of.paymentRef,
          amount: toStripe(of.amountMinor, of.currency),
          metadata: { clinic: clinicId, payment: paymentId, refund: refundId },
        },
        { idempotencyKey: `refund-${refundId}` },
      );
      return refundStateOf(made.status);
    });
  }

  readWebhook(rawBody: Buffer, headers: IncomingHttpHeaders): GatewayEvent | null {
    const signature = headers['stripe-signature'];
    if (signature === undefined) return null;
    const event = this.#verified(rawBody, signature);
    return { ref: event.id, word: wordOf(event) };
  }

  #verified(rawBody: Buffer, signature: string | string[]): Stripe.Event {
    const now = this.#clock.now().getTime();
    try {
      return this.#stripe.webhooks.constructEvent(
        rawBody,
        signature,
        this.#webhookSecret,
        toleranceSeconds,
        undefined,
        now,
      );
    } catch {
      throw new ForgedWebhook('The signature is wrong or too old.');
    }
  }
}

const placeOf = ({ hostname, port, protocol }: URL) => ({
  host: hostname,
  port: port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port),
  protocol: protocol === 'http:' ? ('http' as const) : ('https' as const),
});

function wordOf(event: Stripe.Event): GatewayWord | null {
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
    case 'checkout.session.expired':
      return checkoutWord(event.data.object, stateOf(event.data.object));
    case 'checkout.session.async_payment_failed':
      return checkoutWord(event.data.object, { state: 'DECLINED' });
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
    case 'charge.refund.updated':
      return refundWord(event.data.object);
    case 'charge.refunded':
      return totalBackWord(event.data.object);
    default:
      return null;
  }
}

function checkoutWord({ metadata }: Stripe.Checkout.Session, state: CheckoutState): GatewayWord | null {
  const marks = marksOf(metadata);
  return marks === null ? null : { about: 'CHECKOUT', clinicId: marks.clinic, paymentId: marks.payment, state };
}

/** A charge bears its payment's marks, also when somebody gives it back by hand on Stripe's own pages. */
function totalBackWord({ metadata, amount_refunded: amount, currency }: Stripe.Charge): GatewayWord | null {
  const marks = marksOf(metadata);
  if (marks === null) return null;
  const amountMinor = fromStripe(amount, currency.toUpperCase());
  return { about: 'TOTAL_BACK', clinicId: marks.clinic, paymentId: marks.payment, amountMinor };
}

/** What somebody gives back by hand bears no mark of ours: there is no refund to book. */
function refundWord({ metadata, status }: Stripe.Refund): GatewayWord | null {
  const marks = marksOf(metadata);
  const refundId = metadata?.['refund'];
  if (marks === null || refundId === undefined) return null;
  const { clinic: clinicId, payment: paymentId } = marks;
  return { about: 'REFUND', clinicId, paymentId, refundId, state: refundStateOf(status) };
}

function marksOf(metadata: Stripe.Metadata | null): Marks | null {
  const { clinic, payment } = metadata ?? {};
  return clinic === undefined || payment === undefined ? null : { clinic, payment };
}

function stateOf(session: Stripe.Checkout.Session): CheckoutState {
  if (session.status === 'expired') return { state: 'EXPIRED' };
  if (session.status !== 'complete') return { state: 'OPEN' };
  const receipt = session.payment_status === 'paid' ? receiptOf(session) : null;
  return receipt === null ? { state: 'PROCESSING' } : { state: 'PAID', receipt };
}

function receiptOf({ payment_intent: intent, amount_total: total, currency }: Stripe.Checkout.Session): Receipt | null {
  if (intent === null || total === null || currency === null) return null;
  const code = currency.toUpperCase();
  return {
    paymentRef: typeof intent === 'string' ? intent : intent.id,
    amountMinor: fromStripe(total, code),
    currency: code,
  };
}

function refundStateOf(status: string | null): RefundState {
  if (status === 'succeeded') return 'PAID';
  return status === 'failed' || status === 'canceled' ? 'FAILED' : 'PENDING';
}

/** Stripe's errors hold the whole request; what is logged of them is their kind. */
async function inPlainWords<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const code = [error.type, error.code, error.statusCode].filter(Boolean).join('.');
    const words = `Stripe said ${code}.`;
    const isForGood =
      error instanceof Stripe.errors.StripeInvalidRequestError || error instanceof Stripe.errors.StripeCardError;
    throw isForGood ? new GatewayRefused(words, code) : new GatewayError(words, code);
  }
}
