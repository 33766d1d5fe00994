import { CompiledQuery, type Kysely } from 'kysely';
import type { Database } from './database.ts';
import type { Query } from './query-builder.ts';
import { tenantStatement, type Tenant } from './tenant.ts';

interface Waiting {
  run: (connection: Kysely<object>) => Promise<void>;
  reject: (error: unknown) => void;
}

/**
 * Runs reads for one caller. All reads asked for in one tick share one read-only transaction, so a screen's worth of
 * loaders costs one connection and one tenant context.
 */
export class TickReader {
  readonly #database: Database;
  readonly #tenant: () => Tenant;
  #waiting: Waiting[] = [];

  constructor(database: Database, tenant: () => Tenant) {
    this.#database = database;
    this.#tenant = tenant;
  }

  /** Returns the rows of a query, as far as the caller's row policies let them be seen. */
  rows<Row>(query: Query<Row>): Promise<Row[]> {
    const compiled = query.compile();
    return new Promise<Row[]>((resolve, reject) => {
      const run = async (connection: Kysely<object>) => resolve((await connection.executeQuery(compiled)).rows);
      this.#waiting.push({ run, reject });
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
    try {
      await this.#database
        .reader(tenant.pool)
        .transaction()
        .setAccessMode('read only')
        .execute(async (connection) => {
          await connection.executeQuery(CompiledQuery.raw(tenantStatement(tenant)));
          for (const { run } of batch) await run(connection);
        });
    } catch (error) {
      // Those that were answered before the failure keep their answer.
      for (const { reject } of batch) reject(error);
    }
  }
}
