import pg from 'pg';
import type { Logger } from '../logger.ts';
import { wakeChannel } from '../outbox/outbox.queries.ts';

const retryMs = 500;
const heartbeatMs = 10_000;

export interface WakeListenerOptions {
  url: string;
  log: Logger;
  /** Something was committed for this clinic. */
  onWake: (clinicId: string) => void;
  /** The connection is back after a loss: wakes may have been missed. */
  onReconnect: () => void;
}

/** One dedicated connection that hears every commit's wake-up call, and finds its way back when it is lost. */
export class WakeListener {
  readonly #options: WakeListenerOptions;
  #client: pg.Client | null = null;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(options: WakeListenerOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#options.url, keepAlive: true, query_timeout: heartbeatMs });
    const lost = () => this.#lost(client);
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', (message) => {
      if (message.payload !== undefined) this.#options.onWake(message.payload);
    });
    await client.connect();
    await client.query(`listen ${wakeChannel}`);
    if (this.#stopped) return void client.end();
    this.#client = client;
    // A connection that died without a word is only noticed by asking it something.
    this.#timer = setInterval(() => void client.query('select 1').catch(lost), heartbeatMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#clearTimer();
    await this.#client?.end().catch(() => undefined);
    this.#client = null;
  }

  #lost(client: pg.Client): void {
    if (this.#stopped || this.#client !== client) return;
    this.#client = null;
    this.#clearTimer();
    this.#options.log.warn({}, 'the live connection was lost, connecting again');
    void client.end().catch(() => undefined);
    this.#tryAgain();
  }

  #tryAgain(): void {
    if (this.#stopped) return;
    setTimeout(() => {
      this.start().then(
        () => this.#options.onReconnect(),
        () => this.#tryAgain(),
      );
    }, retryMs).unref();
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}
