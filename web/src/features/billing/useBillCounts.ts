import { useQuery } from '@vue/apollo-composable';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { BillCountsDocument, type BillFilter } from '../../gql/graphql.ts';
import type { BillTab } from './useBillSearch.ts';
import { useAfterBillChanges } from './useLiveBills.ts';

/** How many bills are in each state, of those that the search and the days leave. */
export function useBillCounts(base: MaybeRefOrGetter<BillFilter>) {
  const query = useQuery(
    BillCountsDocument,
    () => ({
      pending: { ...toValue(base), status: ['PENDING' as const] },
      paid: { ...toValue(base), status: ['PAID' as const] },
      refunded: { ...toValue(base), status: ['REFUNDED' as const] },
      void: { ...toValue(base), status: ['VOID' as const] },
    }),
    () => ({ fetchPolicy: 'cache-and-network' as const, keepPreviousResult: true }),
  );
  useAfterBillChanges(() => void query.refetch()?.catch(() => undefined));
  return computed<Readonly<Record<BillTab, number | null>>>(() => {
    const { pending, paid, refunded, void: voided } = query.result.value ?? {};
    const counts = [pending, paid, refunded, voided].map((each) => each?.totalCount ?? null);
    const [PENDING = null, PAID = null, REFUNDED = null, VOID = null] = counts;
    const ALL = counts.reduce<number | null>((sum, each) => (sum === null || each === null ? null : sum + each), 0);
    return { PENDING, PAID, REFUNDED, VOID, ALL };
  });
}
