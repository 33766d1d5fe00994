import { shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import { useNotice } from '../../composables/useNotice.ts';
import { RejectAppointmentDocument, type AppointmentRowFragment } from '../../gql/graphql.ts';
import { staffUpdates } from './update-channel.ts';

export interface Rejection {
  readonly appointment: AppointmentRowFragment;
  /** Words to begin with, e.g. the free times that an approval came back with. */
  readonly note: string;
}

const rejecting = shallowRef<Rejection | null>(null);

/** Rejects a request with a note to the patient. `rejecting` is the request whose note is being written. */
export function useRejectAppointment() {
  const { t } = useI18n();
  const session = useSession();
  const notice = useNotice();

  function startReject(appointment: AppointmentRowFragment, note = ''): void {
    rejecting.value = { appointment, note };
  }

  async function reject(appointment: AppointmentRowFragment, note: string): Promise<readonly UserErrorLike[]> {
    const { data } = await session.client.mutate({
      mutation: RejectAppointmentDocument,
      variables: { input: { appointmentId: appointment.id, note, version: appointment.version } },
    });
    const payload = data?.rejectAppointment;
    if (payload?.appointment) staffUpdates.send({ appointment: payload.appointment, type: null });
    const errors = payload?.userErrors ?? [];
    if (errors.length === 0)
      notice.done(t('reject.done', { patient: appointment.patient.name }), t('reject.doneDetail'));
    return errors;
  }

  return { rejecting, startReject, reject };
}
