import { useQuery } from '@vue/apollo-composable';
import { computed } from 'vue';
import { toAppError } from '../../app/errors.ts';
import { dayRange, type Day } from '../../composables/clinic-time.ts';
import { useLive } from '../../composables/useLive.ts';
import { CalendarDoctorsDocument, ScheduleChangedDocument, type CalendarDoctorFragment } from '../../gql/graphql.ts';

/** The doctors with their hours, and who is away on the days on show. */
export function useCalendarDoctors(days: () => readonly Day[], zone: () => string) {
  const query = useQuery(
    CalendarDoctorsDocument,
    () => ({ from: dayRange(days()[0] ?? '', zone()).from, to: dayRange(days().at(-1) ?? '', zone()).to }),
    { keepPreviousResult: true },
  );
  // Hours and time off are drawn behind the appointments: they change under everybody's eyes, too.
  const refetch = () => void query.refetch()?.catch(() => undefined);
  useLive({
    document: ScheduleChangedDocument,
    select: (data) => data.scheduleChanged,
    onUpdate: refetch,
    refetch,
  });
  return {
    doctors: computed<readonly CalendarDoctorFragment[]>(() => query.result.value?.doctors ?? []),
    isLoading: computed(() => query.loading.value && !query.result.value),
    error: computed(() => (query.error.value && !query.result.value ? toAppError(query.error.value) : null)),
    refetch,
  };
}
