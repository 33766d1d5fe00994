import { ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import { useClinicClock } from '../../composables/useClinicClock.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useNotice } from '../../composables/useNotice.ts';
import { MarkNoShowDocument, type AppointmentRowFragment } from '../../gql/graphql.ts';
import { staffUpdates } from './update-channel.ts';

type Absent = Pick<AppointmentRowFragment, 'id' | 'version' | 'startsAt' | 'patient'>;

const markingId = ref<string | null>(null);
const asking = shallowRef<Absent | null>(null);

/**
 * Writes down that somebody did not come. Of a past day it asks first: today a check-in takes it back, later nothing does.
 * `asking` is the one whose dialog is open.
 */
export function useMarkNoShow() {
  const { t } = useI18n();
  const session = useSession();
  const notice = useNotice();
  const { dateTime, dayOf } = useFormat();
  const { today } = useClinicClock();

  async function write({ id, version }: Pick<Absent, 'id' | 'version'>): Promise<void> {
    if (markingId.value !== null) return;
    markingId.value = id;
    try {
      const { data } = await session.client.mutate({
        mutation: MarkNoShowDocument,
        variables: { input: { appointmentId: id, version } },
      });
      const payload = data?.markNoShow;
      if (payload?.appointment) staffUpdates.send({ appointment: payload.appointment, type: null });
      const [refusal] = payload?.userErrors ?? [];
      if (refusal) notice.refused(refusal.message);
      else if (payload?.appointment)
        notice.done(
          t('noShow.done', { patient: payload.appointment.patient.name }),
          dateTime(payload.appointment.startsAt),
        );
    } catch (error) {
      notice.failed(toAppError(error));
    } finally {
      markingId.value = null;
    }
  }

  return {
    asking,
    markingId,
    async markNoShow(absent: Absent): Promise<void> {
      if (dayOf(absent.startsAt) < today.value) asking.value = absent;
      else await write(absent);
    },
    async confirm(): Promise<void> {
      if (asking.value) await write(asking.value);
      asking.value = null;
    },
  };
}
