import { useQuery } from '@vue/apollo-composable';
import type { OperationVariables } from '@apollo/client/core';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { toAppError } from '../app/errors.ts';

export interface ConnectionLike<TNode> {
  readonly edges: readonly { readonly node: TNode }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly totalCount?: number;
}

export interface ConnectionOptions<TData, TVariables, TNode> {
  document: TypedDocumentNode<TData, TVariables>;
  variables: MaybeRefOrGetter<TVariables>;
  /** Finds the connection in the answer. */
  select: (data: TData) => ConnectionLike<TNode> | null | undefined;
  enabled?: MaybeRefOrGetter<boolean>;
  /** Keeps the last answer on screen while new variables load: for search as you type. */
  keepPrevious?: boolean;
  /** Asks the server again each time the list is opened, showing what is known meanwhile. */
  asksAgain?: boolean;
}

/** A list of the API as rows, with its four faces (loading, error, empty, data) and the next page. */
export function useConnection<TData, TVariables extends OperationVariables, TNode>(
  options: ConnectionOptions<TData, TVariables, TNode>,
) {
  const query = useQuery<TData, TVariables>(
    options.document,
    () => toValue(options.variables),
    () => ({
      enabled: toValue(options.enabled ?? true),
      keepPreviousResult: options.keepPrevious ?? false,
      fetchPolicy: options.asksAgain ? ('cache-and-network' as const) : ('cache-first' as const),
      notifyOnNetworkStatusChange: true,
    }),
  );
  const connection = computed(() => (query.result.value ? options.select(query.result.value) : null) ?? null);
  const nodes = computed<readonly TNode[]>(() => connection.value?.edges.map((edge) => edge.node) ?? []);
  const isLoading = computed(() => query.loading.value && connection.value === null);
  const error = computed(() => (query.error.value && connection.value === null ? toAppError(query.error.value) : null));

  async function loadMore(): Promise<void> {
    const after = connection.value?.pageInfo.endCursor;
    if (!after || query.loading.value) return;
    await query.fetchMore({ variables: { ...toValue(options.variables), after } });
  }

  return {
    nodes,
    totalCount: computed(() => connection.value?.totalCount ?? null),
    hasMore: computed(() => connection.value?.pageInfo.hasNextPage ?? false),
    isLoading,
    isRefreshing: computed(() => query.loading.value && connection.value !== null),
    error,
    refetch: () => void query.refetch()?.catch(() => undefined),
    loadMore,
  };
}
