import { ApolloError } from '@apollo/client/core';
import type { GraphQLFormattedError } from 'graphql';
import type { AppError } from '../composables/app-error.ts';

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function path(value: unknown): readonly string[] | null {
  if (typeof value === 'string') return value.split('.');
  return Array.isArray(value) && value.every((part) => typeof part === 'string') ? value : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Reads the GraphQL errors out of whatever was thrown, also out of a 4xx answer that the HTTP link wrapped. */
export function graphqlErrorsOf(error: unknown): readonly GraphQLFormattedError[] {
  if (error instanceof ApolloError && error.graphQLErrors.length > 0) return error.graphQLErrors;
  const source: unknown = error instanceof ApolloError ? error.networkError : error;
  if (!isRecord(source)) return [];
  const result = source['result'];
  if (isRecord(result) && Array.isArray(result['errors'])) return result['errors'];
  return [];
}

/** Turns anything that an operation can throw into one shape. */
export function toAppError(error: unknown): AppError {
  const [first] = graphqlErrorsOf(error);
  if (first) {
    const extensions = first.extensions ?? {};
    return {
      code: text(extensions['code']) ?? 'INTERNAL',
      message: first.message,
      requestId: text(extensions['requestId']),
      field: path(extensions['field']),
    };
  }
  const isNetwork = (error instanceof ApolloError && error.networkError !== null) || error instanceof TypeError;
  return { code: isNetwork ? 'NETWORK' : 'INTERNAL', message: null, requestId: null, field: null };
}

/** True when the server no longer knows who is asking. */
export function isUnauthenticated(errors: readonly GraphQLFormattedError[]): boolean {
  return errors.some((error) => error.extensions?.['code'] === 'UNAUTHENTICATED');
}
