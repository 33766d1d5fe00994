import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import { RequestAppointmentDocument, type OwnVisitFragment, type SlotFieldsFragment } from '../../gql/graphql.ts';
import { ownVisitUpdates } from './update-channel.ts';

export interface RequestAnswer {
  readonly visit: OwnVisitFragment | null;
  readonly alternatives: readonly SlotFieldsFragment[];
  readonly errors: readonly UserErrorLike[];
}

/** Asks for a slot in the signed-in patient's name. */
export function useRequestAppointment() {
  const session = useSession();

  return async (input: {
    doctorId: string;
    serviceId: string;
    startsAt: string;
    reason: string;
  }): Promise<RequestAnswer> => {
    const { data } = await session.client.mutate({
      mutation: RequestAppointmentDocument,
      variables: { input: { ...input, reason: input.reason.trim() || null } },
    });
    const payload = data?.requestAppointment;
    const errors = payload?.userErrors ?? [];
    const visit = errors.length === 0 ? (payload?.appointment ?? null) : null;
    if (visit) ownVisitUpdates.send({ appointment: visit, type: null });
    return { visit, alternatives: payload?.alternativeSlots ?? [], errors };
  };
}
