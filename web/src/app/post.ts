import { print } from 'graphql';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';

/** Sends one operation without the Apollo client: for renewing the session that the client itself waits for. */
export async function postOperation<TData, TVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
): Promise<TData | null> {
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query: print(document), variables }),
  });
  // A gateway in between answers in HTML: out of reach, not signed out.
  if (response.status >= 500) throw new TypeError(`The server answered ${response.status}.`);
  const body: { data?: TData | null } = await response.json();
  return body.data ?? null;
}
