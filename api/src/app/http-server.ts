import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyCookie from '@fastify/cookie';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Config } from '../platform/config.ts';
import type { Runtime } from '../access/ctx.ts';
import { serveCalendars } from './calendar-door.ts';
import { demoAccess } from './demo-access.ts';
import { serveDeveloperDoors } from './developer-doors.ts';
import { serveDocuments } from './document-door.ts';
import { documentKinds } from './documents.ts';
import { Doors } from './doors.ts';
import { serveGraphql } from './graphql-endpoint.ts';
import { serveHealth } from './health.ts';
import { countRequests } from './http-metrics.ts';
import { serveInbox } from './inbox-page.ts';
import { servePayPage } from './pay-page.ts';
import { RegisteredOperations } from './registered-operations.ts';
import { limitRequestTime, slowestMs } from './request-time.ts';
import type { ServedSchema } from './schema.ts';
import { serveSecurityHeaders } from './security-headers.ts';
import { serveSubscriptions } from './subscriptions.ts';
import { serveUploads } from './upload-door.ts';
import { serveWebhooks } from './webhook-door.ts';

/**
 * Room for the largest thing that is sent: a file of 50,000 patients. A row of every column takes some 130 bytes, its
 * quotes and line end a few more once they are written as JSON: 10 MB leave 200 for each.
 */
const bodyLimitBytes = 10_000_000;
const webRoot = fileURLToPath(new URL('../../../web/dist', import.meta.url));

export interface HttpServer {
  url: string;
  stop(): Promise<void>;
}

/** Serves the graph, its live side, the web app and the health checks on one port. */
export async function startHttpServer(config: Config, runtime: Runtime, schema: ServedSchema): Promise<HttpServer> {
  const app: FastifyInstance = fastify({
    logger: false,
    bodyLimit: bodyLimitBytes,
    requestTimeout: slowestMs,
    trustProxy: typeof config.trustProxy === 'number' ? proxiesInFront(config.trustProxy) : config.trustProxy,
    genReqId: () => randomUUID(),
    // A signed link is longer than what a router takes by itself.
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
  });
  limitRequestTime(app);
  logRequests(app, runtime);
  countRequests(app, runtime.metrics);
  maskErrors(app, runtime);
  await serveSecurityHeaders(app, config);
  await app.register(fastifyCookie);
  const { introspection } = config;
  const operations = new RegisteredOperations(
    path.join(webRoot, 'operations.json'),
    config.operations === 'registered',
  );
  const doors = new Doors({ schema, runtime, budgetPerMinute: config.budgetPerMinute, operations });
  app.addHook(
    'preClose',
    serveSubscriptions(app.server, {
      schema: schema.guarded,
      runtime,
      doors,
      introspection,
      origins: originsOf(config),
    }),
  );
  await serveGraphql(app, { schema, runtime, doors, introspection, isSecure: config.publicUrl.startsWith('https:') });
  serveCalendars(app, runtime, doors);
  serveDocuments(app, runtime, doors, documentKinds);
  await serveUploads(app, runtime);
  await serveWebhooks(app, runtime);
  await servePayPage(app, config, runtime);
  serveHealth(app, config, runtime);
  app.get('/config.json', (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ demo: demoAccess(config), idleMinutes: config.idleMinutes }),
  );
  if (config.smtpUrl === null && !config.isProduction) serveInbox(app, runtime.db);
  await serveDeveloperDoors(app, config, schema.plain);
  await serveWeb(app);
  await app.listen({ port: config.port, host: config.host });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  return { url: `http://localhost:${port}`, stop: () => app.close() };
}

/** Pages that may open a live connection beside those of the address that was asked; in development, any of this machine. */
const originsOf = ({ publicUrl, isProduction }: Config) => ({
  publicOrigin: new URL(publicUrl).origin,
  isLocalAllowed: !isProduction,
});

/** Believes the addresses that this many proxies in front have added. */
const proxiesInFront =
  (count: number) =>
  (_address: string, hop: number): boolean =>
    hop < count;

function logRequests(app: FastifyInstance, runtime: Runtime): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const fields = {
      requestId: request.id,
      method: request.method,
      route,
      statusCode: reply.statusCode,
      durationMs: reply.elapsedTime,
    };
    runtime.log.debug(fields, 'answered');
    done();
  });
}

/** Refusals of the request itself, such as a body that is too large, keep their words; of anything else nobody learns the inside. */
function maskErrors(app: FastifyInstance, runtime: Runtime): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const { statusCode = 500, message } = error;
    const { id: requestId } = request;
    if (statusCode < 500) return reply.code(statusCode).send({ error: message, requestId });
    runtime.log.error({ err: error, requestId }, 'a request failed');
    return reply.code(500).send({ error: 'Something went wrong on our side. Try again.', requestId });
  });
}

/** What strangers see stands apart from the app: a clinic's own page, the waiting room's screen, a receipt's check. */
function pageAt(url: string): string {
  if (url.startsWith('/c/')) return 'clinic.html';
  const [, apart] = /^\/(board|receipt)([?#]|$)/.exec(url) ?? [];
  return `${apart ?? 'index'}.html`;
}

/** The built web app; every address that is not a file is one of its pages. A clinic's own page stands apart: a stranger's phone loads no app. */
async function serveWeb(app: FastifyInstance): Promise<void> {
  if (!existsSync(path.join(webRoot, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root: webRoot,
    wildcard: false,
    // Slow networks are the rule, not the exception: the build leaves a brotli and a gzip beside every file.
    preCompressed: true,
    setHeaders: (reply, file) => {
      const isHashed = file.includes(`${path.sep}assets${path.sep}`);
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (isPage) return reply.header('cache-control', 'no-cache').sendFile(pageAt(request.url));
    return reply.code(404).send({ error: 'There is nothing at this address.' });
  });
}
