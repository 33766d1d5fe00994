import { computed } from 'vue';
import { useRouter } from 'vue-router';
import { isDay, type Day } from '../../composables/clinic-time.ts';
import { useQueryParam } from '../../composables/useQueryParam.ts';
import type { BillFilter, BillStatus } from '../../gql/graphql.ts';

export const billTabs = ['PENDING', 'PAID', 'REFUNDED', 'VOID', 'ALL'] as const;
export type BillTab = (typeof billTabs)[number];

export const statusesOf = (tab: BillTab): BillStatus[] | null => (tab === 'ALL' ? null : [tab]);

/** What the billing page shows, kept in its address: the unpaid ones unless something else is asked for. */
export function useBillSearch() {
  const router = useRouter();
  const tabParam = useQueryParam('state', 'replace');
  const search = useQueryParam('search', 'replace');
  const from = useQueryParam('from', 'replace');
  const to = useQueryParam('to', 'replace');
  const day = (value: string | null): Day | null => (isDay(value) ? value : null);
  const tab = computed<BillTab>({
    get: () => billTabs.find((each) => each === tabParam.value) ?? 'PENDING',
    set: (next) => {
      tabParam.value = next === 'PENDING' ? null : next;
    },
  });
  const base = computed<BillFilter>(() => ({ search: search.value, from: day(from.value), to: day(to.value) }));
  return {
    tab,
    search,
    from,
    to,
    base,
    isNarrowed: computed(() => Object.values(base.value).some((part) => part !== null)),
    clear: () => void router.replace({ query: tabParam.value === null ? {} : { state: tabParam.value } }),
    /** One replace for both ends: two in a row would lose one of them. */
    setDays: (next: { from: Day | null; to: Day | null }) => {
      const { from: _from, to: _to, ...rest } = router.currentRoute.value.query;
      const days = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== null));
      void router.replace({ query: { ...rest, ...days } });
    },
  };
}
