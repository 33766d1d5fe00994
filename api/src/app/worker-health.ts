import fastify from 'fastify';
import type { Config } from '../platform/config.ts';
import type { Runtime } from '../access/ctx.ts';
import { serveHealth } from './health.ts';

/** A worker of its own answers nobody but the machines that watch it, and only where a port is set for that. */
export async function startWorkerHealth(config: Config, runtime: Runtime): Promise<() => Promise<void>> {
  if (config.workerPort === null) return () => Promise.resolve();
  const app = fastify({ logger: false, forceCloseConnections: true });
  serveHealth(app, config, runtime);
  await app.listen({ port: config.workerPort, host: config.host });
  return () => app.close();
}
