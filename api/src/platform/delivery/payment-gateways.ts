import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../clock.ts';
import { ForgedWebhook, type GatewayEvent, type PaymentGateway, type PaymentSettings } from './payment-gateway.ts';
import { StandInGateway } from './stand-in-gateway.ts';
import { SteadyGateway } from './steady-gateway.ts';
import { StripeGateway } from './stripe-gateway.ts';

export interface HeardEvent extends GatewayEvent {
  gateway: string;
}

/**
 * The gateways of an installation. In a sandbox no money moves, whatever the installation has: there it is always the
 * built-in page.
 */
export class PaymentGateways {
  readonly standIn: StandInGateway;
  readonly #real: PaymentGateway | null;

  constructor(settings: PaymentSettings, of: { secret: string; publicUrl: string; clock: Clock }) {
    this.standIn = new StandInGateway(of.secret, of.publicUrl, of.clock);
    this.#real = this.#open(settings, of.clock);
  }

  #open(settings: PaymentSettings, clock: Clock): PaymentGateway | null {
    switch (settings.kind) {
      case 'none':
        return null;
      case 'stand-in':
        return this.standIn;
      case 'stripe':
        return new SteadyGateway(new StripeGateway(settings, clock), clock);
    }
  }

  /** Where a clinic's patients pay; null when they cannot. */
  of({ sandbox }: { sandbox: boolean }): PaymentGateway | null {
    return sandbox ? this.standIn : this.#real;
  }

  /** The one at which something was asked for before; null when this installation has it no more. */
  named(name: string): PaymentGateway | null {
    return [this.#real, this.standIn].find((gateway) => gateway?.name === name) ?? null;
  }

  /** @throws ForgedWebhook when no gateway here has signed it */
  readWebhook(rawBody: Buffer, headers: IncomingHttpHeaders): HeardEvent {
    for (const gateway of [this.#real, this.standIn]) {
      const event = gateway?.readWebhook(rawBody, headers) ?? null;
      if (gateway !== null && event !== null) return { ...event, gateway: gateway.name };
    }
    throw new ForgedWebhook('There is no signature.');
  }
}
