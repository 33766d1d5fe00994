import { ApolloLink, Observable, type FetchResult, type Operation } from '@apollo/client/core';
import { createClient, type Client, type ExecutionResult } from 'graphql-ws';
import { print } from 'graphql';
import { ref, type Ref } from 'vue';
import { documentIdOf } from './registered-link.ts';
import { waitBeforeRetry } from '../composables/wait-before-retry.ts';

export type LiveStatus = 'idle' | 'connecting' | 'connected' | 'reconnecting';

export interface LiveSocket {
  readonly status: Ref<LiveStatus>;
  readonly link: ApolloLink;
  /** Calls back each time a lost connection is back. */
  onReconnected: (callback: () => void) => () => void;
}

const keepAliveMs = 12_000;
const pongTimeoutMs = 5_000;

/** The variables of a subscription, read anew at every reconnect so that it resumes after the last cursor seen. */
function payloadOf(operation: Operation): {
  query: string;
  operationName: string;
  extensions?: Record<string, unknown>;
  readonly variables: Record<string, unknown>;
} {
  const resume: unknown = operation.getContext()['resume'];
  const documentId = import.meta.env.PROD ? documentIdOf(operation.query) : null;
  return {
    ...(documentId === null
      ? { query: print(operation.query) }
      : { query: '', extensions: { documentId } satisfies Record<string, unknown> }),
    operationName: operation.operationName,
    get variables() {
      return typeof resume === 'function' ? { ...operation.variables, ...resume() } : operation.variables;
    },
  };
}

function liveLink(client: Client): ApolloLink {
  return new ApolloLink(
    (operation) =>
      new Observable<FetchResult>((observer) =>
        client.subscribe<Record<string, unknown>>(payloadOf(operation), {
          next: (result: ExecutionResult<Record<string, unknown>>) =>
            observer.next({ ...result, data: result.data ?? null }),
          error: (error: unknown) => observer.error(error),
          complete: () => observer.complete(),
        }),
      ),
  );
}

/** The one WebSocket of the app. It opens with the first subscription and closes with the last. */
export function createLiveSocket(accessToken: () => Promise<string | null>): LiveSocket {
  const status = ref<LiveStatus>('idle');
  const reconnected = new Set<() => void>();
  let hasBeenConnected = false;
  let pongTimer: ReturnType<typeof setTimeout> | undefined;

  const client = createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: async () => {
      const token = await accessToken();
      return token ? { authorization: `Bearer ${token}` } : {};
    },
    lazy: true,
    keepAlive: keepAliveMs,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: waitBeforeRetry,
    on: {
      connecting: (isRetry) => {
        status.value = isRetry ? 'reconnecting' : 'connecting';
      },
      connected: (_socket, _payload, wasRetry) => {
        status.value = 'connected';
        if (wasRetry && hasBeenConnected) for (const callback of reconnected) callback();
        hasBeenConnected = true;
      },
      closed: (event) => {
        clearTimeout(pongTimer);
        const isIntended = typeof event === 'object' && event !== null && 'code' in event && event.code === 1000;
        status.value = isIntended ? 'idle' : 'reconnecting';
      },
      // A sleeping laptop leaves a socket that looks open: no pong means it is dead.
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => client.terminate(), pongTimeoutMs);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
    },
  });

  // The browser knows before any ping does: the dot must not stay green while nothing arrives.
  window.addEventListener('offline', () => {
    if (status.value === 'connected') client.terminate();
  });

  return {
    status,
    link: liveLink(client),
    onReconnected: (callback) => {
      reconnected.add(callback);
      return () => reconnected.delete(callback);
    },
  };
}
