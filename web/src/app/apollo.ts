import {
  ApolloClient,
  ApolloLink,
  HttpLink,
  setLogVerbosity,
  split,
  type NormalizedCacheObject,
} from '@apollo/client/core';
import { setContext } from '@apollo/client/link/context';
import { getMainDefinition } from '@apollo/client/utilities';
import { createCache } from './cache.ts';
import { failedQueryLink } from './failed-query-link.ts';
import type { IdleClock } from './idle-clock.ts';
import { createLiveSocket, type LiveSocket } from './live-socket.ts';
import { presenceLink } from './presence-link.ts';
import { onceLink } from './once-link.ts';
import { registeredLink } from './registered-link.ts';
import { renewalLink } from './renewal-link.ts';
import type { TokenKeeper } from './tokens.ts';

// @vue/apollo-composable still calls what Apollo Client 4 will drop; the console is for what can be acted on.
setLogVerbosity('error');

export interface GraphQLPort {
  readonly client: ApolloClient<NormalizedCacheObject>;
  readonly live: LiveSocket;
}

function authorization(tokens: TokenKeeper): ApolloLink {
  return setContext(async (_operation, { headers }) => {
    const token = await tokens.fresh();
    return token ? { headers: { ...headers, authorization: `Bearer ${token}` } } : {};
  });
}

export function createGraphQLPort(tokens: TokenKeeper, clock: IdleClock): GraphQLPort {
  const live = createLiveSocket(() => tokens.fresh());
  const http = ApolloLink.from([
    onceLink(),
    renewalLink(tokens),
    failedQueryLink(),
    authorization(tokens),
    presenceLink(clock),
    registeredLink(import.meta.env.PROD),
    new HttpLink({ uri: '/graphql', credentials: 'same-origin' }),
  ]);
  const link = split(
    ({ query }) => {
      const definition = getMainDefinition(query);
      return definition.kind === 'OperationDefinition' && definition.operation === 'subscription';
    },
    live.link,
    http,
  );
  const client = new ApolloClient({
    link,
    cache: createCache(),
    assumeImmutableResults: true,
    defaultOptions: {
      watchQuery: { errorPolicy: 'all', fetchPolicy: 'cache-and-network', nextFetchPolicy: 'cache-first' },
      query: { errorPolicy: 'all' },
    },
  });
  return { client, live };
}
