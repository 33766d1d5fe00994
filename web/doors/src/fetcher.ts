import {
  GraphQLError,
  Kind,
  parse,
  type ExecutionResult,
  type FormattedExecutionResult,
  type OperationDefinitionNode,
} from 'graphql';
import { createClient } from 'graphql-ws';
import type { GraphiQLProps } from 'graphiql';
import { accessToken } from './session.ts';

type Fetcher = GraphiQLProps['fetcher'];

interface Operation {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
}

const liveAddress = new URL('/graphql', location.href.replace(/^http/, 'ws')).toString();

/** Runs what the editor asks for: live operations over WebSocket, all others over HTTP. */
export const fetcher: Fetcher = ({ query, variables, operationName }, options) => {
  const given = options?.headers ?? {};
  const operations = operationsOf(query);
  // Just after a change of tab the editor still gives the name of the last one.
  const chosen = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
  const operation = { query, variables, operationName: operations.length > 1 ? chosen?.name?.value : undefined };
  return chosen?.operation === 'subscription' ? follow(operation, given) : ask(operation, given);
};

/** None when the text is not GraphQL yet: the server says what is wrong with it. */
function operationsOf(query: string): OperationDefinitionNode[] {
  try {
    return parse(query).definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  } catch {
    return [];
  }
}

/** What the headers editor says goes before who is signed in on the page. */
async function withToken(given: Record<string, unknown>): Promise<Record<string, string>> {
  const headers = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)] as const),
  );
  const token = 'authorization' in headers ? null : await accessToken();
  return token === null ? headers : { ...headers, authorization: `Bearer ${token}` };
}

async function ask(operation: Operation, given: Record<string, unknown>): Promise<ExecutionResult> {
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'omit',
    headers: { 'content-type': 'application/json', ...(await withToken(given)) },
    body: JSON.stringify(operation),
  });
  return toResult(await response.json());
}

async function* follow(
  { query, variables, operationName }: Operation,
  given: Record<string, unknown>,
): AsyncGenerator<ExecutionResult> {
  const client = createClient({ url: liveAddress, connectionParams: () => withToken(given) });
  try {
    for await (const answer of client.iterate({ query, variables, operationName })) yield toResult(answer);
  } finally {
    await client.dispose();
  }
}

const toResult = ({ data, errors }: Pick<FormattedExecutionResult, 'data' | 'errors'>): ExecutionResult =>
  errors === undefined
    ? { data }
    : { data, errors: errors.map(({ message, ...options }) => new GraphQLError(message, options)) };
