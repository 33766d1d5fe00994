import type { FetchResult, OperationVariables } from '@apollo/client/core';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { GraphQLFormattedError } from 'graphql';
import { onScopeDispose } from 'vue';
import { graphqlErrorsOf, isUnauthenticated } from '../app/errors.ts';
import { useSession } from '../app/session.ts';
import { startLive, type LiveUpdate } from './live-resume.ts';
import { announceResync } from './resync.ts';
import { waitBeforeRetry } from './wait-before-retry.ts';

export interface LiveOptions<TData, TUpdate extends LiveUpdate> {
  document: TypedDocumentNode<TData, { after?: string | null | undefined }>;
  select: (data: TData) => TUpdate;
  onUpdate: (update: TUpdate) => void;
  /** Fetches once more what was fetched before the server followed; everything on the screen when left out. */
  refetch?: () => void;
}

const resyncPauseMs = 150;
let resyncTimer: ReturnType<typeof setTimeout> | undefined;

/** A refused subscription comes as the protocol's array, an update that failed as Apollo's error. */
function errorsOf(error: unknown): readonly GraphQLFormattedError[] {
  return Array.isArray(error) ? error : graphqlErrorsOf(error);
}

function isClosedBecauseOf(error: unknown, code: number): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

/**
 * Follows one live field for as long as the calling component lives. Updates go into the Apollo cache by themselves,
 * entity by entity; `onUpdate` does what the cache cannot know, such as putting a new row into a list.
 */
export function useLive<TData, TUpdate extends LiveUpdate>({
  document,
  select,
  onUpdate,
  refetch,
}: LiveOptions<TData, TUpdate>): void {
  const session = useSession();

  function resync(): void {
    clearTimeout(resyncTimer);
    resyncTimer = setTimeout(() => {
      void session.client.refetchQueries({ include: 'active' });
      announceResync();
    }, resyncPauseMs);
  }

  async function mayRetry(error: unknown): Promise<boolean> {
    const errors = errorsOf(error);
    if (errors.some(({ extensions }) => extensions?.['code'] === 'FORBIDDEN')) return false;
    if (isUnauthenticated(errors) || isClosedBecauseOf(error, 4401) || isClosedBecauseOf(error, 4403)) {
      await session.renewNow().catch(() => null);
    }
    return session.untilBack();
  }

  const live = startLive<TUpdate>({
    open: (resume, sink) => {
      const subscription = session.client
        .subscribe<TData, OperationVariables>({ query: document, context: { resume } })
        .subscribe({
          next: ({ data, errors }: FetchResult<TData>) => {
            if (data) sink.next(select(data));
            else if (errors?.length) sink.error(errors);
          },
          error: (error: unknown) => sink.error(error),
          complete: () => sink.complete(),
        });
      return () => subscription.unsubscribe();
    },
    onUpdate,
    onBegun: refetch ?? resync,
    onResync: resync,
    mayRetry,
    wait: waitBeforeRetry,
  });
  const stopListening = session.live.onReconnected(live.reconnected);
  onScopeDispose(() => {
    stopListening();
    live.stop();
  });
}
