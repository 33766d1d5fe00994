import { useQuery } from '@vue/apollo-composable';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { toAppError } from '../../app/errors.ts';
import { StaffBillDocument } from '../../gql/graphql.ts';

/** One bill as staff see it; the live updates patch it in place. */
export function useBill(id: MaybeRefOrGetter<string>) {
  const query = useQuery(
    StaffBillDocument,
    () => ({ id: toValue(id) }),
    () => ({ fetchPolicy: 'cache-and-network' as const }),
  );
  const bill = computed(() => query.result.value?.bill ?? null);
  return {
    bill,
    isLoading: computed(() => query.loading.value && !bill.value),
    error: computed(() => (query.error.value && !bill.value ? toAppError(query.error.value) : null)),
    refetch: () => void query.refetch()?.catch(() => undefined),
  };
}
