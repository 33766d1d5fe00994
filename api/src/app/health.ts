import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../platform/config.ts';
import { readiness } from '../platform/readiness.ts';
import type { Runtime } from '../access/ctx.ts';
import { jobNames } from './worker.ts';

/** What machines ask a process: whether it lives, whether it can work, and what it has counted. */
export function serveHealth(app: FastifyInstance, config: Config, runtime: Runtime): void {
  app.get('/healthz', (_request, reply) => reply.send({ status: 'alive' }));
  app.get('/readyz', async (_request, reply) => {
    const { isReady, ...parts } = await readiness(runtime.db, jobNames);
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready', ...parts });
  });
  app.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(request, config.metricsToken)) return reply.callNotFound();
    const { registry } = runtime.metrics;
    return reply
      .type(registry.contentType)
      .header('cache-control', 'no-store')
      .send(await registry.metrics());
  });
}

/**
 * Whoever brings the token, and this machine itself. What a proxy on this machine passes on comes from this machine too,
 * but says whom it is from: that is not this machine asking.
 */
function mayReadMetrics({ headers, socket }: FastifyRequest, token: string | null): boolean {
  const given = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (given !== undefined) return token !== null && isSame(given, token);
  const isPassedOn = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'].some(
    (name) => name in headers,
  );
  return !isPassedOn && /^(::1|(::ffff:)?127\.)/.test(socket.remoteAddress ?? '');
}

/** In a time that says nothing about how much of it was right. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
