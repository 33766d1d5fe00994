import type { Database } from './db/database.ts';
import type { Query } from './db/query-builder.ts';
import { migrationNames } from './db/migrate.ts';
import { sqlState } from './db/pg-errors.ts';
import { appliedMigrations, jobQueues, type Named } from './readiness.queries.ts';

const patienceMs = 3_000;

/** Each part is ready, or says in words what is missing. */
export interface Readiness {
  isReady: boolean;
  database: string;
  migrations: string;
  jobs: string;
}

const ready = 'ready';
const silent = 'the database does not answer';

/**
 * Tells whether a process can do its work: the database answers, its tables are at least as new as this code expects
 * (a newer version may have migrated already), and the queues of the clockwork are there. A worker that is gone is no
 * reason to take away the processes that answer people: what waits for it is in the metrics.
 */
export async function readiness(database: Database, queues: readonly string[]): Promise<Readiness> {
  const [migrations, jobs] = await Promise.all([
    missing(database, appliedMigrations(), migrationNames),
    missing(database, jobQueues(), queues),
  ]);
  const isSilent = migrations === silent || jobs === silent;
  return {
    isReady: migrations === ready && jobs === ready,
    database: isSilent ? silent : ready,
    migrations,
    jobs,
  };
}

async function missing(database: Database, query: Query<Named>, wanted: readonly string[]): Promise<string> {
  const asked = database.rowsOfNoClinic(query).catch((error: unknown) => (isNotThere(error) ? [] : null));
  const rows = await Promise.race([asked, nothingIn(patienceMs)]);
  if (rows === null) return silent;
  const there = new Set(rows.map(({ name }) => name));
  const lacking = wanted.filter((name) => !there.has(name));
  return lacking.length === 0 ? ready : `missing: ${lacking.join(', ')}`;
}

/** The database answered, and says that nobody has made the table yet, or let us look. */
const isNotThere = (error: unknown): boolean => ['42P01', '3F000', '42501'].includes(sqlState(error) ?? '');

const nothingIn = (milliseconds: number): Promise<null> =>
  new Promise((resolve) => setTimeout(() => resolve(null), milliseconds).unref());
