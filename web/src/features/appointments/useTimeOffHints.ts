import { useQuery } from '@vue/apollo-composable';
import { computed, type Ref } from 'vue';
import { RequestTimeOffDocument, type AppointmentRowFragment } from '../../gql/graphql.ts';
import { requestsInTimeOff } from './conflicts.ts';

/** The requests whose doctor, or whose clinic, is away at that time: a hint before approving, the server decides. */
export function useTimeOffHints(requests: Readonly<Ref<readonly AppointmentRowFragment[]>>) {
  const range = computed(() => {
    const from = requests.value.map(({ startsAt }) => startsAt).sort()[0];
    const to = requests.value
      .map(({ endsAt }) => endsAt)
      .sort()
      .at(-1);
    return from === undefined || to === undefined ? null : { from, to };
  });
  const query = useQuery(
    RequestTimeOffDocument,
    () => range.value ?? { from: '', to: '' },
    () => ({ enabled: range.value !== null, fetchPolicy: 'cache-and-network' as const, keepPreviousResult: true }),
  );
  return computed(() => requestsInTimeOff(requests.value, query.result.value?.doctors ?? []));
}
