import pg from 'pg';
import { CompiledQuery } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Database } from './database.ts';
import { isStalePlan } from './pg-errors.ts';
import { Pipeline, type WireRow } from './pipeline.ts';
import type { Query } from './query-builder.ts';
import { nobody, nowOf, tenantSettings, type Tenant } from './tenant.ts';

interface Waiting {
  query: CompiledQuery;
  resolve: (rows: WireRow[]) => void;
  reject: (error: unknown) => void;
}

/**
 * Runs reads for one caller. All reads asked for in one tick go out together behind the caller's tenant, in one read-only
 * transaction and one round trip: a screen's worth of loaders costs one connection for as long as PostgreSQL answers.
 */
export class TickReader {
  readonly #database: Database;
  readonly #tenant: () => Tenant;
  readonly #realClock: Clock;
  #waiting: Waiting[] = [];

  constructor(database: Database, tenant: () => Tenant, realClock: Clock) {
    this.#database = database;
    this.#tenant = tenant;
    this.#realClock = realClock;
  }

  /** Returns the rows of a query, as far as the caller's row policies let them be seen. */
  rows<Row>(query: Query<Row>): Promise<Row[]> {
    const compiled = query.compile();
    return new Promise<Row[]>((resolve, reject) => {
      this.#waiting.push({ query: compiled, resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => void this.#flush());
    });
  }

  async first<Row>(query: Query<Row>): Promise<Row | null> {
    const [row] = await this.rows(query);
    return row ?? null;
  }

  async #flush(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    const tenant = this.#tenant();
    const statements = [readOnlyTenant(tenant, nowOf(tenant, this.#realClock)), ...batch.map(({ query }) => query)];
    try {
      const pool = this.#database.pool(tenant.pool);
      const [, ...results] = await runTogether(pool, statements, this.#database.types).catch((error: unknown) => {
        // A migration changed a table under a plan: nothing was written, so it is simply asked once more.
        if (isStalePlan(error)) return runTogether(pool, statements, this.#database.types);
        throw error;
      });
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] ?? []);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

async function runTogether(
  pool: pg.Pool,
  statements: readonly CompiledQuery[],
  types: pg.CustomTypesConfig,
): Promise<WireRow[][]> {
  const client = await pool.connect();
  const pipeline = new Pipeline(statements, types);
  let broken: Error | undefined;
  try {
    client.query(pipeline);
    await pipeline.ended;
    return pipeline.rows;
  } catch (error) {
    // What PostgreSQL refuses leaves the connection as it was; anything else may have left it in the middle of an answer.
    if (error instanceof Error && !(error instanceof pg.DatabaseError)) broken = error;
    throw error;
  } finally {
    client.release(broken);
  }
}

const tenantText = `select ${[...tenantSettings(nobody, new Date(0)).keys()]
  .map((name, index) => `set_config('${name}', $${index + 1}, true)`)
  .join(', ')}, set_config('transaction_read_only', 'on', true)`;

const readOnlyTenant = (tenant: Tenant, now: Date): CompiledQuery =>
  CompiledQuery.raw(tenantText, [...tenantSettings(tenant, now).values()]);
