import { ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import { useNotice } from '../../composables/useNotice.ts';
import { MarkTreatedDocument, type AppointmentRowFragment } from '../../gql/graphql.ts';
import { staffUpdates } from './update-channel.ts';

type Treated = Pick<AppointmentRowFragment, 'id' | 'version' | 'patient' | 'doctor'>;

const closing = shallowRef<Treated | null>(null);
const isBusy = ref(false);

/** Closes a treatment: it is history then, and the patient is told, so it asks first. `closing` is the one whose dialog is open. */
export function useMarkTreated() {
  const { t } = useI18n();
  const { client } = useSession();
  const notice = useNotice();

  return {
    closing,
    isBusy,
    markTreated: (appointment: Treated): void => {
      closing.value = appointment;
    },
    async confirm(): Promise<void> {
      const target = closing.value;
      if (target === null || isBusy.value) return;
      isBusy.value = true;
      try {
        const { data } = await client.mutate({
          mutation: MarkTreatedDocument,
          variables: { input: { appointmentId: target.id, version: target.version } },
        });
        const { appointment = null, userErrors = [] } = data?.markTreated ?? {};
        if (appointment) staffUpdates.send({ appointment, type: null });
        const [refusal] = userErrors;
        if (refusal) notice.refused(refusal.message);
        else if (appointment) notice.done(t('treated.done', { patient: appointment.patient.name }));
        closing.value = null;
      } catch (error) {
        notice.failed(toAppError(error));
      } finally {
        isBusy.value = false;
      }
    },
  };
}
