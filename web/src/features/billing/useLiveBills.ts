import type { ApolloCache, NormalizedCacheObject } from '@apollo/client/core';
import { computed, onScopeDispose, ref, toValue, type MaybeRefOrGetter } from 'vue';
import { useSession } from '../../app/session.ts';
import { useConnection } from '../../composables/useConnection.ts';
import { BillsDocument, type BillFilter, type BillRowFragment, type BillsQueryVariables } from '../../gql/graphql.ts';
import { billUpdates } from './bill-channel.ts';

export interface LiveBillsOptions {
  filter: MaybeRefOrGetter<BillFilter>;
  /** The same question as the filter, asked of one bill; null when only the server can answer it. */
  accepts: (bill: BillRowFragment) => boolean | null;
  /** While true, bills that arrive live wait behind "2 new". */
  holdsNew?: MaybeRefOrGetter<boolean>;
  first?: number;
}

type Cache = ApolloCache<NormalizedCacheObject>;

const pageSize = 50;

/** Puts a bill that arrived live into a cached list; one that is there already stays once. */
function insertBill(cache: Cache, variables: BillsQueryVariables, bill: BillRowFragment): void {
  cache.updateQuery({ query: BillsDocument, variables }, (data) => {
    if (!data?.bills || data.bills.edges.some(({ node }) => node.id === bill.id)) return undefined;
    const edge = { __typename: 'BillEdge' as const, cursor: '', node: bill };
    const { edges, totalCount } = data.bills;
    return { ...data, bills: { ...data.bills, edges: [edge, ...edges], totalCount: totalCount + 1 } };
  });
}

/** A list of bills, the latest made first: patched in place as they change, new ones put in, those that left taken out. */
export function useLiveBills({ filter, accepts, holdsNew = false, first = pageSize }: LiveBillsOptions) {
  const { client } = useSession();
  const heldIds = ref<ReadonlySet<string>>(new Set());
  const variables = computed(() => ({ first, filter: toValue(filter) }));
  const list = useConnection({
    document: BillsDocument,
    variables,
    select: (data) => data.bills,
    keepPrevious: true,
    asksAgain: true,
  });
  const accepted = computed(() => list.nodes.value.filter((bill) => accepts(bill) !== false));

  billUpdates.listen((bill) => {
    if (list.nodes.value.some(({ id }) => id === bill.id)) return;
    const belongs = accepts(bill);
    if (belongs === null) list.refetch();
    if (belongs !== true) return;
    if (toValue(holdsNew)) heldIds.value = new Set([...heldIds.value, bill.id]);
    insertBill(client.cache, variables.value, bill);
  });

  return {
    ...list,
    rows: computed(() =>
      accepted.value
        .filter(({ id }) => !heldIds.value.has(id))
        .toSorted((one, other) => other.createdAt.localeCompare(one.createdAt)),
    ),
    totalCount: computed(() =>
      list.totalCount.value === null ? null : list.totalCount.value - (list.nodes.value.length - accepted.value.length),
    ),
    heldCount: computed(() => accepted.value.filter(({ id }) => heldIds.value.has(id)).length),
    release: () => {
      heldIds.value = new Set();
    },
  };
}

const settleMs = 300;

/** Runs once after a burst of changes: for figures that only the server can work out. */
export function useAfterBillChanges(run: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  billUpdates.listen(() => {
    clearTimeout(timer);
    timer = setTimeout(run, settleMs);
  });
  onScopeDispose(() => clearTimeout(timer));
}
