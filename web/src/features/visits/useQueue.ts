import { useQuery } from '@vue/apollo-composable';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import { useLive } from '../../composables/useLive.ts';
import { QueueChangedDocument, QueueDocument } from '../../gql/graphql.ts';
import { columnsOf } from './queue-columns.ts';

/** Estimates run down with the clock, whatever happens in the clinic. */
const estimateRefreshMs = 60_000;
const nobody = columnsOf({ waiting: [], called: [], inProgress: [], completed: [] }, null);

/**
 * Today's queue, as the server pushes it: the clinic's for the desk, a doctor's own.
 *
 * @param doctorId   of one doctor alone; null for all
 */
export function useQueue(doctorId: MaybeRefOrGetter<string | null> = null) {
  const { client } = useSession();
  const query = useQuery(QueueDocument, {}, { fetchPolicy: 'cache-and-network', pollInterval: estimateRefreshMs });
  const refetch = () => void query.refetch()?.catch(() => undefined);
  useLive({
    document: QueueChangedDocument,
    select: (data) => data.queueChanged,
    onUpdate: ({ queue }) => {
      client.cache.writeQuery({ query: QueueDocument, data: { __typename: 'Query', queue } });
    },
    refetch,
  });
  const queue = computed(() => query.result.value?.queue ?? null);
  return {
    columns: computed(() => (queue.value ? columnsOf(queue.value, toValue(doctorId)) : nobody)),
    isLoading: computed(() => query.loading.value && !queue.value),
    error: computed(() => (query.error.value && !queue.value ? toAppError(query.error.value) : null)),
    refetch,
  };
}
