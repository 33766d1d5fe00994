import { computed, ref } from 'vue';
import { addDays, type Day } from '../../composables/clinic-time.ts';
import { useClinicClock } from '../../composables/useClinicClock.ts';

export const weekDays = 7;
/** The API looks at most 62 days ahead; the first is today. */
export const farthestDays = 61;

/** Seven days that move by weeks, from today to as far as can be booked. */
export function useWeekStrip() {
  const { today } = useClinicClock();
  const start = ref<Day>(today.value);
  const lastStart = computed(() => addDays(today.value, farthestDays - weekDays + 1));

  /** Begins with a day, or as near to it as the range allows. */
  function showFrom(day: Day): void {
    const capped = day < lastStart.value ? day : lastStart.value;
    start.value = capped < today.value ? today.value : capped;
  }

  return {
    start,
    end: computed(() => addDays(start.value, weekDays - 1)),
    days: computed<readonly Day[]>(() =>
      Array.from({ length: weekDays }, (_unused, index) => addDays(start.value, index)),
    ),
    canGoBack: computed(() => start.value > today.value),
    canGoOn: computed(() => start.value < lastStart.value),
    showFrom,
    move: (weeks: 1 | -1) => showFrom(addDays(start.value, weeks * weekDays)),
    reset: () => showFrom(today.value),
  };
}
