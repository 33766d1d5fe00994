import { ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useNotice } from '../../composables/useNotice.ts';
import { ApproveAppointmentDocument, type AppointmentRowFragment, type SlotFieldsFragment } from '../../gql/graphql.ts';
import { staffUpdates } from './update-channel.ts';

/** An approval that came too late: the time has gone. */
export interface LostSlot {
  readonly appointment: AppointmentRowFragment;
  readonly message: string;
  readonly alternatives: readonly SlotFieldsFragment[];
}

const busyIds = ref<ReadonlySet<string>>(new Set());
const lostSlot = shallowRef<LostSlot | null>(null);

function setBusy(id: string, isBusy: boolean): void {
  const next = new Set(busyIds.value);
  if (isBusy) next.add(id);
  else next.delete(id);
  busyIds.value = next;
}

/** Approves a request. When its time has gone meanwhile, `lostSlot` holds the words and the nearest free times. */
export function useApproveAppointment() {
  const { t } = useI18n();
  const session = useSession();
  const notice = useNotice();
  const { dateTime } = useFormat();

  async function approve(appointment: AppointmentRowFragment): Promise<boolean> {
    if (busyIds.value.has(appointment.id)) return false;
    setBusy(appointment.id, true);
    try {
      const { data } = await session.client.mutate({
        mutation: ApproveAppointmentDocument,
        variables: { input: { appointmentId: appointment.id, version: appointment.version } },
      });
      const payload = data?.approveAppointment;
      if (payload?.appointment) staffUpdates.send({ appointment: payload.appointment, type: null });
      const [refusal] = payload?.userErrors ?? [];
      if (!refusal) {
        notice.done(t('approve.done', { patient: appointment.patient.name }), dateTime(appointment.startsAt));
        return true;
      }
      if (refusal.code === 'SLOT_TAKEN' || refusal.code === 'OUTSIDE_SCHEDULE') {
        lostSlot.value = {
          appointment: payload?.appointment ?? appointment,
          message: refusal.message,
          alternatives: payload?.alternativeSlots ?? [],
        };
      } else {
        notice.refused(refusal.message);
      }
      return false;
    } catch (error) {
      notice.failed(toAppError(error));
      return false;
    } finally {
      setBusy(appointment.id, false);
    }
  }

  return { approve, busyIds, lostSlot };
}
