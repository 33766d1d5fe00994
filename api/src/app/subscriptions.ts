import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import {
  createSourceEventStream,
  GraphQLError,
  parse,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { RequestError } from '../platform/errors.ts';
import { CheckedDocuments } from '../platform/graphql/checked-documents.ts';
import { formatError, toExecutionError } from '../platform/graphql/format-error.ts';
import { requestLimits } from '../platform/graphql/limits.ts';
import type { Ctx, Runtime } from '../access/ctx.ts';
import { settleAudit } from '../features/audit/index.ts';
import type { Doors } from './doors.ts';
import { contextFor, noCaller } from './runtime.ts';
import { SharedUpdates } from './shared-updates.ts';
import { socketRefusal, type AllowedOrigins } from './socket-door.ts';
import { SocketGuard } from './socket-guard.ts';

const frameLimitBytes = 64 * 1024;
const pingMs = 12_000;
const operationsOfOneSocket = 50;

export interface LiveEndpointOptions {
  schema: GraphQLSchema;
  runtime: Runtime;
  doors: Doors;
  introspection: boolean;
  origins: AllowedOrigins;
}

/** Serves live operations over WebSocket on /graphql. Returns how to stop: sockets are told to come back elsewhere. */
export function serveSubscriptions(
  server: Server,
  { schema, runtime, doors, introspection, origins }: LiveEndpointOptions,
): () => Promise<void> {
  const sockets = openSockets(server, origins);
  const guard = new SocketGuard(runtime);
  const documents = new CheckedDocuments(schema, introspection);
  const shared = new SharedUpdates(schema);
  const format = (errors: readonly GraphQLError[], requestId: string, document: DocumentNode | null) =>
    errors.map((error) => formatError(error.toJSON(), error, { log: runtime.log, requestId, document }));

  const disposable = useServer(
    {
      subscribe: (args) => updatesOf(args, shared),
      // What this throws would close the socket with the error's own words, so it returns them instead.
      onSubscribe: async ({ connectionParams, extra, subscriptions }, _id, given) => {
        // Counted before anything is waited for: of many at once each sees those before it.
        if (Object.keys(subscriptions).length > operationsOfOneSocket) return [tooManyOperations()];
        try {
          const payload = doors.named(given, extra.request.headers);
          const { cost, refusal } = doors.weigh(payload);
          if (refusal !== null) throw refusal;
          const document = documents.read(payload);
          if (Array.isArray(document)) return document;
          const contextValue = await contextOf(runtime, extra.request, connectionParams?.['authorization']);
          await doors.spend(contextValue, cost);
          guard.watch(extra.socket, contextValue.viewer);
          const { operationName, variables: variableValues } = payload;
          return { schema, document, contextValue, operationName, variableValues };
        } catch (error) {
          return [toExecutionError(error instanceof Error ? error : new Error('thrown value'))];
        }
      },
      onNext: async (...[, , , args, given]): Promise<FormattedExecutionResult> => {
        const { contextValue, document } = args;
        const requestId = isCtx(contextValue) ? contextValue.caller.requestId : randomUUID();
        const { errors, ...rest } = await audited(args, given);
        return errors === undefined ? rest : { ...rest, errors: format(errors, requestId, document) };
      },
      onError: (_socket, _id, payload, errors) => {
        const document = parsed(payload);
        return format(errors, randomUUID(), document instanceof GraphQLError ? null : document);
      },
    },
    sockets,
    pingMs,
  );
  return async () => {
    guard.stop();
    await disposable.dispose();
    sockets.close();
  };
}

function openSockets(server: Server, origins: AllowedOrigins): WebSocketServer {
  const sockets = new WebSocketServer({
    server,
    path: '/graphql',
    maxPayload: frameLimitBytes,
    verifyClient: ({ origin, req }, answer) => {
      const refusal = socketRefusal(sockets, origin, req, origins);
      if (refusal === null) answer(true);
      else answer(false, refusal.status, refusal.words);
    },
  });
  return sockets;
}

const tooManyOperations = () =>
  toExecutionError(
    new RequestError(
      'RATE_LIMITED',
      `More than ${operationsOfOneSocket} operations run on this connection. End some first.`,
    ),
  );

/** What a subscription sends: each update of its source, read once for all receivers that it says the same to. */
async function updatesOf(
  args: ExecutionArgs,
  shared: SharedUpdates,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const source = await createSourceEventStream(args);
  if (!isAsyncIterable(source)) return source;
  const updates = source[Symbol.asyncIterator]();
  const over = { done: true, value: undefined } as const;
  const answers: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      const { done, value } = await updates.next();
      if (done === true || !isCtx(args.contextValue)) return over;
      return { done: false, value: await shared.execute(args, args.contextValue, value) };
    },
    async return() {
      await updates.return?.();
      return over;
    },
    [Symbol.asyncIterator]: () => answers,
  };
  return answers;
}

const isAsyncIterable = (value: object): value is AsyncIterable<unknown> => Symbol.asyncIterator in value;

/** An answer that may leave: what it read and refused is written down. Thrown, a failure would close the socket. */
async function audited(
  { contextValue, document, operationName, variableValues: variables }: ExecutionArgs,
  result: ExecutionResult,
): Promise<ExecutionResult> {
  try {
    if (isCtx(contextValue))
      await settleAudit(contextValue, { document, operationName, variables, errors: result.errors });
    return result;
  } catch (error) {
    return { data: null, errors: [toExecutionError(error instanceof Error ? error : new Error('thrown value'))] };
  }
}

const isCtx = (value: unknown): value is Ctx => typeof value === 'object' && value !== null && 'caller' in value;

function parsed({ query }: SubscribePayload): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxTokens: requestLimits.tokens });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function contextOf(runtime: Runtime, request: IncomingMessage, authorization: unknown): Promise<Ctx> {
  const caller = {
    ...noCaller,
    requestId: randomUUID(),
    ipAddress: request.socket.remoteAddress ?? null,
    userAgent: request.headers['user-agent'] ?? null,
  };
  return contextFor(runtime, caller, typeof authorization === 'string' ? authorization : null);
}
