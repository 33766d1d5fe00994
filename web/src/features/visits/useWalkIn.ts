import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import { CheckInWalkInDocument, type VisitCardFragment, type WalkInInput } from '../../gql/graphql.ts';
import { staffUpdates } from '../appointments/update-channel.ts';

export interface WalkInAnswer {
  readonly visit: VisitCardFragment | null;
  readonly errors: readonly UserErrorLike[];
}

/** Somebody came without an appointment: books now and checks in. */
export function useWalkIn() {
  const { client } = useSession();
  return async (input: WalkInInput): Promise<WalkInAnswer> => {
    const { data } = await client.mutate({ mutation: CheckInWalkInDocument, variables: { input } });
    const { visit = null, userErrors = [] } = data?.checkInWalkIn ?? {};
    if (visit) staffUpdates.send({ appointment: visit.appointment, type: null });
    return { visit, errors: userErrors };
  };
}
