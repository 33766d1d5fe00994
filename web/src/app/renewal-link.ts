import { ApolloLink, Observable, type FetchResult, type NextLink, type Operation } from '@apollo/client/core';
import { graphqlErrorsOf, isUnauthenticated } from './errors.ts';
import type { TokenKeeper } from './tokens.ts';

type Subscription = ReturnType<Observable<FetchResult>['subscribe']>;

/** Sends the operation; when the server no longer takes the token, renews the session once and sends it again. */
function sendWithRenewal(operation: Operation, forward: NextLink, tokens: TokenKeeper): Observable<FetchResult> {
  return new Observable<FetchResult>((observer) => {
    let current: Subscription | undefined;
    let isRenewing = false;

    function renewAndRepeat(): void {
      isRenewing = true;
      const repeat = (): void => {
        current = forward(operation).subscribe(observer);
      };
      // Out of reach or signed out: the second answer says which.
      tokens.renewNow().then(repeat, repeat);
    }

    current = forward(operation).subscribe({
      next: (result) => {
        if (isUnauthenticated(result.errors ?? [])) renewAndRepeat();
        else observer.next(result);
      },
      error: (error: unknown) => {
        if (isUnauthenticated(graphqlErrorsOf(error))) renewAndRepeat();
        else observer.error(error);
      },
      complete: () => {
        if (!isRenewing) observer.complete();
      },
    });
    return () => current?.unsubscribe();
  });
}

export function renewalLink(tokens: TokenKeeper): ApolloLink {
  return new ApolloLink((operation, forward) => sendWithRenewal(operation, forward, tokens));
}
