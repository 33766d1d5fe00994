import { ApolloLink, type FetchResult } from '@apollo/client/core';
import { getMainDefinition } from '@apollo/client/utilities';

const keyBytes = 16;

/** Pages without HTTPS, as in a clinic's own network, have random values but no randomUUID. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(keyBytes));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const isUnclear = (codes: readonly unknown[]): boolean => codes.includes('INTERNAL_SERVER_ERROR');
const codesOf = (errors: FetchResult['errors']): readonly unknown[] =>
  (errors ?? []).map(({ extensions }) => extensions?.['code']);

/**
 * Gives every change a key, and the same one when the same change is sent again before it was answered: by a second
 * press of the button, or by somebody who tries again after the connection was lost. The server does it once.
 */
export function onceLink(): ApolloLink {
  const unanswered = new Map<string, string>();
  return new ApolloLink((operation, forward) => {
    const definition = getMainDefinition(operation.query);
    if (definition.kind !== 'OperationDefinition' || definition.operation !== 'mutation') return forward(operation);
    const change = JSON.stringify([operation.operationName, operation.variables]);
    const key = unanswered.get(change) ?? newKey();
    unanswered.set(change, key);
    const answered = (codes: readonly unknown[]): void => {
      if (!isUnclear(codes)) unanswered.delete(change);
    };
    operation.setContext(({ headers }: { headers?: Record<string, string> }) => ({
      headers: { ...headers, 'idempotency-key': key },
    }));
    return forward(operation).map((result) => {
      answered(codesOf(result.errors));
      return result;
    });
  });
}
