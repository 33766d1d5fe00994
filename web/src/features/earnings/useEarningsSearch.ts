import { computed } from 'vue';
import { useRouter } from 'vue-router';
import { useSession } from '../../app/session.ts';
import { isDay } from '../../composables/clinic-time.ts';
import { useClinicClock } from '../../composables/useClinicClock.ts';
import { useQueryParam } from '../../composables/useQueryParam.ts';
import type { PaymentMethod, PaymentStatus } from '../../gql/graphql.ts';
import { groupings, type Grouping } from './payment-groups.ts';
import { inOrder, rangeOf, type DayRange } from './ranges.ts';

/** Of a payment; PENDING is what is unpaid. A failed one is no money. */
export const earningStates = ['PAID', 'PENDING', 'REFUNDED'] as const satisfies readonly PaymentStatus[];
export const earningMethods = [
  'CASH',
  'CARD',
  'BANK_TRANSFER',
  'MOBILE_WALLET',
  'ONLINE',
] as const satisfies readonly PaymentMethod[];

/** What the earnings page shows, kept in its address: this month unless other days are asked for. */
export function useEarningsSearch() {
  const router = useRouter();
  const session = useSession();
  const { today } = useClinicClock();
  const from = useQueryParam('from', 'replace');
  const to = useQueryParam('to', 'replace');
  const stateParam = useQueryParam('state', 'replace');
  const methodParam = useQueryParam('method', 'replace');
  const doctorParam = useQueryParam('doctor', 'replace');
  const byParam = useQueryParam('by', 'replace');

  const range = computed<DayRange>(() =>
    isDay(from.value) && isDay(to.value) ? inOrder(from.value, to.value) : rangeOf('month', today.value),
  );
  const state = computed(() => earningStates.find((each) => each === stateParam.value) ?? null);
  const method = computed(() => earningMethods.find((each) => each === methodParam.value) ?? null);
  const grouping = computed<Grouping>({
    get: () => groupings.find((each) => each === byParam.value) ?? 'none',
    set: (next) => {
      byParam.value = next === 'none' ? null : next;
    },
  });

  return {
    today,
    range,
    state,
    method,
    grouping,
    stateParam,
    methodParam,
    doctorParam,
    /** A doctor's are their own, whatever the address says. */
    isOwn: computed(() => session.role === 'DOCTOR'),
    isNarrowed: computed(() => state.value !== null || method.value !== null),
    /** One replace for both ends: two in a row would lose one of them. */
    setRange: (next: DayRange) => {
      void router.replace({ query: { ...router.currentRoute.value.query, ...next } });
    },
    clear: () => {
      const { state: _state, method: _method, ...rest } = router.currentRoute.value.query;
      void router.replace({ query: rest });
    },
  };
}
