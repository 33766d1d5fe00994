import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import { ManagedDoctorsDocument, UpdateDoctorDocument, type UpdateDoctorInput } from '../../gql/graphql.ts';

/** Changes what a doctor offers and is. */
export function useUpdateDoctor() {
  const session = useSession();

  return async (input: UpdateDoctorInput): Promise<readonly UserErrorLike[]> => {
    const { data } = await session.client.mutate({
      mutation: UpdateDoctorDocument,
      variables: { input, owner: session.role === 'OWNER' },
    });
    const userErrors = data?.updateDoctor?.userErrors ?? [];
    if (userErrors.length === 0) {
      // Who can be booked, and for what, follows from it; whoever looks next asks anew.
      const { cache } = session.client;
      const shown = { query: ManagedDoctorsDocument, variables: { owner: session.role === 'OWNER' } };
      const whole = cache.readQuery(shown);
      for (const fieldName of ['availableSlots', 'doctors']) cache.evict({ id: 'ROOT_QUERY', fieldName });
      if (whole) cache.writeQuery({ ...shown, data: whole });
    }
    return userErrors;
  };
}
