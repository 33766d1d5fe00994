import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A code is ours: short, in capitals. Anything else would let callers grow the number of series. */
const codePattern = /^[A-Z][A-Z_]{1,39}$/;

export interface AnsweredRequest {
  method: string;
  /** The pattern of the route, never the address that was asked for. */
  route: string;
  statusCode: number;
  seconds: number;
}

export interface AnsweredOperation {
  type: 'query' | 'mutation' | 'subscription';
  transport: 'http' | 'websocket';
  /** The name of a registered operation; null for any other, for a caller could make up names without end. */
  registeredName: string | null;
  hasErrors: boolean;
  seconds: number;
}

/**
 * What one process counts about itself, for Prometheus. Labels come from short lists that the code knows: no ids, no
 * names that callers choose, nothing of a patient.
 */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests = this.#histogram('http_request_duration_seconds', 'Answered HTTP requests.', [
    'method',
    'route',
    'status',
  ]);
  readonly #operations = this.#histogram('graphql_operation_duration_seconds', 'Answered GraphQL operations.', [
    'type',
    'transport',
    'operation',
    'outcome',
  ]);
  readonly #errors = this.#counter('graphql_errors_total', 'Errors in GraphQL answers, by code.', ['code']);
  readonly #sockets = this.#gauge('sockets', 'Open WebSocket connections.', []);
  readonly #subscriptions = this.#gauge('subscriptions', 'Live operations that are being followed.', []);
  readonly #liveEvents = this.#counter('live_events_total', 'Events that this process read for its followers.', []);
  readonly #liveUpdates = this.#counter('live_updates_total', 'Events handed to followers: the fan-out.', []);
  readonly #liveDelay = this.#histogram(
    'live_event_delay_seconds',
    'From the moment an event was written until it was handed to its followers.',
    [],
  );
  readonly #deliveries = this.#counter('deliveries_total', 'Messages that were handed to a provider.', [
    'channel',
    'outcome',
  ]);
  readonly #jobs = this.#histogram('job_duration_seconds', 'Runs of the clockwork.', ['job', 'outcome']);

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  requestAnswered({ method, route, statusCode, seconds }: AnsweredRequest): void {
    this.#requests.observe({ method, route, status: String(statusCode) }, seconds);
  }

  operationAnswered({ type, transport, registeredName, hasErrors, seconds }: AnsweredOperation): void {
    const outcome = hasErrors ? 'errors' : 'ok';
    this.#operations.observe({ type, transport, operation: registeredName ?? 'other', outcome }, seconds);
  }

  errorAnswered(code: string): void {
    this.#errors.inc({ code: codePattern.test(code) ? code : 'other' });
  }

  socketOpened(): void {
    this.#sockets.inc();
  }

  socketClosed(): void {
    this.#sockets.dec();
  }

  subscriptionOpened(): void {
    this.#subscriptions.inc();
  }

  subscriptionClosed(): void {
    this.#subscriptions.dec();
  }

  /** @param delayMs  since the event was written; clocks of two machines may differ, so less than nothing is nothing */
  eventFannedOut(followers: number, delayMs: number): void {
    this.#liveEvents.inc();
    this.#liveUpdates.inc(followers);
    this.#liveDelay.observe(Math.max(0, delayMs) / 1_000);
  }

  deliveryTried(channel: string, isSent: boolean): void {
    this.#deliveries.inc({ channel, outcome: isSent ? 'sent' : 'failed' });
  }

  jobRan(job: string, isDone: boolean, seconds: number): void {
    this.#jobs.observe({ job, outcome: isDone ? 'done' : 'failed' }, seconds);
  }

  /** A gauge that is measured when somebody reads the metrics. What cannot be measured then is left out. */
  measuredGauge(name: string, help: string, labelNames: string[], measure: () => Reading[] | Promise<Reading[]>): void {
    this.#gauge(name, help, labelNames, async function collect(this: Gauge) {
      this.reset();
      for (const { labels, value } of await Promise.resolve(measure()).catch(() => [])) this.set(labels, value);
    });
  }

  #counter(name: string, help: string, labelNames: string[]): Counter {
    return new Counter({ name: `clinigraph_${name}`, help, labelNames, registers: [this.registry] });
  }

  #gauge(name: string, help: string, labelNames: string[], collect?: (this: Gauge) => Promise<void>): Gauge {
    return new Gauge({ name: `clinigraph_${name}`, help, labelNames, registers: [this.registry], collect });
  }

  #histogram(name: string, help: string, labelNames: string[]): Histogram {
    return new Histogram({
      name: `clinigraph_${name}`,
      help,
      labelNames,
      buckets: secondsBuckets,
      registers: [this.registry],
    });
  }
}

export interface Reading {
  labels: Record<string, string>;
  value: number;
}
