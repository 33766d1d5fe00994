import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { execute, printSchema, type GraphQLSchema } from 'graphql';
import type { Ctx } from '../access/ctx.ts';
import { RequestError } from '../platform/errors.ts';
import { toExecutionError } from '../platform/graphql/format-error.ts';
import { withIdempotency } from './idempotency.service.ts';
import { unstorableVariable } from '../platform/graphql/storable-text.ts';

/** Apollo copies the context it is given, which a class with private fields does not survive: it gets a box around ours. */
export interface ContextBox {
  ctx: Ctx;
}

type Gateway = ApolloServerOptionsWithGateway<ContextBox>['gateway'];

/**
 * Stands where Apollo would call graphql-js, so that how an operation is executed is this file's business alone: Apollo
 * keeps parsing, validating and answering.
 */
export function executorSeam(schema: GraphQLSchema): Gateway {
  return {
    load: () =>
      Promise.resolve({
        executor: async ({ document, context, request, operation }) => {
          // Undefined when the request names none of several: graphql-js says so in its own words.
          if (operation?.operation === 'subscription') {
            return {
              errors: [
                toExecutionError(
                  new RequestError(
                    'BAD_USER_INPUT',
                    'Subscriptions need a WebSocket: connect to /graphql with graphql-ws.',
                  ),
                ),
              ],
            };
          }
          const refusal = unstorableVariable(request.variables);
          if (refusal !== null) return { errors: [toExecutionError(refusal)] };
          const { ctx } = context;
          const run = () =>
            Promise.resolve(
              execute({
                schema,
                document,
                contextValue: ctx,
                variableValues: request.variables,
                operationName: request.operationName,
              }),
            );
          return withIdempotency(ctx, { schema, operation, request }, run);
        },
      }),
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: printSchema(schema) });
      return () => undefined;
    },
    stop: () => Promise.resolve(),
  };
}
