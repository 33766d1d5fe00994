import { AsyncLocalStorage } from 'node:async_hooks';
import { ApolloServer, HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { formatError, toExecutionError } from '../platform/graphql/format-error.ts';
import type { Standing } from '../platform/budgets.ts';
import { OverBudget } from '../platform/budgets.ts';
import type { GivenOperation } from '../platform/graphql/limits.ts';
import { storableTextRule } from '../platform/graphql/storable-text.ts';
import type { RefreshCookie, Runtime } from '../access/ctx.ts';
import { bearerOf, type Doors } from './doors.ts';
import { executorSeam, type ContextBox } from './executor.ts';
import { operationMetrics } from './http-metrics.ts';
import { contextFor } from './runtime.ts';
import type { ServedSchema } from './schema.ts';

/** With the prefix a browser takes it from this very host alone, over https, for all of its paths. */
const cookieNameOf = (isSecure: boolean): string => (isSecure ? '__Host-clinigraph_refresh' : 'clinigraph_refresh');

/** Set by a screen that asks by itself, with nobody at the keyboard: such a request keeps no session awake. */
const backgroundHeader = 'x-background';

export interface EndpointOptions {
  schema: ServedSchema;
  runtime: Runtime;
  doors: Doors;
  introspection: boolean;
  /** The site is reached over https: cookies must not travel without it. */
  isSecure: boolean;
}

/** Answers GraphQL over HTTP, on POST alone. Returns how to stop. */
export async function serveGraphql(app: FastifyInstance, options: EndpointOptions): Promise<() => Promise<void>> {
  const { schema, runtime, introspection, doors } = options;
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
    plugins: [
      fastifyApolloDrainPlugin(app),
      ApolloServerPluginCacheControlDisabled(),
      requestIdInErrors(runtime),
      operationMetrics(runtime.metrics, doors.operationNames),
    ],
    logger: quiet,
  });
  await apollo.start();
  app.post(
    '/graphql',
    { preHandler: (request, reply, done) => void admit(options, request, reply, done) },
    fastifyApolloHandler(apollo, { context: (request, reply) => contextOf(options, request, reply) }),
  );
  return () => apollo.stop();
}

/** Lets a request in when it does not ask for too much, as soon as it is its turn. */
async function admit(
  { doors, runtime }: EndpointOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  go: () => void,
): Promise<void> {
  try {
    const { body, headers } = request;
    if (isOperation(body)) {
      const operation = doors.named(body, headers);
      request.body = operation;
      const { cost, refusal } = doors.weigh(operation);
      if (refusal !== null) throw refusal;
      costs.set(request, cost);
    }
    const leave = await doors.enter(bearerOf(headers.authorization), request.ip);
    reply.raw.once('close', leave);
    // Whoever went away while it waited has closed already.
    if (reply.raw.closed) leave();
    currentRequestId.run(request.id, go);
  } catch (error) {
    await refuse(reply, asError(error), runtime, request.id);
  }
}

async function contextOf(
  { doors, runtime, isSecure }: EndpointOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<ContextBox> {
  const caller = {
    requestId: request.id,
    ipAddress: request.ip,
    userAgent: request.headers['user-agent'] ?? null,
    isBackground: request.headers[backgroundHeader] !== undefined,
    idempotencyKey: oneHeader(request.headers['idempotency-key']),
    once: null,
    refreshCookie: refreshCookie(request, reply, isSecure),
  };
  try {
    const ctx = await contextFor(runtime, caller, request.headers.authorization ?? null);
    return { ctx, standing: await doors.spend(ctx, costs.get(request) ?? 0) };
  } catch (error) {
    throw maskedError(error, runtime, request.id);
  }
}

/** What each request asks for, from when it was weighed until it is paid for. */
const costs = new WeakMap<FastifyRequest, number>();

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error('thrown value'));

function refuse(reply: FastifyReply, refusal: Error, { log }: Runtime, requestId: string): FastifyReply {
  const formatted = formatError({ message: '' }, toExecutionError(refusal), { log, requestId, document: null });
  const status = statusOf(String(formatted.extensions?.['code'])) ?? 400;
  if (status === 503) reply.header('retry-after', '1');
  return reply.code(status).send({ errors: [formatted] });
}

/** Null where the specification's own rules say it. */
function statusOf(code: string): number | null {
  if (code === 'SERVICE_UNAVAILABLE') return 503;
  return code === 'RATE_LIMITED' ? 429 : null;
}

const secondsUntil = (at: Date): number => Math.max(1, Math.ceil((at.getTime() - Date.now()) / 1_000));

/** The caller's budget, as the drafts for RateLimit headers write it. */
const budgetHeaders = ({ requested, remaining, resetAt }: Standing): [string, string][] => [
  ['ratelimit', `"caller";r=${remaining};t=${secondsUntil(resetAt)}`],
  ['ratelimit-cost', String(requested)],
];

/** The value of a header that comes once. */
const oneHeader = (value: string | string[] | undefined): string | null =>
  (Array.isArray(value) ? value.join(', ') : value) ?? null;

const isOperation = (body: unknown): body is GivenOperation =>
  typeof body === 'object' && body !== null && !Array.isArray(body);

/** Requests that Apollo refuses before there is a context know their id from here. */
const currentRequestId = new AsyncLocalStorage<string>();

/** Apollo's own log would print what callers sent. */
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Formats errors where the request they belong to is known, says what the request cost, and puts the status right: 503
 * and 429 whatever the format, and 200 for what a caller of the older media type got wrong in the document.
 */
function requestIdInErrors(runtime: Runtime): ApolloServerPlugin<ContextBox> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse({ contextValue, document, response, request, errors }) {
          const { body, http } = response;
          if (body.kind !== 'single') return Promise.resolve();
          const { standing, ctx } = contextValue;
          for (const [name, value] of budgetHeaders(standing)) http.headers.set(name, value);
          body.singleResult.extensions = { ...body.singleResult.extensions, cost: standing };
          if (errors === undefined || body.singleResult.errors === undefined) return Promise.resolve();
          const { requestId } = ctx.caller;
          const formatted = body.singleResult.errors.map((error, index) =>
            formatError(error, errors[index], { log: runtime.log, requestId, document: document ?? null }),
          );
          body.singleResult.errors = formatted;
          const codes = formatted.map(({ extensions }) => String(extensions?.['code']));
          const status = codes.map(statusOf).find((each) => each !== null);
          if (status != null) http.status = status;
          else if (
            !acceptsNewMediaType(request.http?.headers.get('accept')) &&
            codes.every((code) => inDocument.has(code))
          )
            http.status = 200;
          return Promise.resolve();
        },
      }),
  };
}

const acceptsNewMediaType = (accept: string | undefined): boolean =>
  accept?.includes('application/graphql-response+json') === true;

/** Mistakes in what was asked, not in how it was sent. */
const inDocument = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);

/** What went wrong before there was a context: Apollo would pass on its words. */
function maskedError(error: unknown, { log }: Runtime, requestId: string): GraphQLError {
  const thrown = toExecutionError(error instanceof Error ? error : new Error('thrown value'));
  const { message, extensions } = formatError({ message: '' }, thrown, { log, requestId, document: null });
  const status = statusOf(String(extensions?.['code'])) ?? 500;
  const budget = error instanceof OverBudget ? budgetHeaders(error.standing) : [];
  const wait = error instanceof OverBudget ? secondsUntil(error.standing.resetAt) : 1;
  const headers = new HeaderMap([...budget, ...(status === 500 ? [] : [['retry-after', String(wait)] as const])]);
  return new GraphQLError(message, { extensions: { ...extensions, http: { status, headers } } });
}

function refreshCookie(request: FastifyRequest, reply: FastifyReply, isSecure: boolean): RefreshCookie {
  const cookieName = cookieNameOf(isSecure);
  const attributes = {
    path: isSecure ? '/' : '/graphql',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure,
  } as const;
  return {
    read: () => request.cookies[cookieName] ?? null,
    write: (token, expires) => void reply.setCookie(cookieName, token, { ...attributes, expires }),
    clear: () => void reply.clearCookie(cookieName, attributes),
  };
}
