import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import { useNotice } from '../../composables/useNotice.ts';
import { CheckInDocument, UndoCheckInDocument, type AppointmentRowFragment } from '../../gql/graphql.ts';
import { staffUpdates } from '../appointments/update-channel.ts';

const busyId = ref<string | null>(null);

type Target = Pick<AppointmentRowFragment, 'id' | 'version'>;

/** Checks a patient in, and takes it back while nobody has called them. */
export function useCheckIn() {
  const { t } = useI18n();
  const { client } = useSession();
  const notice = useNotice();

  /** Does one step at a time; returns without a word when another is on its way. */
  async function once(id: string, step: () => Promise<void>): Promise<void> {
    if (busyId.value !== null) return;
    busyId.value = id;
    try {
      await step();
    } catch (error) {
      notice.failed(toAppError(error));
    } finally {
      busyId.value = null;
    }
  }

  const undoCheckIn = ({ id, version }: Target): Promise<void> =>
    once(id, async () => {
      const variables = { input: { appointmentId: id, version } };
      const { data } = await client.mutate({ mutation: UndoCheckInDocument, variables });
      const { appointment = null, userErrors = [] } = data?.undoCheckIn ?? {};
      if (appointment) staffUpdates.send({ appointment, type: null });
      const [refusal] = userErrors;
      if (refusal) notice.refused(refusal.message);
      else if (appointment) notice.done(t('checkIn.undone', { patient: appointment.patient.name }));
    });

  const checkIn = ({ id, version }: Target): Promise<void> =>
    once(id, async () => {
      const variables = { input: { appointmentId: id, version } };
      const { data } = await client.mutate({ mutation: CheckInDocument, variables });
      const { visit = null, userErrors = [] } = data?.checkIn ?? {};
      const [refusal] = userErrors;
      if (refusal) return notice.refused(refusal.message);
      if (!visit) return;
      staffUpdates.send({ appointment: visit.appointment, type: null });
      notice.undoable(
        t('checkIn.done', { number: visit.queueNumber, patient: visit.patient.name }),
        () => void undoCheckIn(visit.appointment),
      );
    });

  return { checkIn, undoCheckIn, busyId };
}
