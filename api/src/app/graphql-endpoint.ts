import { AsyncLocalStorage } from 'node:async_hooks';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { formatError, toExecutionError } from '../platform/graphql/format-error.ts';
import type { GivenOperation, RequestLimits } from '../platform/graphql/limits.ts';
import { storableTextRule } from '../platform/graphql/storable-text.ts';
import type { RefreshCookie, Runtime } from '../access/ctx.ts';
import { executorSeam, type ContextBox } from './executor.ts';
import { contextFor } from './runtime.ts';
import type { ServedSchema } from './schema.ts';

const cookieName = 'clinigraph_refresh';

/** Set by a screen that asks by itself, with nobody at the keyboard: such a request keeps no session awake. */
const backgroundHeader = 'x-background';

export interface EndpointOptions {
  schema: ServedSchema;
  runtime: Runtime;
  limits: RequestLimits;
  introspection: boolean;
  /** The site is reached over https: cookies must not travel without it. */
  isSecure: boolean;
}

/** Answers GraphQL over HTTP, on POST alone. Returns how to stop. */
export async function serveGraphql(app: FastifyInstance, options: EndpointOptions): Promise<() => Promise<void>> {
  const { schema, runtime, limits, introspection, isSecure } = options;
  const apollo = new ApolloServer<ContextBox>({
    gateway: executorSeam(schema),
    introspection,
    validationRules: [storableTextRule],
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    csrfPrevention: true,
    // The process stops its parts in their order itself; Apollo would raise the signal a second time.
    stopOnTerminationSignals: false,
    formatError: (formatted) => ({
      ...formatted,
      extensions: { requestId: currentRequestId.getStore(), ...formatted.extensions },
    }),
    plugins: [fastifyApolloDrainPlugin(app), ApolloServerPluginCacheControlDisabled(), requestIdInErrors(runtime)],
    logger: quiet,
  });
  await apollo.start();
  app.post(
    '/graphql',
    {
      preHandler: (request, reply, done) => {
        const refusal = isOperation(request.body) ? limits.refusalOf(request.body) : null;
        if (refusal === null) return currentRequestId.run(request.id, done);
        const failed = { log: runtime.log, requestId: request.id, document: null };
        return void reply.code(400).send({ errors: [formatError({ message: '' }, toExecutionError(refusal), failed)] });
      },
    },
    fastifyApolloHandler(apollo, {
      context: async (request, reply) => {
        const caller = {
          requestId: request.id,
          ipAddress: request.ip,
          userAgent: request.headers['user-agent'] ?? null,
          isBackground: request.headers[backgroundHeader] !== undefined,
          idempotencyKey: oneHeader(request.headers['idempotency-key']),
          once: null,
          refreshCookie: refreshCookie(request, reply, isSecure),
        };
        const ctx = await contextFor(runtime, caller, request.headers.authorization ?? null).catch((error: unknown) => {
          throw maskedError(error, runtime, request.id);
        });
        return { ctx };
      },
    }),
  );
  return () => apollo.stop();
}

/** The value of a header that comes once. */
const oneHeader = (value: string | string[] | undefined): string | null =>
  (Array.isArray(value) ? value.join(', ') : value) ?? null;

const isOperation = (body: unknown): body is GivenOperation =>
  typeof body === 'object' && body !== null && 'query' in body;

/** Requests that Apollo refuses before there is a context know their id from here. */
const currentRequestId = new AsyncLocalStorage<string>();

/** Apollo's own log would print what callers sent. */
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Formats errors where the request they belong to is known. */
function requestIdInErrors(runtime: Runtime): ApolloServerPlugin<ContextBox> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse({ contextValue, document, response, errors }) {
          const { body } = response;
          if (errors !== undefined && body.kind === 'single' && body.singleResult.errors !== undefined) {
            const { requestId } = contextValue.ctx.caller;
            body.singleResult.errors = body.singleResult.errors.map((formatted, index) =>
              formatError(formatted, errors[index], { log: runtime.log, requestId, document: document ?? null }),
            );
          }
          return Promise.resolve();
        },
      }),
  };
}

/** What went wrong before there was a context: Apollo would pass on its words. */
function maskedError(error: unknown, { log }: Runtime, requestId: string): GraphQLError {
  const thrown = toExecutionError(error instanceof Error ? error : new Error('thrown value'));
  const { message, extensions } = formatError({ message: '' }, thrown, { log, requestId, document: null });
  return new GraphQLError(message, { extensions });
}

function refreshCookie(request: FastifyRequest, reply: FastifyReply, isSecure: boolean): RefreshCookie {
  const attributes = { path: '/graphql', httpOnly: true, sameSite: 'strict', secure: isSecure } as const;
  return {
    read: () => request.cookies[cookieName] ?? null,
    write: (token, expires) => void reply.setCookie(cookieName, token, { ...attributes, expires }),
    clear: () => void reply.clearCookie(cookieName, attributes),
  };
}
