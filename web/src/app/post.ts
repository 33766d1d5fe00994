import { print } from 'graphql';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { backgroundHeader } from './presence-link.ts';

/**
 * Sends one operation without the Apollo client: for renewing the session that the client itself waits for.
 *
 * @throws TypeError when the server is out of reach or could not answer; only an answer says that there is no session
 */
export async function postOperation<TData, TVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
  { isBackground = false }: { isBackground?: boolean } = {},
): Promise<TData | null> {
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(isBackground && { [backgroundHeader]: '1' }),
    },
    body: JSON.stringify({ query: print(document), variables }),
  });
  // A gateway in between answers in HTML: out of reach, not signed out.
  if (response.status >= 500) throw new TypeError(`The server answered ${response.status}.`);
  const body: { data?: TData | null; errors?: readonly { message: string }[] } = await response.json();
  // A database that is away for a moment is no reason to sign anybody out.
  if (body.errors !== undefined && body.errors.length > 0) throw new TypeError('The server could not answer.');
  return body.data ?? null;
}
