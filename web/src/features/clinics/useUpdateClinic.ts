import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import { UpdateClinicDocument, type UpdateClinicInput } from '../../gql/graphql.ts';

/** Saves some of the clinic's settings. The session's own copy of the clinic follows: name and time zone show everywhere. */
export function useUpdateClinic() {
  const session = useSession();

  return async (input: UpdateClinicInput): Promise<readonly UserErrorLike[]> => {
    const { data } = await session.client.mutate({
      mutation: UpdateClinicDocument,
      variables: { input, owner: session.role === 'OWNER' },
    });
    const clinic = data?.updateClinic?.clinic;
    if (clinic) {
      const { name, address, phone, timeZone, locale } = clinic;
      session.changeClinic({ name, address, phone, timeZone, locale });
    }
    // Free times are counted in the clinic's days; whoever looks next asks anew.
    if (input.timeZone) session.client.cache.evict({ fieldName: 'availableSlots' });
    return data?.updateClinic?.userErrors ?? [];
  };
}
