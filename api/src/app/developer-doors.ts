import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Config } from '../platform/config.ts';
import { printedSchema } from './printed-schema.ts';
import { policyWith } from './security-headers.ts';

const doorsRoot = fileURLToPath(new URL('../../../web/doors/dist', import.meta.url));
const sandboxScripts = 'https://embeddable-sandbox.cdn.apollographql.com';
const sandboxFrame = 'https://sandbox.embed.apollographql.com';

/**
 * Opens the doors for developers that the settings want: Apollo Sandbox for browsers at /graphql, which comes from the
 * internet, GraphiQL at /graphiql, which comes from here alone, and the schema as a file. Each page has a policy of its
 * own; that of the rest of the site stays as strict as it is.
 */
export async function serveDeveloperDoors(app: FastifyInstance, config: Config, schema: GraphQLSchema): Promise<void> {
  if (config.introspection) serveSchema(app, schema);
  const sandbox = config.sandbox ? page('sandbox.html') : null;
  const graphiql = config.graphiql ? page('graphiql.html') : null;
  if (sandbox === null && graphiql === null) return;
  await app.register(fastifyStatic, {
    root: path.join(doorsRoot, 'assets'),
    prefix: '/doors/assets/',
    wildcard: false,
    preCompressed: true,
    decorateReply: false,
    setHeaders: (reply) => reply.header('cache-control', 'public, max-age=31536000, immutable'),
  });
  if (sandbox !== null) {
    const policy = policyWith(config, { scriptSrc: [sandboxScripts], frameSrc: [sandboxFrame] });
    app.get('/graphql', (request, reply) =>
      // Only for people with a browser: to a program the address answers POST alone.
      asksForPage(request)
        ? // Signing in to Apollo's studio, for those who have an account there, opens a window.
          send(reply, sandbox, policy).header('cross-origin-opener-policy', 'same-origin-allow-popups')
        : reply.callNotFound(),
    );
  }
  if (graphiql !== null) {
    const policy = policyWith(config, { workerSrc: ["'self'"] });
    app.get('/graphiql', (_request, reply) => send(reply, graphiql, policy));
  }
}

/** A built page; null where nothing was built. */
function page(name: string): string | null {
  const file = path.join(doorsRoot, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

const asksForPage = (request: FastifyRequest): boolean => (request.headers.accept ?? '').includes('text/html');

const send = (reply: FastifyReply, html: string, policy: string): FastifyReply =>
  reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-cache')
    .header('content-security-policy', policy)
    .send(html);

/** The same text as schema/schema.graphql of this version, for tools that take a file. */
function serveSchema(app: FastifyInstance, schema: GraphQLSchema): void {
  let text: string | null = null;
  app.get('/schema.graphql', (_request, reply) => {
    text ??= printedSchema(schema);
    return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache').send(text);
  });
}
