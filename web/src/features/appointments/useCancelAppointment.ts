import { shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useNotice } from '../../composables/useNotice.ts';
import {
  CancelAppointmentDocument,
  CancelOwnVisitDocument,
  type AppointmentRowFragment,
  type OwnVisitFragment,
} from '../../gql/graphql.ts';
import { ownVisitUpdates, staffUpdates } from './update-channel.ts';

const cancelling = shallowRef<AppointmentRowFragment | null>(null);

/** Cancels an appointment for the clinic's side. `cancelling` is the one whose dialog is open. */
export function useCancelAppointment() {
  const { t } = useI18n();
  const session = useSession();
  const notice = useNotice();
  const { dateTime } = useFormat();

  async function cancel(appointment: AppointmentRowFragment, note: string): Promise<readonly UserErrorLike[]> {
    const { data } = await session.client.mutate({
      mutation: CancelAppointmentDocument,
      variables: { input: { appointmentId: appointment.id, note: note.trim() || null, version: appointment.version } },
    });
    const payload = data?.cancelAppointment;
    if (payload?.appointment) staffUpdates.send({ appointment: payload.appointment, type: null });
    const errors = payload?.userErrors ?? [];
    // Changed by somebody else meanwhile: the dialog says by whom, and what is pressed again is about it as it is now.
    if (payload?.appointment && errors.some(({ code }) => code === 'CONFLICT')) cancelling.value = payload.appointment;
    if (errors.length === 0)
      notice.done(
        t('cancel.done'),
        t('cancel.doneDetail', { patient: appointment.patient.name, when: dateTime(appointment.startsAt) }),
      );
    return errors;
  }

  return {
    cancelling,
    startCancel: (appointment: AppointmentRowFragment) => {
      cancelling.value = appointment;
    },
    cancel,
  };
}

/** Cancels the patient's own appointment. */
export function useCancelOwnVisit() {
  const { t } = useI18n();
  const session = useSession();
  const notice = useNotice();

  return async (visit: OwnVisitFragment, note: string): Promise<readonly UserErrorLike[]> => {
    const { data } = await session.client.mutate({
      mutation: CancelOwnVisitDocument,
      variables: { input: { appointmentId: visit.id, note: note.trim() || null, version: visit.version } },
    });
    const payload = data?.cancelAppointment;
    if (payload?.appointment) ownVisitUpdates.send({ appointment: payload.appointment, type: null });
    const errors = payload?.userErrors ?? [];
    if (errors.length === 0) notice.done(t('cancel.done'), t('cancel.ownDoneDetail'));
    return errors;
  };
}
