import { GraphQLError, type DocumentNode, type GraphQLFormattedError } from 'graphql';
import { isDatabaseAway } from '../db/pg-errors.ts';
import { RequestError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { malformedValue } from './malformed-value.ts';

/** Codes that GraphQL's own checks put on a request that never reached a resolver. */
const callersFault = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'RATE_LIMITED',
  'TOO_COMPLEX',
]);

/** The request that an error belongs to. */
export interface FailedRequest {
  log: Logger;
  requestId: string;
  /** Null when it could not be parsed. */
  document: DocumentNode | null;
}

/**
 * The one place where an error becomes an answer: a code, the request's id, and nothing of the inside. What nobody
 * foresaw is written to the log and masked.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  request: FailedRequest,
): GraphQLFormattedError {
  const { log, requestId, document } = request;
  const original = innermost(error);
  const place = {
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
  };
  if (original instanceof RequestError) {
    return {
      message: original.message,
      ...place,
      extensions: { code: original.code, requestId, ...(original.field && { field: original.field }) },
    };
  }
  const malformed = malformedValue(error, document);
  if (malformed !== null) {
    const { message, field } = malformed;
    return { message, ...place, extensions: { code: 'BAD_USER_INPUT', requestId, field } };
  }
  if (isDatabaseAway(original)) {
    log.warn({ err: original, requestId }, 'the database was away');
    const message = 'Clinigraph is away for a moment. Nothing of this was done; try again shortly.';
    return { message, ...place, extensions: { code: 'SERVICE_UNAVAILABLE', requestId } };
  }
  const code = String(formatted.extensions?.['code'] ?? 'INTERNAL_SERVER_ERROR');
  if (callersFault.has(code)) return { message: formatted.message, ...place, extensions: { code, requestId } };
  log.error({ err: original instanceof Error ? original : new Error('thrown value'), requestId }, 'a request failed');
  return {
    message: 'Something went wrong on our side. Try again; if it happens again, tell us the request id.',
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  };
}

/** What was thrown, under the wrappers that graphql-js puts around it. */
function innermost(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError !== undefined ? innermost(error.originalError) : error;
}

/** An error that no resolver threw, in the shape that execution answers with. */
export const toExecutionError = (error: Error): GraphQLError =>
  new GraphQLError(error.message, { originalError: error });

/** The same error under a code: GraphQL's own checks give none. */
export const withCode = (error: GraphQLError, code: string): GraphQLError =>
  new GraphQLError(error.message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    originalError: error.originalError ?? error,
    extensions: { ...error.extensions, code },
  });
