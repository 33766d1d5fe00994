import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../clock.ts';
import {
  GatewayError,
  GatewayRefused,
  type CheckoutRequest,
  type CheckoutSession,
  type CheckoutState,
  type GatewayEvent,
  type PaymentGateway,
  type RefundRequest,
  type RefundState,
} from './payment-gateway.ts';

/** After a call that got no answer, nobody waits for the next ones so long, milliseconds. */
const restMs = 10_000;

/**
 * A gateway that is asked no more for a while after it did not answer: one that hangs must not hold up, call by call, all
 * that a clinic's worker has to do beside.
 */
export class SteadyGateway implements PaymentGateway {
  readonly #gateway: PaymentGateway;
  readonly #clock: Clock;
  #restsUntil = 0;

  constructor(gateway: PaymentGateway, clock: Clock) {
    this.#gateway = gateway;
    this.#clock = clock;
  }

  get name(): string {
    return this.#gateway.name;
  }

  createCheckout(request: CheckoutRequest): Promise<CheckoutSession> {
    return this.#ask(() => this.#gateway.createCheckout(request));
  }

  lookAt(sessionRef: string): Promise<CheckoutState> {
    return this.#ask(() => this.#gateway.lookAt(sessionRef));
  }

  close(sessionRef: string): Promise<void> {
    return this.#ask(() => this.#gateway.close(sessionRef));
  }

  refund(request: RefundRequest): Promise<RefundState> {
    return this.#ask(() => this.#gateway.refund(request));
  }

  readWebhook(rawBody: Buffer, headers: IncomingHttpHeaders): GatewayEvent | null {
    return this.#gateway.readWebhook(rawBody, headers);
  }

  async #ask<Result>(call: () => Promise<Result>): Promise<Result> {
    if (this.#clock.now().getTime() < this.#restsUntil)
      throw new GatewayError('The payment gateway did not answer just now.', 'RESTS');
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof GatewayRefused)) this.#restsUntil = this.#clock.now().getTime() + restMs;
      throw error;
    }
  }
}
