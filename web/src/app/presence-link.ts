import { ApolloLink } from '@apollo/client/core';
import type { IdleClock } from './idle-clock.ts';

/** Marks what a screen asks by itself, with nobody there: such a request keeps no session awake. */
export const backgroundHeader = 'x-background';

/** Says with each operation whether somebody is there, and remembers when the server last heard so. */
export function presenceLink(clock: IdleClock): ApolloLink {
  return new ApolloLink((operation, forward) => {
    const isBackground = clock.isBackground();
    if (isBackground) {
      operation.setContext(({ headers = {} }) => ({ headers: { ...headers, [backgroundHeader]: '1' } }));
    }
    return forward(operation).map((result) => {
      if (!isBackground) clock.noteTold();
      return result;
    });
  });
}
