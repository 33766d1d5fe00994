import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import {
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type FormattedExecutionResult,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { formatError, toExecutionError, withCode } from '../platform/graphql/format-error.ts';
import { requestLimits, type RequestLimits } from '../platform/graphql/limits.ts';
import { storableTextRule, unstorableVariable } from '../platform/graphql/storable-text.ts';
import type { Ctx, Runtime } from '../access/ctx.ts';
import { contextFor, noCaller } from './runtime.ts';
import { SocketGuard } from './socket-guard.ts';

const frameLimitBytes = 64 * 1024;
const pingMs = 12_000;

export interface LiveEndpointOptions {
  schema: GraphQLSchema;
  runtime: Runtime;
  limits: RequestLimits;
  introspection: boolean;
}

/** Serves live operations over WebSocket on /graphql. Returns how to stop: sockets are told to come back elsewhere. */
export function serveSubscriptions(
  server: Server,
  { schema, runtime, limits, introspection }: LiveEndpointOptions,
): () => Promise<void> {
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: frameLimitBytes });
  const guard = new SocketGuard(runtime);
  const rules = [...specifiedRules, storableTextRule, ...(introspection ? [] : [NoSchemaIntrospectionCustomRule])];
  const format = (errors: readonly GraphQLError[], requestId: string, document: DocumentNode | null) =>
    errors.map((error) => formatError(error.toJSON(), error, { log: runtime.log, requestId, document }));

  const disposable = useServer(
    {
      // What this throws would close the socket with the error's own words, so it returns them instead.
      onSubscribe: async ({ connectionParams, extra }, _id, payload): Promise<ExecutionArgs | GraphQLError[]> => {
        const tooMuch = limits.refusalOf(payload);
        if (tooMuch !== null) return [toExecutionError(tooMuch)];
        const document = checked(payload, schema, rules);
        if (Array.isArray(document)) return document;
        try {
          const contextValue = await contextOf(runtime, extra.request, connectionParams?.['authorization']);
          guard.watch(extra.socket, contextValue.viewer);
          return {
            schema,
            document,
            contextValue,
            operationName: payload.operationName,
            variableValues: payload.variables,
          };
        } catch (error) {
          return [toExecutionError(error instanceof Error ? error : new Error('thrown value'))];
        }
      },
      onNext: (...[, , , { contextValue, document }, result]): FormattedExecutionResult => {
        const requestId = isCtx(contextValue) ? contextValue.caller.requestId : randomUUID();
        const { errors, ...rest } = result;
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

/** The document of an operation that may run, or what is wrong with it. */
function checked(
  payload: SubscribePayload,
  schema: GraphQLSchema,
  rules: readonly ValidationRule[],
): DocumentNode | GraphQLError[] {
  const document = parsed(payload);
  if (document instanceof GraphQLError) return [withCode(document, 'GRAPHQL_PARSE_FAILED')];
  const mistakes = validate(schema, document, rules);
  if (mistakes.length > 0) return mistakes.map((mistake) => withCode(mistake, 'GRAPHQL_VALIDATION_FAILED'));
  const refusal = unstorableVariable(payload.variables);
  return refusal === null ? document : [toExecutionError(refusal)];
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
