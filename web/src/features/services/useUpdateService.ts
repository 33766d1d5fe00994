import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import { AllServicesDocument, UpdateServiceDocument, type UpdateServiceInput } from '../../gql/graphql.ts';

/** Changes, archives or restores a service. */
export function useUpdateService() {
  const { client } = useSession();

  return async (input: UpdateServiceInput): Promise<readonly UserErrorLike[]> => {
    const { data } = await client.mutate({
      mutation: UpdateServiceDocument,
      variables: { input },
      update: (cache) => {
        // The whole list changes in place. What can be booked, and with whom, is asked anew by whoever shows it.
        const whole = cache.readQuery({ query: AllServicesDocument });
        for (const fieldName of ['services', 'doctors', 'availableSlots']) cache.evict({ id: 'ROOT_QUERY', fieldName });
        if (whole) cache.writeQuery({ query: AllServicesDocument, data: whole });
      },
    });
    return data?.updateService?.userErrors ?? [];
  };
}
