import path from 'node:path';
import type { Config } from '../platform/config.ts';
import { startEmbeddedDatabase } from '../platform/db/embedded-database.ts';
import { migrate } from '../platform/db/migrate.ts';
import { installJobs } from '../platform/jobs/jobs.ts';
import { jobNames } from './worker.ts';

export interface OpenDatabase {
  url: string;
  /** Ends the embedded server; a server of one's own is left alone. */
  stop(): Promise<void>;
}

/** Brings the database up: the embedded one unless an address is set, with its tables as this version needs them. */
export async function openDatabase(config: Config): Promise<OpenDatabase> {
  if (config.databaseUrl !== null) {
    if (config.migrationDatabaseUrl !== null) await prepareDatabase(config.migrationDatabaseUrl);
    return { url: config.databaseUrl, stop: () => Promise.resolve() };
  }
  const server = await startEmbeddedDatabase({ dataDir: path.join(config.dataDir, 'postgres'), durable: true });
  try {
    await prepareDatabase(server.ownerUrl);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url: server.appUrl, stop: server.stop };
}

/** Migrates as the owner and installs what the workers need; running it again changes nothing. */
export async function prepareDatabase(ownerUrl: string): Promise<void> {
  await migrate(ownerUrl);
  await installJobs(ownerUrl, jobNames);
}
