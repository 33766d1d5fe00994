import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import {
  BookAppointmentDocument,
  type AppointmentRowFragment,
  type BookAppointmentInput,
  type SlotFieldsFragment,
} from '../../gql/graphql.ts';
import { staffUpdates } from './update-channel.ts';

export interface BookAnswer {
  readonly appointment: AppointmentRowFragment | null;
  readonly alternatives: readonly SlotFieldsFragment[];
  readonly errors: readonly UserErrorLike[];
}

/** Books for a patient: approved at once. */
export function useBookAppointment() {
  const session = useSession();

  return async (input: BookAppointmentInput): Promise<BookAnswer> => {
    const { data } = await session.client.mutate({ mutation: BookAppointmentDocument, variables: { input } });
    const payload = data?.bookAppointment;
    const errors = payload?.userErrors ?? [];
    const appointment = errors.length === 0 ? (payload?.appointment ?? null) : null;
    if (appointment) staffUpdates.send({ appointment, type: null });
    return { appointment, alternatives: payload?.alternativeSlots ?? [], errors };
  };
}
