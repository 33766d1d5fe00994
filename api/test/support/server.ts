import 'reflect-metadata';
import { createLogger, type LoggerOptions } from '../../src/platform/logger.ts';
import { movableClock, type MovableClock } from '../../src/platform/clock.ts';
import type { Config } from '../../src/platform/config.ts';
import type { Runtime } from '../../src/access/ctx.ts';
import { startProcess } from '../../src/app/process.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

/** Monday, 09:00 in Manila. */
export const mondayMorning = new Date('2030-03-04T01:00:00.000Z');

export interface TestServerHandle {
  url: string;
  database: TestDatabase;
  runtime: Runtime;
  clock: MovableClock;
  stop(): Promise<void>;
}

export const testConfig = (database: TestDatabase, changes: Partial<Config> = {}): Config => ({
  port: 0,
  host: '127.0.0.1',
  trustProxy: false,
  publicUrl: 'http://localhost',
  databaseUrl: database.appUrl,
  migrationDatabaseUrl: null,
  dataDir: '/nonexistent',
  demo: false,
  jwtSecret: 'a secret that only tests know, and long enough',
  dataKey: 'another secret that only tests know, long enough',
  idleMinutes: 30,
  smtpUrl: null,
  storage: { kind: 'disk' },
  payments: { kind: 'stand-in' },
  mailFrom: 'Clinigraph <no-reply@localhost>',
  introspection: true,
  operations: 'any',
  budgetPerMinute: 9_999_999,
  sandbox: true,
  graphiql: true,
  metricsToken: null,
  workerPort: null,
  logLevel: 'error',
  role: 'api',
  isProduction: false,
  ...changes,
});

/**
 * The product as it runs, in this process, on a database of its own and a clock that the test moves. Its log goes to
 * standard output unless a stream is given.
 */
export async function startTestServer(
  changes: Partial<Config> = {},
  database?: TestDatabase,
  logStream?: LoggerOptions['stream'],
): Promise<TestServerHandle> {
  const own = database ?? (await createTestDatabase());
  const clock = movableClock(mondayMorning);
  const log = createLogger({ level: changes.logLevel ?? 'error', isJson: true, stream: logStream });
  const running = await startProcess(testConfig(own, changes), log, clock);
  return {
    url: `${running.http?.url ?? ''}/graphql`,
    database: own,
    runtime: running.runtime,
    clock,
    stop: running.stop,
  };
}
