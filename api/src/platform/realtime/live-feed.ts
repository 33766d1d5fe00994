import type { Clock } from '../clock.ts';
import type { Database } from '../db/database.ts';
import { TickReader } from '../db/tick-reader.ts';
import { systemIn } from '../db/tenant.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { eventsBetween, lastSequence } from '../outbox/outbox.queries.ts';
import { EventStream } from './event-stream.ts';
import { WakeListener } from './wake-listener.ts';

const pageSize = 500;
const dayMs = 24 * 60 * 60 * 1_000;

interface Hub {
  reader: TickReader;
  /** The clinic's, by which its events are dated. */
  clock: Clock;
  position: number;
  streams: Set<EventStream>;
  /** Streams that joined or are about to: an idle hub is forgotten when the last one leaves. */
  followers: number;
  isReading: boolean;
  isBehind: boolean;
}

/**
 * Follows the events of the clinics that somebody watches. A process reads a clinic's new events once, from its own
 * position, and hands them to all its followers: several processes over one database work as well as one.
 */
export class LiveFeed {
  readonly #database: Database;
  readonly #realClock: Clock;
  readonly #log: Logger;
  readonly #metrics: Metrics;
  readonly #hubs = new Map<string, Promise<Hub>>();
  readonly #wakeHandlers = new Set<(clinicId: string) => void>();
  readonly #listener: WakeListener;

  constructor(database: Database, realClock: Clock, log: Logger, metrics: Metrics) {
    this.#database = database;
    this.#realClock = realClock;
    this.#log = log;
    this.#metrics = metrics;
    this.#listener = new WakeListener({
      url: database.url,
      log,
      onWake: (clinicId) => this.#wake(clinicId),
      onReconnect: () => {
        for (const clinicId of this.#hubs.keys()) this.#wake(clinicId);
      },
    });
  }

  start(): Promise<void> {
    return this.#listener.start();
  }

  async stop(): Promise<void> {
    await this.#listener.stop();
    for (const pending of this.#hubs.values()) {
      const hub = await pending;
      for (const stream of hub.streams) await stream.return();
    }
    this.#hubs.clear();
  }

  /** Calls back with the clinic's id after each commit that left a fact. Returns how to end it. */
  onWake(handler: (clinicId: string) => void): () => void {
    this.#wakeHandlers.add(handler);
    return () => void this.#wakeHandlers.delete(handler);
  }

  /**
   * Follows a clinic's events from now on, or from just after a sequence number seen before. What was missed comes
   * first, in order; when it is older than a day by the clinic's clock, or the clinic never came so far, one resync item
   * comes in its place.
   */
  async follow(clinicId: string, clock: Clock, after: number | null): Promise<EventStream> {
    const hub = await this.#join(clinicId, clock);
    const last = await this.#lastSeen(clinicId, hub, after);
    let position = last ?? hub.position;
    const stream = new EventStream(position, () => this.#leave(clinicId, hub, stream));
    if (last !== after) stream.resync(position, hub.clock.now());
    // Live events must not overtake the backlog: the stream joins only once it has caught up with the hub.
    while (position < hub.position) position = await this.#catchUp(clinicId, hub, stream, position);
    hub.streams.add(stream);
    return stream;
  }

  /**
   * The place that a follower really came to. One beyond the clinic's last event is none of it: whoever waited from there
   * would hear nothing for a long time. This process may be behind, so the database says which is the last.
   */
  async #lastSeen(clinicId: string, hub: Hub, after: number | null): Promise<number | null> {
    if (after === null || after <= hub.position) return after;
    const head = await hub.reader.first(lastSequence(clinicId));
    return Math.min(after, head?.eventSequence ?? hub.position);
  }

  async #catchUp(clinicId: string, hub: Hub, stream: EventStream, start: number): Promise<number> {
    const target = hub.position;
    for (let position = start; position < target;) {
      const page = await hub.reader.rows(eventsBetween(clinicId, position, target, pageSize));
      const [first] = page;
      const isGone = first === undefined || first.sequence !== position + 1;
      if (isGone || first.at.getTime() < hub.clock.now().getTime() - dayMs) {
        stream.resync(target, hub.clock.now());
        return target;
      }
      for (const event of page) stream.push(event);
      position = page.at(-1)?.sequence ?? target;
    }
    return target;
  }

  async #join(clinicId: string, clock: Clock): Promise<Hub> {
    for (;;) {
      const pending = this.#hubs.get(clinicId) ?? this.#create(clinicId, clock);
      const hub = await pending;
      if (this.#hubs.get(clinicId) !== pending) continue;
      hub.followers += 1;
      hub.clock = clock;
      this.#metrics.subscriptionOpened();
      return hub;
    }
  }

  #create(clinicId: string, clock: Clock): Promise<Hub> {
    const pending = this.#open(clinicId, clock);
    this.#hubs.set(clinicId, pending);
    pending.catch(() => this.#hubs.delete(clinicId));
    return pending;
  }

  async #open(clinicId: string, clock: Clock): Promise<Hub> {
    const reader = new TickReader(this.#database, () => systemIn({ clinicId, clockOffsetMs: 0 }), this.#realClock);
    const head = await reader.first(lastSequence(clinicId));
    return {
      reader,
      clock,
      position: head?.eventSequence ?? 0,
      streams: new Set(),
      followers: 0,
      isReading: false,
      isBehind: false,
    };
  }

  #leave(clinicId: string, hub: Hub, stream: EventStream): void {
    hub.streams.delete(stream);
    hub.followers -= 1;
    this.#metrics.subscriptionClosed();
    if (hub.followers === 0) this.#hubs.delete(clinicId);
  }

  #wake(clinicId: string): void {
    for (const handler of this.#wakeHandlers) handler(clinicId);
    const pending = this.#hubs.get(clinicId);
    if (pending !== undefined) void pending.then((hub) => this.#pump(clinicId, hub)).catch(() => undefined);
  }

  async #pump(clinicId: string, hub: Hub): Promise<void> {
    hub.isBehind = true;
    if (hub.isReading) return;
    hub.isReading = true;
    try {
      while (hub.isBehind) {
        hub.isBehind = false;
        await this.#readOn(clinicId, hub);
      }
    } catch (error) {
      this.#log.error({ err: error, clinicId }, 'live events could not be read');
      setTimeout(() => this.#wake(clinicId), 1_000).unref();
    } finally {
      hub.isReading = false;
    }
  }

  async #readOn(clinicId: string, hub: Hub): Promise<void> {
    for (;;) {
      const page = await hub.reader.rows(eventsBetween(clinicId, hub.position, null, pageSize));
      for (const event of page) {
        hub.position = event.sequence;
        for (const stream of hub.streams) stream.push(event);
        this.#metrics.eventFannedOut(hub.streams.size, hub.clock.now().getTime() - event.at.getTime());
      }
      if (page.length < pageSize) return;
    }
  }
}
