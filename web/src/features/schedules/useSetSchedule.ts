import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import { SetScheduleDocument, type ScheduleBlockInput } from '../../gql/graphql.ts';

/** Replaces a doctor's whole weekly schedule. */
export function useSetSchedule() {
  const { client } = useSession();

  return async (doctorId: string, blocks: ScheduleBlockInput[]): Promise<readonly UserErrorLike[]> => {
    const { data } = await client.mutate({ mutation: SetScheduleDocument, variables: { input: { doctorId, blocks } } });
    // Free slots follow the schedule; whoever looks next asks anew.
    client.cache.evict({ fieldName: 'availableSlots' });
    return data?.setSchedule?.userErrors ?? [];
  };
}
