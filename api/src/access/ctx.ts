import DataLoader from 'dataloader';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Query } from '../platform/db/query-builder.ts';
import { TickReader } from '../platform/db/tick-reader.ts';
import { nowOf, systemIn, systemOutside, type ClinicPlace, type Tenant } from '../platform/db/tenant.ts';
import type { Actor, Transaction, TransactionContext } from '../platform/db/transaction.ts';
import { unauthenticated } from '../platform/errors.ts';
import { defineIdKind } from '../platform/ids.ts';
import type { Once } from '../platform/idempotency/once.ts';
import type { FileStore } from '../platform/delivery/files.ts';
import type { PaymentGateways } from '../platform/delivery/payment-gateways.ts';
import type { Logger } from '../platform/logger.ts';
import type { Metrics } from '../platform/metrics/metrics.ts';
import type { RateLimits } from '../platform/rate-limits.ts';
import type { LiveFeed } from '../platform/realtime/live-feed.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import type { SignedLinks } from '../platform/signed-links.ts';
import { actorOf, tenantOf, type Viewer } from './viewer.ts';

const eventId = defineIdKind('Event', 0xa7e);

/** What the use cases must know of how this installation is set up. */
export interface Settings {
  /** Where people reach the app, without a slash at the end: links in letters start with it. */
  publicUrl: string;
  /** After so long without doing anything a member of staff is signed out; 0 for never. */
  idleMinutes: number;
}

/** What one process shares between its requests. */
export interface Runtime {
  db: Database;
  /** Real time: for sessions, tokens, limits. What happens in a clinic takes its time from Ctx.clock. */
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  live: LiveFeed;
  settings: Settings;
  secrets: SecretBox;
  /** Addresses that open one document for some minutes: see access/documents.ts. */
  links: SignedLinks;
  /** The bytes of patients' files. */
  files: FileStore;
  /** Where patients pay online. */
  gateways: PaymentGateways;
  limits: RateLimits;
  beforeCommit: (tx: Transaction) => Promise<void>;
  /** Turns an access token into the session it names; null when it is not one of ours or has expired. */
  readAccessToken: (token: string) => Promise<string | null>;
  /** Reads who a session is at this moment; null once it has ended. */
  readSession: (ctx: Ctx, sessionId: string) => Promise<Viewer | null>;
  /** Signs a short-lived access token for a session. */
  issueAccessToken: (sessionId: string) => Promise<{ token: string; expiresAt: Date }>;
}

/** The browser's refresh cookie; sockets and scripts have none. */
export interface RefreshCookie {
  read(): string | null;
  write(token: string, expiresAt: Date): void;
  clear(): void;
}

/** How the caller came in. */
export interface Caller {
  requestId: string;
  ipAddress: string | null;
  userAgent: string | null;
  /** The screen asked by itself: it says nothing about whether somebody sits before it. */
  isBackground: boolean;
  refreshCookie: RefreshCookie;
  /** The Idempotency-Key that the request carries. */
  idempotencyKey: string | null;
  /** Set for a request that must have its effect once: see app/idempotency.service.ts. */
  once: Once | null;
}

/** Who calls when nobody does: jobs, seeds, scripts. */
export const noCaller: Caller = {
  requestId: 'internal',
  ipAddress: null,
  userAgent: null,
  isBackground: true,
  idempotencyKey: null,
  once: null,
  refreshCookie: { read: () => null, write: () => undefined, clear: () => undefined },
};

/**
 * Fetches many by key in one query. Defined once per kind of row; what it fetched lives as long as a request's answer.
 * Keys that are no text need `keyText`: what makes two of them the same.
 */
export class Loader<Key, Value> {
  readonly #batch: (ctx: Ctx, keys: readonly Key[]) => Promise<Value[]>;
  readonly #keyText: (key: Key) => unknown;
  readonly #perAnswer = new WeakMap<object, DataLoader<Key, Value, unknown>>();

  constructor(
    batch: (ctx: Ctx, keys: readonly Key[]) => Promise<Value[]>,
    keyText: (key: Key) => unknown = (key) => key,
  ) {
    this.#batch = batch;
    this.#keyText = keyText;
  }

  load(ctx: Ctx, answer: object, key: Key): Promise<Value> {
    let loader = this.#perAnswer.get(answer);
    if (loader === undefined) {
      loader = new DataLoader<Key, Value, unknown>((keys) => this.#batch(ctx, keys), { cacheKeyFn: this.#keyText });
      this.#perAnswer.set(answer, loader);
    }
    return loader.load(key);
  }
}

/** Who asks, and all that a use case needs to answer. */
export class Ctx implements TransactionContext {
  readonly runtime: Runtime;
  readonly caller: Caller;
  readonly db: Database;
  readonly realClock: Clock;
  /** The clinic's clock, which a sandbox can move; outside of any clinic it shows real time. */
  readonly clock: Clock = { now: () => nowOf(this.tenant, this.realClock) };
  readonly log: Logger;
  readonly live: LiveFeed;
  readonly beforeCommit: (tx: Transaction) => Promise<void>;
  readonly makeFactId = eventId.make;
  #viewer: Viewer | null;
  #lastViewer: Viewer | null;
  readonly #system: { tenant: Tenant; actor: Actor } | null;
  readonly #reader: TickReader;
  /** What was read so far belongs to it; a new one forgets everything. */
  #answer: object = {};

  constructor(
    runtime: Runtime,
    caller: Caller,
    viewer: Viewer | null,
    system: { tenant: Tenant; actor: Actor } | null = null,
  ) {
    this.runtime = runtime;
    this.caller = caller;
    this.db = runtime.db;
    this.realClock = runtime.clock;
    this.log = runtime.log;
    this.live = runtime.live;
    this.beforeCommit = runtime.beforeCommit;
    this.#viewer = viewer;
    this.#lastViewer = viewer;
    this.#system = system;
    this.#reader = new TickReader(runtime.db, () => this.tenant, runtime.clock);
  }

  get once(): Once | null {
    return this.caller.once;
  }

  get viewer(): Viewer | null {
    return this.#viewer;
  }

  /** Who the caller is, or was until they signed out in this very request. */
  get lastViewer(): Viewer | null {
    return this.#lastViewer;
  }

  get tenant(): Tenant {
    return this.#system?.tenant ?? tenantOf(this.#viewer);
  }

  get actor(): Actor {
    return this.#system?.actor ?? actorOf(this.#viewer, this.caller.ipAddress);
  }

  /** @throws RequestError UNAUTHENTICATED without a session */
  get signedIn(): Viewer {
    if (this.#viewer === null) throw unauthenticated();
    return this.#viewer;
  }

  get clinicId(): string {
    const { clinicId } = this.tenant;
    if (clinicId === null) throw unauthenticated();
    return clinicId;
  }

  /** The caller's clinic with its clock. */
  get place(): ClinicPlace {
    return { clinicId: this.clinicId, clockOffsetMs: this.tenant.clockOffsetMs };
  }

  /** Goes on as another viewer: after signing in, or when the session changed under an open socket. */
  becomes(viewer: Viewer | null): void {
    this.#viewer = viewer;
    this.#lastViewer = viewer ?? this.#lastViewer;
    this.forget();
  }

  /** Looks again who the session is: it may have ended, or its role changed, while a socket was open. */
  async refreshViewer(): Promise<Viewer | null> {
    if (this.#viewer !== null) this.becomes(await this.runtime.readSession(this, this.#viewer.sessionId));
    return this.#viewer;
  }

  /**
   * The app itself, inside one clinic: for jobs, and for what a person may do beyond their own rows. The user is whose
   * own rows it may touch; the actor is whoever is named for it.
   */
  asSystem(place: ClinicPlace, userId: string | null = null, actor: Actor = actorOf(null, this.caller.ipAddress)): Ctx {
    return new Ctx(this.runtime, this.caller, null, {
      tenant: systemIn(place, userId),
      actor: { ...actor, userId: actor.userId ?? userId },
    });
  }

  /** The app itself in no clinic, for what belongs to a person alone. */
  asSystemOutside(userId: string | null = null): Ctx {
    return new Ctx(this.runtime, this.caller, null, {
      tenant: systemOutside(userId),
      actor: { ...this.actor, userId: this.actor.userId ?? userId },
    });
  }

  rows<Row>(query: Query<Row>): Promise<Row[]> {
    return this.#reader.rows(query);
  }

  first<Row>(query: Query<Row>): Promise<Row | null> {
    return this.#reader.first(query);
  }

  load<Key, Value>(loader: Loader<Key, Value>, key: Key): Promise<Value> {
    return loader.load(this, this.#answer, key);
  }

  /** Throws away what was read: the next answer comes from the database as it is now. */
  forget(): void {
    this.#answer = {};
  }
}

/** A loader of rows by their own id; what is not there, or not the caller's, is null. */
export function loadById<Row extends { id: string }>(
  query: (ids: readonly string[], ctx: Ctx) => Query<Row>,
): Loader<string, Row | null> {
  return new Loader(async (ctx, ids) => {
    const rows = new Map((await ctx.rows(query(ids, ctx))).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  });
}

/** A loader of the rows that belong to each of many parents, in the query's order. */
export function loadByParent<Row>(
  parentOf: (row: Row) => string,
  query: (parentIds: readonly string[], ctx: Ctx) => Query<Row>,
): Loader<string, Row[]> {
  return new Loader(async (ctx, parentIds) => {
    const groups = new Map<string, Row[]>(parentIds.map((id) => [id, []]));
    for (const row of await ctx.rows(query(parentIds, ctx))) groups.get(parentOf(row))?.push(row);
    return parentIds.map((id) => groups.get(id) ?? []);
  });
}
