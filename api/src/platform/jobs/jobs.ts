import pg from 'pg';
import { PgBoss } from 'pg-boss';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics/metrics.ts';

const schema = 'pgboss';
const everyMinute = '* * * * *';
const stopWithinMs = 5_000;

/** Work that comes round every minute; a run that fails is tried again. */
export interface Tick {
  name: string;
  run: () => Promise<void>;
}

/** Makes the queue's own tables as the database's owner, and lets the app's role use them. */
export async function installJobs(ownerUrl: string, ticks: readonly string[]): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, schema, supervise: false, schedule: false });
  boss.on('error', () => undefined);
  await boss.start();
  for (const name of ticks) await boss.createQueue(name);
  await boss.stop({ graceful: false });
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query(`grant usage on schema ${schema} to clinigraph_staff;
      grant select, insert, update, delete on all tables in schema ${schema} to clinigraph_staff;
      grant usage on all sequences in schema ${schema} to clinigraph_staff;
      grant execute on all functions in schema ${schema} to clinigraph_staff`);
  } finally {
    await owner.end();
  }
}

/** Starts the clockwork of a worker: however many workers there are, one of them runs each tick. */
export async function startJobs(
  appUrl: string,
  { log, metrics }: { log: Logger; metrics: Metrics },
  ticks: readonly Tick[],
): Promise<() => Promise<void>> {
  const boss = new PgBoss({
    connectionString: appUrl,
    options: '-c role=clinigraph_staff',
    schema,
    migrate: false,
    createSchema: false,
    max: 4,
  });
  boss.on('error', (error) => log.error({ err: error }, 'the job queue had a problem'));
  await boss.start();
  for (const { name, run } of ticks) {
    await boss.schedule(name, everyMinute);
    await boss.work(name, async () => {
      const startedAt = performance.now();
      const secondsSince = () => (performance.now() - startedAt) / 1_000;
      try {
        await run();
        metrics.jobRan(name, true, secondsSince());
      } catch (error) {
        metrics.jobRan(name, false, secondsSince());
        log.error({ err: error, jobName: name }, 'a job failed and will be tried again');
        throw error;
      }
    });
  }
  return () => boss.stop({ graceful: true, timeout: stopWithinMs });
}
