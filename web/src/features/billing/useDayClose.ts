import { useQuery } from '@vue/apollo-composable';
import { computed, ref, toValue, watch, type MaybeRefOrGetter } from 'vue';
import { keepDraft, recallDraft } from '../../app/drafts.ts';
import { toAppError } from '../../app/errors.ts';
import { useViewer } from '../../app/session.ts';
import type { Day } from '../../composables/clinic-time.ts';
import { TakingsDocument, type PaymentMethod } from '../../gql/graphql.ts';
import { deskMethods } from './bill-looks.ts';
import { closeDay, dayTotals } from './takings.ts';
import { useAfterBillChanges } from './useLiveBills.ts';

type Counted = Partial<Record<PaymentMethod, string>>;

function countedFrom(kept: unknown): Counted {
  if (typeof kept !== 'object' || kept === null) return {};
  const given: Partial<Record<string, unknown>> = { ...kept };
  return Object.fromEntries(
    deskMethods.flatMap((method) => {
      const value = given[method];
      return typeof value === 'string' ? [[method, value]] : [];
    }),
  );
}

/** A day's takings by method, and what the desk has counted; the count stays on this device until the next day. */
export function useDayClose(day: MaybeRefOrGetter<Day>) {
  const viewer = useViewer();
  const query = useQuery(
    TakingsDocument,
    () => ({ date: toValue(day) }),
    () => ({ fetchPolicy: 'cache-and-network' as const }),
  );
  useAfterBillChanges(() => void query.refetch()?.catch(() => undefined));
  const key = computed(() => `day-close:${viewer.value.user?.id ?? ''}:${viewer.value.clinic.id}:${toValue(day)}`);
  const counted = ref<Counted>({});
  watch(
    key,
    (next) => {
      counted.value = countedFrom(recallDraft(next));
    },
    { immediate: true },
  );
  const takings = computed(() => query.result.value?.takings ?? null);

  return {
    counted,
    count: (method: PaymentMethod, text: string): void => {
      counted.value = { ...counted.value, [method]: text };
      keepDraft(key.value, counted.value);
    },
    rows: computed(() => closeDay(takings.value ?? [], counted.value)),
    totals: computed(() => dayTotals(takings.value ?? [], viewer.value.clinic.currency)),
    isLoading: computed(() => query.loading.value && takings.value === null),
    error: computed(() => (query.error.value && takings.value === null ? toAppError(query.error.value) : null)),
    refetch: () => void query.refetch()?.catch(() => undefined),
  };
}
