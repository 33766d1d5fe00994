import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../platform/metrics/metrics.ts';
import type { ContextBox } from './executor.ts';

const graphqlRoute = '/graphql';
const methods = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

/** Counts what is answered: each request by its route, each open socket, each error that leaves in an answer. */
export function countRequests(app: FastifyInstance, metrics: Metrics): void {
  const routes = new Set<string>();
  app.addHook('onRoute', ({ url }) => {
    // Each built file has a route of its own; together they are one line of the figures.
    if (!/\.[a-z0-9]+$/i.test(url) || url === '/config.json' || url === '/schema.graphql') routes.add(url);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { url } = request.routeOptions;
    metrics.requestAnswered({
      method: methods.has(request.method) ? request.method : 'other',
      route: url === undefined ? 'other' : routes.has(url) ? url : 'file',
      statusCode: reply.statusCode,
      seconds: reply.elapsedTime / 1_000,
    });
    done();
  });
  app.addHook('onSend', (request, _reply, payload, done) => {
    if (request.routeOptions.url === graphqlRoute) for (const code of errorCodes(payload)) metrics.errorAnswered(code);
    done(null, payload);
  });
  app.server.on('upgrade', (_request, socket) => {
    metrics.socketOpened();
    socket.once('close', () => metrics.socketClosed());
  });
}

interface ErrorAnswer {
  errors?: { extensions?: { code?: unknown } }[];
}

/** An answer begins with its errors if it has any, so that one without costs nothing to tell. */
function errorCodes(payload: unknown): string[] {
  if (typeof payload !== 'string' || !payload.startsWith('{"errors"')) return [];
  const { errors = [] }: ErrorAnswer = JSON.parse(payload);
  return errors.map(({ extensions }) => String(extensions?.code));
}

/**
 * Times operations over HTTP, inside Apollo.
 *
 * @param registered  the names that may be told apart; all others count together
 */
export function operationMetrics(
  metrics: Metrics,
  registered: ReadonlySet<string> = new Set(),
): ApolloServerPlugin<ContextBox> {
  return {
    requestDidStart: () => {
      const startedAt = performance.now();
      return Promise.resolve({
        willSendResponse({ operation, operationName, errors }) {
          if (operation != null) {
            metrics.operationAnswered({
              type: operation.operation,
              transport: 'http',
              registeredName: operationName != null && registered.has(operationName) ? operationName : null,
              hasErrors: errors !== undefined,
              seconds: (performance.now() - startedAt) / 1_000,
            });
          }
          return Promise.resolve();
        },
      });
    },
  };
}
