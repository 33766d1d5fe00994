import { backlogs, jobCounts } from '../platform/metrics/backlog.queries.ts';
import type { PoolKind } from '../platform/db/tenant.ts';
import type { Runtime } from '../access/ctx.ts';

const poolKinds: readonly PoolKind[] = ['staff', 'doctor', 'patient'];

/** Connects the gauges that are measured when somebody reads the metrics: pools, what waits to be sent, jobs. */
export function watchProcess({ metrics, db, clock }: Runtime): void {
  metrics.measuredGauge('pool_connections', 'Database connections of this process.', ['pool', 'state'], () =>
    poolKinds.flatMap((pool) => {
      const { totalCount, idleCount, waitingCount, options } = db.pool(pool);
      return [
        { labels: { pool, state: 'total' }, value: totalCount },
        { labels: { pool, state: 'idle' }, value: idleCount },
        { labels: { pool, state: 'max' }, value: options.max },
        // Requests for which there is no connection yet.
        { labels: { pool, state: 'waiting' }, value: waitingCount },
      ];
    }),
  );
  // Read once for both gauges, and by one process at a time: a scrape must not cost what it measures.
  const backlog = inOneGo(() => db.rowsOfNoClinic(backlogs(clock.now())));
  metrics.measuredGauge(
    'deliveries',
    'Messages and letters that wait or were given up.',
    ['kind', 'status'],
    async () => (await backlog()).map(({ kind, status, count }) => ({ labels: { kind, status }, value: count })),
  );
  metrics.measuredGauge('outbox_lag_seconds', 'How long the oldest that waits has been due.', ['kind'], async () =>
    (await backlog())
      .filter(({ status }) => status === 'QUEUED')
      .map(({ kind, lagSeconds }) => ({ labels: { kind }, value: lagSeconds })),
  );
  metrics.measuredGauge('jobs', 'Jobs of the clockwork that are kept.', ['job', 'state'], async () =>
    (await db.rowsOfNoClinic(jobCounts())).map(({ name: job, state, count }) => ({
      labels: { job, state },
      value: count,
    })),
  );
}

/** Callers that come while the work is under way share what it brings. */
function inOneGo<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | null = null;
  return () => {
    running ??= work().finally(() => {
      running = null;
    });
    return running;
  };
}
