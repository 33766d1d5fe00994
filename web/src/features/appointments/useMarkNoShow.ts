import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useNotice } from '../../composables/useNotice.ts';
import { MarkNoShowDocument, type AppointmentRowFragment } from '../../gql/graphql.ts';
import { staffUpdates } from './update-channel.ts';

const markingId = ref<string | null>(null);

/** Writes down that somebody did not come. */
export function useMarkNoShow() {
  const { t } = useI18n();
  const session = useSession();
  const notice = useNotice();
  const { dateTime } = useFormat();

  async function markNoShow({ id, version }: Pick<AppointmentRowFragment, 'id' | 'version'>): Promise<void> {
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

  return { markNoShow, markingId };
}
