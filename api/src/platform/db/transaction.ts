import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from '../clock.ts';
import type { Once } from '../idempotency/once.ts';
import type { Database } from './database.ts';
import { isWorthRetrying } from './pg-errors.ts';
import { camelCase, type Query } from './query-builder.ts';
import { nowOf, tenantStatement, type Tenant } from './tenant.ts';

/** Something that happened, as its readers get it: ids alone, never what a person wrote. */
export interface Fact {
  type: string;
  subjectId: string;
  payload: Record<string, string | null>;
}

/** A line of the audit trail: verb and object, and what changed. Never clinical text or a secret. */
export interface AuditNote {
  action: string;
  subjectId: string | null;
  changes?: Record<string, unknown>;
}

/** Who is named for what a transaction does. Null ids for a partner's key and for the app itself. */
export interface Actor {
  userId: string | null;
  name: string;
  role: string | null;
  ipAddress: string | null;
}

export interface RecordedFact extends Fact {
  id: string;
}

/** One unit of writing: rows, facts and audit lines commit together or not at all. */
export interface Transaction {
  readonly em: EntityManager;
  readonly tenant: Tenant;
  readonly actor: Actor;
  /** The clinic's now, the same for everything this transaction writes. */
  readonly now: Date;
  /** The real now, whatever the clinic's clock shows: for sessions, links and letters, which belong to no clinic. */
  readonly realNow: Date;
  readonly facts: readonly RecordedFact[];
  readonly auditNotes: readonly AuditNote[];
  record(fact: Fact): RecordedFact;
  audit(note: AuditNote): void;
  rows<Row>(query: Query<Row>): Promise<Row[]>;
}

export interface TransactionContext {
  db: Database;
  tenant: Tenant;
  actor: Actor;
  /** Real time; the tenant says what its clinic's clock shows beside it. */
  realClock: Clock;
  /** Runs before every commit: handlers of the facts, the audit trail, the outbox. Connected in app/. */
  beforeCommit: (tx: Transaction) => Promise<void>;
  makeFactId: (at: Date) => string;
  /** The request may come twice and must have its effect once; null for most. */
  once: Once | null;
}

/**
 * Thrown by work that finds, under its locks, that it took them for what it had read before and what has changed since:
 * the locks are the wrong ones. It runs again from the start.
 */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

const attemptLimit = 3;

/**
 * Runs one writing transaction in the caller's tenant. After a deadlock, or when it was overtaken, it is tried again from
 * the start, so `work` must take everything it needs from its arguments and have no effect outside the database.
 *
 * A request with an Idempotency-Key that had its effect before has none now: its first result is returned again.
 *
 * @throws Error when nothing was audited: a change that leaves no trace is a defect
 */
export async function inTransaction<Result>(
  context: TransactionContext,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const once = context.once?.takenFor(context.tenant.clinicId) ?? null;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptTransaction(context, once, work);
    } catch (error) {
      if (attempt >= attemptLimit || !(error instanceof Overtaken || isWorthRetrying(error))) throw error;
    }
  }
}

/**
 * Runs one statement of bookkeeping in the caller's tenant, in a transaction of its own: how a long change is going, when
 * a session was last used. Nothing that a person wrote or decided may go this way: it leaves no audit entry.
 */
export async function noteBeside(context: TransactionContext, query: Query<unknown>): Promise<void> {
  await context.db.entityManager(context.tenant.pool).transactional(async (em) => {
    await em.execute(tenantStatement(context.tenant, nowOf(context.tenant, context.realClock)));
    await em.getKysely().withPlugin(camelCase).executeQuery(query.compile());
  });
}

function attemptTransaction<Result>(
  context: TransactionContext,
  once: Once | null,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return context.db.entityManager(context.tenant.pool).transactional(async (em) => {
    const tx = openTransaction(context, em);
    await em.execute(tenantStatement(context.tenant, tx.now));
    const earlier = await once?.claim(tx);
    if (earlier != null) return earlier.result;
    const result = await work(tx);
    await em.flush();
    await context.beforeCommit(tx);
    await once?.keep(tx, result);
    if (tx.auditNotes.length === 0) throw new Error('A writing transaction must leave an audit entry.');
    return result;
  });
}

function openTransaction(context: TransactionContext, em: EntityManager): Transaction {
  const realNow = context.realClock.now();
  const now = nowOf(context.tenant, { now: () => realNow });
  const facts: RecordedFact[] = [];
  const auditNotes: AuditNote[] = [];
  return {
    em,
    tenant: context.tenant,
    actor: context.actor,
    now,
    realNow,
    facts,
    auditNotes,
    record(fact) {
      const recorded = { ...fact, id: context.makeFactId(now) };
      facts.push(recorded);
      return recorded;
    },
    audit(note) {
      auditNotes.push(note);
    },
    async rows<Row>(query: Query<Row>) {
      const { rows } = await em.getKysely().withPlugin(camelCase).executeQuery(query.compile());
      return rows;
    },
  };
}

/**
 * Takes the locks that serialise writers, in the order given, until the transaction ends. Callers name a doctor first,
 * then a patient, then lock the row itself; the clinic's counters come last by themselves. One order for all means
 * that writers queue up and never wait for each other in a circle.
 */
export async function lockInOrder(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  // A select's columns are evaluated from left to right, so one statement takes them in this order too.
  const locks = ids.map((id) => sql`pg_advisory_xact_lock(hashtextextended(${id}, 0))`);
  await sql`select ${sql.join(locks)}`.execute(tx.em.getKysely());
}
