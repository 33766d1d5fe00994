import type { Config } from '../platform/config.ts';
import { systemClock, type Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Runtime } from '../access/ctx.ts';
import { openDatabase } from './database-setup.ts';
import { startHttpServer, type HttpServer } from './http-server.ts';
import { watchProcess } from './process-metrics.ts';
import { createRuntime } from './runtime.ts';
import { buildServedSchema } from './schema.ts';
import { startWorker } from './worker.ts';
import { startWorkerHealth } from './worker-health.ts';

export interface RunningProcess {
  runtime: Runtime;
  /** Null for a worker of its own. */
  http: HttpServer | null;
  stop(): Promise<void>;
}

/**
 * Starts one process in its role: api, worker, or both. What was started is stopped in the opposite order, so that no
 * request is lost: first no new ones, then what hangs on them, the database last.
 */
export async function startProcess(config: Config, log: Logger, clock: Clock = systemClock): Promise<RunningProcess> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) {
      await each().catch((error: unknown) => log.error({ err: error }, 'a part did not stop cleanly'));
    }
  };
  try {
    const database = await openDatabase(config);
    stops.push(database.stop);
    const runtime = await createRuntime({ databaseUrl: database.url, settings: config, clock, log });
    stops.push(() => runtime.db.close());
    watchProcess(runtime);
    await runtime.live.start();
    stops.push(() => runtime.live.stop());
    if (config.role !== 'api') stops.push(await startWorker(config, runtime));
    if (config.role === 'worker') stops.push(await startWorkerHealth(config, runtime));
    const http = config.role === 'worker' ? null : await startHttpServer(config, runtime, buildServedSchema());
    if (http !== null) stops.push(http.stop);
    return { runtime, http, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
