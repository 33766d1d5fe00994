import type { IncomingHttpHeaders } from 'node:http';

/** A page at the gateway on which somebody pays one amount. Nothing of a patient is in it. */
export interface CheckoutRequest {
  clinicId: string;
  /** Our payment; it is the idempotency key too: asked again, the gateway answers with the same page. */
  paymentId: string;
  /** Minor units of the currency. */
  amountMinor: number;
  currency: string;
  /** What the payer reads: the bill's number. */
  description: string;
  successUrl: string;
  cancelUrl: string;
  /** When the page closes, in real time: half an hour ahead at least, a day at most. */
  expiresAt: Date;
}

export interface CheckoutSession {
  /** The gateway's own id of the page. */
  ref: string;
  url: string;
}

/** What came in, as the gateway says it. */
export interface Receipt {
  /** The gateway's own id of the payment. */
  paymentRef: string;
  amountMinor: number;
  currency: string;
}

/** How a page stands. PROCESSING: somebody has paid, and the gateway waits for the money itself. */
export type CheckoutState =
  { state: 'OPEN' | 'PROCESSING' | 'EXPIRED' | 'DECLINED' } | { state: 'PAID'; receipt: Receipt };

export interface RefundRequest {
  clinicId: string;
  paymentId: string;
  /** Our refund; it is the idempotency key too. */
  refundId: string;
  paymentRef: string;
  amountMinor: number;
  currency: string;
}

export type RefundState = 'PENDING' | 'PAID' | 'FAILED';

/** What a gateway tells by itself, about something that we asked it for. */
export type GatewayWord =
  | { about: 'CHECKOUT'; clinicId: string; paymentId: string; state: CheckoutState }
  | { about: 'REFUND'; clinicId: string; paymentId: string; refundId: string; state: RefundState }
  /** All that has gone back of a payment, whoever gave it back: minor units of its currency. */
  | { about: 'TOTAL_BACK'; clinicId: string; paymentId: string; amountMinor: number };

export interface GatewayEvent {
  /** The gateway's own id: the same however often it is told. */
  ref: string;
  /** Null when it is about nothing of ours. */
  word: GatewayWord | null;
}

/**
 * Where patients pay online: one for an installation, and the built-in page for what is not real money.
 *
 * Every call has a time limit of seconds. It throws GatewayRefused when the gateway has said no for good; any other error
 * means that nobody knows what happened there, and that the same call may be made again.
 */
export interface PaymentGateway {
  readonly name: string;
  createCheckout(request: CheckoutRequest): Promise<CheckoutSession>;
  lookAt(sessionRef: string): Promise<CheckoutState>;
  /** Closes a page that nobody is to pay on any more. */
  close(sessionRef: string): Promise<void>;
  /** Gives money back, once for one `refundId`; asked again it says how that stands. */
  refund(request: RefundRequest): Promise<RefundState>;
  /**
   * Reads what came in at the webhook's door.
   *
   * @returns null when the request is not this gateway's
   * @throws ForgedWebhook when it says it is, and its signature is wrong or too old
   */
  readWebhook(rawBody: Buffer, headers: IncomingHttpHeaders): GatewayEvent | null;
}

/** What went wrong at the gateway, in its own word, which is all that a log keeps of it. */
export class GatewayError extends Error {
  override readonly name: string = 'GatewayError';
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

export class GatewayRefused extends GatewayError {
  override readonly name = 'GatewayRefused';
}

export class ForgedWebhook extends Error {
  override readonly name = 'ForgedWebhook';
}

/** What the settings say about paying online. */
export type PaymentSettings =
  | { kind: 'none' }
  /** The built-in page, for development and the demo. */
  | { kind: 'stand-in' }
  | {
      kind: 'stripe';
      secretKey: string;
      webhookSecret: string;
      /** Null for Stripe's own. */
      apiUrl: string | null;
    };
