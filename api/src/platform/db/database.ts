import { MikroORM, type EntityManager, type EntitySchemaWithMeta } from '@mikro-orm/postgresql';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Logger } from '../logger.ts';
import { PooledClient } from './pooled-client.ts';
import { camelCase, type Query } from './query-builder.ts';
import type { PoolKind } from './tenant.ts';

export interface DatabaseOptions {
  url: string;
  entities: EntitySchemaWithMeta[];
  log: Logger;
  /** Connections of each of the three pools. */
  poolSize?: number;
  /** How long a request waits for a free connection, milliseconds. */
  poolWaitMs?: number;
  statementTimeoutMs?: number;
}

/**
 * The app's connections: three pools that differ only in the database role they take once at connect.
 * Reads run rows through them, writes an entity manager over the same pool.
 */
export class Database {
  readonly #pools: Record<PoolKind, pg.Pool>;
  readonly #orms: Record<PoolKind, MikroORM>;
  readonly #readers: Record<PoolKind, Kysely<object>>;
  readonly url: string;
  /** How values are read, the same on every way. */
  readonly types = parsers();

  private constructor(url: string, pools: Record<PoolKind, pg.Pool>, orms: Record<PoolKind, MikroORM>) {
    this.url = url;
    this.#pools = pools;
    this.#orms = orms;
    this.#readers = {
      staff: readerOver(pools.staff),
      doctor: readerOver(pools.doctor),
      patient: readerOver(pools.patient),
    };
  }

  static async connect(options: DatabaseOptions): Promise<Database> {
    const pools = {
      staff: createPool(options, 'clinigraph_staff'),
      doctor: createPool(options, 'clinigraph_doctor'),
      patient: createPool(options, 'clinigraph_patient'),
    };
    const orms = {
      staff: await createOrm(options.entities, pools.staff),
      doctor: await createOrm(options.entities, pools.doctor),
      patient: await createOrm(options.entities, pools.patient),
    };
    return new Database(options.url, pools, orms);
  }

  pool(kind: PoolKind): pg.Pool {
    return this.#pools[kind];
  }

  /** Runs finished queries; rows come with the property names that the code uses. */
  reader(kind: PoolKind): Kysely<object> {
    return this.#readers[kind];
  }

  /** A fresh unit of work: nothing that another request loaded is in it. */
  entityManager(kind: PoolKind): EntityManager {
    return this.#orms[kind].em.fork();
  }

  /** Rows of the few tables that belong to no clinic; no tenant is set, so every other table yields nothing. */
  async rowsOfNoClinic<Row>(query: Query<Row>): Promise<Row[]> {
    const { rows } = await this.reader('staff').executeQuery(query.compile());
    return rows;
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#orms).map((orm) => orm.close(true)));
    await Promise.all(Object.values(this.#pools).map((pool) => pool.end()));
  }
}

function createPool(options: DatabaseOptions, role: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize ?? 12,
    connectionTimeoutMillis: options.poolWaitMs ?? 5_000,
    statement_timeout: options.statementTimeoutMs ?? 20_000,
    idle_in_transaction_session_timeout: 30_000,
    options: `-c role=${role} -c timezone=UTC`,
    types: parsers(),
  });
  const warn = (error: Error) => options.log.warn({ err: error }, 'a database connection was lost');
  pool.on('error', warn);
  // A checked-out client has no listener of the pool's; without one a dropped connection ends the process.
  pool.on('connect', (client) => client.on('error', warn));
  return pool;
}

/** Days stay text (a JS Date would move them across zones), counts are numbers, exact decimals stay text. */
function parsers(): pg.CustomTypesConfig {
  const own = new pg.TypeOverrides();
  own.setTypeParser(pg.types.builtins.DATE, (value) => value);
  own.setTypeParser(pg.types.builtins.INT8, Number);
  return own;
}

/** The pool is shared by readers and writers, and ended by its owner. */
const dialectOver = (pool: pg.Pool): PostgresDialect =>
  new PostgresDialect({
    pool: {
      options: pool.options,
      connect: async () => new PooledClient(await pool.connect()),
      end: () => Promise.resolve(),
    },
  });

const readerOver = (pool: pg.Pool): Kysely<object> => new Kysely({ dialect: dialectOver(pool), plugins: [camelCase] });

function createOrm(entities: EntitySchemaWithMeta[], pool: pg.Pool): Promise<MikroORM> {
  return MikroORM.init({
    entities,
    dbName: 'clinigraph',
    driverOptions: dialectOver(pool),
    ensureDatabase: false,
    forceUtcTimezone: true,
    discovery: { warnWhenNoEntities: false },
  });
}
