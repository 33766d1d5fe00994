import { useI18n } from 'vue-i18n';
import { useSession } from '../../app/session.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useNotice } from '../../composables/useNotice.ts';
import { RescheduleOwnVisitDocument, type OwnVisitFragment, type SlotFieldsFragment } from '../../gql/graphql.ts';
import type { RequestAnswer } from './useRequestAppointment.ts';
import { ownVisitUpdates } from './update-channel.ts';

/** Moves the patient's own appointment into a free slot, until the clinic's cutoff. */
export function useMoveOwnVisit() {
  const { t } = useI18n();
  const session = useSession();
  const notice = useNotice();
  const { dateTime } = useFormat();

  return async (visit: OwnVisitFragment, { startsAt, doctorId }: SlotFieldsFragment): Promise<RequestAnswer> => {
    const { data } = await session.client.mutate({
      mutation: RescheduleOwnVisitDocument,
      variables: {
        input: {
          appointmentId: visit.id,
          version: visit.version,
          startsAt,
          ...(doctorId === visit.doctor.id ? {} : { doctorId }),
        },
      },
    });
    const payload = data?.rescheduleAppointment;
    const errors = payload?.userErrors ?? [];
    if (payload?.appointment) ownVisitUpdates.send({ appointment: payload.appointment, type: null });
    if (errors.length === 0) notice.done(t('moveOwn.done', { when: dateTime(startsAt) }), t('moveOwn.doneBody'));
    return { visit: payload?.appointment ?? null, alternatives: payload?.alternativeSlots ?? [], errors };
  };
}
