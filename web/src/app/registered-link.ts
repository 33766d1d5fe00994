import { ApolloLink, Observable, type FetchResult, type Operation } from '@apollo/client/core';
import type { DocumentNode } from 'graphql';

/** The hash under which the build registered an operation; null for one that it did not. */
export function documentIdOf(query: DocumentNode): string | null {
  const meta: unknown = Reflect.get(query, '__meta__');
  const hash = typeof meta === 'object' && meta !== null && 'hash' in meta ? meta.hash : null;
  return typeof hash === 'string' ? hash : null;
}

/**
 * Sends an operation's hash in place of its text. A server of another version may not know it: then the text follows.
 *
 * @param isBuilt  in development the server knows an older build's operations, so texts are sent
 */
export function registeredLink(isBuilt: boolean): ApolloLink {
  return new ApolloLink((operation, forward) => {
    const documentId = isBuilt ? documentIdOf(operation.query) : null;
    if (documentId === null) return forward(operation);
    sendId(operation, documentId);
    return new Observable<FetchResult>((observer) => {
      const pass = { error: observer.error.bind(observer), complete: observer.complete.bind(observer) };
      const withText = () => {
        sendText(operation);
        second = forward(operation).subscribe({ next: observer.next.bind(observer), ...pass });
      };
      let second: { unsubscribe(): void } | null = null;
      let isUnknown = false;
      const first = forward(operation).subscribe({
        next: (result) => {
          isUnknown = result.errors?.some(isAboutTheId) === true;
          if (!isUnknown) observer.next(result);
        },
        error: (error: unknown) => (isRefusalOfTheId(error) ? withText() : observer.error(error)),
        complete: () => (isUnknown ? withText() : observer.complete()),
      });
      return () => {
        first.unsubscribe();
        second?.unsubscribe();
      };
    });
  });
}

function sendId(operation: Operation, documentId: string): void {
  operation.extensions['documentId'] = documentId;
  operation.setContext({ http: { includeQuery: false, includeExtensions: true } });
}

function sendText(operation: Operation): void {
  delete operation.extensions['documentId'];
  operation.setContext({ http: { includeQuery: true, includeExtensions: false } });
}

const isAboutTheId = ({ extensions }: { extensions?: unknown }): boolean =>
  typeof extensions === 'object' &&
  extensions !== null &&
  'field' in extensions &&
  Array.isArray(extensions.field) &&
  extensions.field[0] === 'documentId';

/** A refusal with a status of its own comes as an error that carries what the server said. */
function isRefusalOfTheId(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('result' in error)) return false;
  const { result } = error;
  if (typeof result !== 'object' || result === null || !('errors' in result) || !Array.isArray(result.errors))
    return false;
  return result.errors.some(isAboutTheId);
}
