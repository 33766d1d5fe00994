import { useQuery } from '@vue/apollo-composable';
import { computed, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import { addDays, startOfDay } from '../../composables/clinic-time.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import { useClinicClock } from '../../composables/useClinicClock.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useNotice } from '../../composables/useNotice.ts';
import {
  AddTimeOffDocument,
  DoctorTimeOffDocument,
  RemoveTimeOffDocument,
  type AddTimeOffInput,
  type AppointmentRowFragment,
} from '../../gql/graphql.ts';

/** How far ahead time off is listed, days. */
const shownDays = 366;

export interface Affected {
  readonly count: number;
  readonly rows: readonly AppointmentRowFragment[];
}

/** A doctor's time off to come, with the clinic's; and what falls into what was just added. */
export function useTimeOff(doctorId: () => string) {
  const { t } = useI18n();
  const { client } = useSession();
  const { zone } = useFormat();
  const { today } = useClinicClock();
  const notice = useNotice();
  const affected = shallowRef<Affected | null>(null);
  const query = useQuery(DoctorTimeOffDocument, () => ({
    id: doctorId(),
    from: startOfDay(today.value, zone.value),
    to: startOfDay(addDays(today.value, shownDays), zone.value),
  }));

  /** Free slots and calendars follow; whoever looks next asks anew. */
  function reload(): void {
    client.cache.evict({ id: 'ROOT_QUERY', fieldName: 'availableSlots' });
    void query.refetch()?.catch(() => undefined);
  }

  async function add(input: AddTimeOffInput): Promise<readonly UserErrorLike[]> {
    const { data } = await client.mutate({ mutation: AddTimeOffDocument, variables: { input } });
    const payload = data?.addTimeOff;
    const errors = payload?.userErrors ?? [];
    if (errors.length > 0 || !payload) return errors;
    affected.value = { count: payload.affectedCount, rows: payload.affectedAppointments };
    notice.done(t('timeOff.added'));
    reload();
    return [];
  }

  async function remove(id: string): Promise<void> {
    try {
      const { data } = await client.mutate({ mutation: RemoveTimeOffDocument, variables: { id } });
      const [refusal] = data?.removeTimeOff?.userErrors ?? [];
      if (refusal) notice.refused(refusal.message);
      else notice.done(t('timeOff.removed'));
      reload();
    } catch (error) {
      notice.failed(toAppError(error));
    }
  }

  return {
    list: computed(() => query.result.value?.doctor?.timeOff ?? []),
    isLoading: computed(() => query.loading.value && !query.result.value),
    error: computed(() => (query.error.value && !query.result.value ? toAppError(query.error.value) : null)),
    refetch: reload,
    affected,
    add,
    remove,
  };
}
