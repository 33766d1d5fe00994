import { computed } from 'vue';
import { useViewer } from '../../app/session.ts';
import { addDays, isDay, type Day } from '../../composables/clinic-time.ts';
import { useClinicClock } from '../../composables/useClinicClock.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useMedia } from '../../composables/useMedia.ts';
import { useQueryParam } from '../../composables/useQueryParam.ts';
import { startOfWeek } from './day-hours.ts';

export type CalendarView = 'day' | 'week' | 'list';

const weekLength = 7;

/** The first day of the week where this language is at home, 1 for Monday to 7 for Sunday; Monday where a browser does not know. */
function firstWeekdayOf(locale: string): number {
  const known: unknown = new Intl.Locale(locale);
  const info: unknown =
    typeof known === 'object' && known !== null && 'getWeekInfo' in known && typeof known.getWeekInfo === 'function'
      ? known.getWeekInfo()
      : null;
  return typeof info === 'object' && info !== null && 'firstDay' in info && typeof info.firstDay === 'number'
    ? info.firstDay
    : 1;
}

/** Which days of whom are shown, and how; it stands in the address. */
export function useCalendarView() {
  const viewer = useViewer();
  const { today } = useClinicClock();
  const { locale } = useFormat();
  const isNarrow = useMedia('(max-width: 767px)');
  const viewParam = useQueryParam('view', 'replace');
  const dayParam = useQueryParam('day', 'replace');
  const doctorParam = useQueryParam('doctor', 'replace');

  /** A phone has room for one doctor's day, or a list. */
  const view = computed<CalendarView>({
    get: () => {
      if (viewParam.value === 'list') return 'list';
      return viewParam.value === 'week' && !isNarrow.value ? 'week' : 'day';
    },
    set: (next) => {
      viewParam.value = next === 'day' ? null : next;
    },
  });
  const day = computed<Day>({
    get: () => (isDay(dayParam.value) ? dayParam.value : today.value),
    set: (next) => {
      dayParam.value = next === today.value ? null : next;
    },
  });
  /** A doctor sees the own calendar alone. */
  const ownDoctorId = computed(() => (viewer.value.role === 'DOCTOR' ? (viewer.value.doctor?.id ?? null) : null));
  const doctorId = computed<string | null>({
    get: () => ownDoctorId.value ?? doctorParam.value,
    set: (next) => {
      doctorParam.value = next;
    },
  });
  const days = computed<readonly Day[]>(() => {
    if (view.value === 'day') return [day.value];
    const first = view.value === 'week' ? startOfWeek(day.value, firstWeekdayOf(locale.value)) : day.value;
    return Array.from({ length: weekLength }, (_unused, index) => addDays(first, index));
  });

  return {
    view,
    views: computed<readonly CalendarView[]>(() => (isNarrow.value ? ['day', 'list'] : ['day', 'week', 'list'])),
    day,
    days,
    doctorId,
    canChooseDoctor: computed(() => ownDoctorId.value === null),
    isNarrow,
    stepDays: computed(() => (view.value === 'day' ? 1 : weekLength)),
  };
}
