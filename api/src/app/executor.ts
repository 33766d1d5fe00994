import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import {
  execute,
  getVariableValues,
  printSchema,
  type DocumentNode,
  type ExecutionResult,
  type OperationDefinitionNode,
} from 'graphql';
import type { Standing } from '../platform/budgets.ts';
import { RequestError } from '../platform/errors.ts';
import { CompiledOperations, runCompiled } from '../platform/graphql/compiled-operations.ts';
import { InputDefaults } from '../platform/graphql/input-defaults.ts';
import { toExecutionError } from '../platform/graphql/format-error.ts';
import { unstorableVariable } from '../platform/graphql/storable-text.ts';
import type { Ctx } from '../access/ctx.ts';
import { Decisions } from '../access/decision.ts';
import { rolesOf } from '../access/viewer.ts';
import { settleAudit } from '../features/audit/index.ts';
import { withIdempotency } from './idempotency.service.ts';
import type { ServedSchema } from './schema.ts';

/** Apollo copies the context it is given, which a class with private fields does not survive: it gets a box around ours. */
export interface ContextBox {
  ctx: Ctx;
  /** What this request cost its caller. */
  standing: Standing;
}

type Gateway = ApolloServerOptionsWithGateway<ContextBox>['gateway'];

interface Asked {
  document: DocumentNode;
  operation: OperationDefinitionNode | null | undefined;
  operationName: string | null | undefined;
  variables: Record<string, unknown>;
}

/**
 * Stands where Apollo would call graphql-js, so that how an operation is executed is this file's business alone: Apollo
 * keeps parsing, validating and answering.
 */
export function executorSeam(schema: ServedSchema): Gateway {
  const run = executor(schema);
  return {
    load: () =>
      Promise.resolve({
        executor: ({ document, context: { ctx }, request, operation }) => {
          // Undefined when the request names none of several: graphql-js says so in its own words.
          if (operation?.operation === 'subscription') return Promise.resolve({ errors: [needsSocket()] });
          const variables = request.variables ?? {};
          const refusal = unstorableVariable(variables);
          if (refusal !== null) return Promise.resolve({ errors: [toExecutionError(refusal)] });
          const asked = { document, operation, operationName: request.operationName, variables };
          return withIdempotency(ctx, { schema: schema.plain, operation, request }, async () => {
            const result = await run(ctx, asked);
            await settleAudit(ctx, { ...asked, errors: result.errors });
            return result;
          });
        },
      }),
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema.plain, coreSupergraphSdl: printSchema(schema.plain) });
      return () => undefined;
    },
    stop: () => Promise.resolve(),
  };
}

const needsSocket = () =>
  toExecutionError(
    new RequestError('BAD_USER_INPUT', 'Subscriptions need a WebSocket: connect to /graphql with graphql-ws.'),
  );

/** As many as graphql-js names when it executes. */
const mistakesNamed = 50;

/**
 * Runs an operation: without guards and compiled where none of its fields is refused to the caller's roles, field by
 * field behind the guards where something is, or where it cannot be told beforehand.
 */
function executor({ plain, guarded, rules }: ServedSchema): (ctx: Ctx, asked: Asked) => Promise<ExecutionResult> {
  const decisions = new Decisions(plain, rules);
  const compiled = new CompiledOperations(plain);
  const defaults = new InputDefaults(plain);
  return async (ctx, { document, operation, operationName, variables }) => {
    const slowly = (schema = guarded) =>
      execute({ schema, document, operationName, contextValue: ctx, variableValues: variables });
    if (operation == null) return slowly();
    // graphql-js names the variable that is at fault, with its place; compiled code does not.
    const { coerced, errors } = getVariableValues(plain, operation.variableDefinitions ?? [], variables, {
      maxErrors: mistakesNamed,
    });
    if (errors !== undefined) return { errors };
    const roles = ctx.viewer === null ? [] : rolesOf(ctx.viewer);
    if (!decisions.allowsAll(document, operation, roles, coerced)) return slowly();
    const code = compiled.get(document, operation.name?.value ?? null);
    return code === null ? slowly(plain) : runCompiled(code, ctx, defaults.fill(operation, variables));
  };
}
