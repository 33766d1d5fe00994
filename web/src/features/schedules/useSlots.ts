import { useQuery } from '@vue/apollo-composable';
import { computed, ref, toValue, watch, type MaybeRefOrGetter } from 'vue';
import { toAppError } from '../../app/errors.ts';
import { addDays, dayOf, type Day } from '../../composables/clinic-time.ts';
import { useClinicClock } from '../../composables/useClinicClock.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { AvailableSlotsDocument } from '../../gql/graphql.ts';
import { groupByDayPart, slotsByDay } from './slot-groups.ts';
import { farthestDays, useWeekStrip } from './useWeekStrip.ts';

const mostSlots = 500;

interface SlotTarget {
  readonly serviceId: string;
  /** Null for anybody who offers the service. */
  readonly doctorId: string | null;
}

/** Asks for a range of days, and for the nearest free time however far it is. */
function useSlotQueries(target: () => SlotTarget, range: () => { from: Day; to: Day }) {
  const { today } = useClinicClock();
  const week = useQuery(AvailableSlotsDocument, () => ({ ...target(), ...range(), first: mostSlots }));
  const nearest = useQuery(
    AvailableSlotsDocument,
    () => ({ ...target(), from: today.value, to: addDays(today.value, farthestDays), first: 1 }),
    { fetchPolicy: 'network-only' },
  );
  return {
    slots: computed(() => week.result.value?.availableSlots ?? []),
    nextSlot: computed(() => nearest.result.value?.availableSlots[0] ?? null),
    isLoading: computed(() => week.loading.value && !week.result.value),
    error: computed(() => (week.error.value && !week.result.value ? toAppError(week.error.value) : null)),
    refetch: () => {
      void week.refetch()?.catch(() => undefined);
      void nearest.refetch()?.catch(() => undefined);
    },
  };
}

/** A week of free slots of one service, with the next free one wherever it is. */
export function useSlots(serviceId: MaybeRefOrGetter<string>, doctorId: MaybeRefOrGetter<string | null>) {
  const { zone } = useFormat();
  const strip = useWeekStrip();
  const target = computed<SlotTarget>(() => ({ serviceId: toValue(serviceId), doctorId: toValue(doctorId) }));
  const { slots, nextSlot, ...answers } = useSlotQueries(
    () => target.value,
    () => ({ from: strip.start.value, to: strip.end.value }),
  );
  const chosenDay = ref<Day | null>(null);
  const byDay = computed(() => slotsByDay(slots.value, zone.value));
  const day = computed(
    () => chosenDay.value ?? strip.days.value.find((candidate) => byDay.value.has(candidate)) ?? null,
  );

  // A fully booked doctor's first free week is the one to open with.
  watch(nextSlot, (slot) => {
    if (!slot || chosenDay.value !== null) return;
    const firstDay = dayOf(slot.startsAt, zone.value);
    if (firstDay > strip.end.value) strip.showFrom(firstDay);
  });
  watch(target, () => {
    chosenDay.value = null;
    strip.reset();
  });

  return {
    ...answers,
    strip,
    nextSlot,
    day,
    groups: computed(() => groupByDayPart(day.value === null ? [] : (byDay.value.get(day.value) ?? []), zone.value)),
    countOf: (candidate: Day) => byDay.value.get(candidate)?.length ?? 0,
    chooseDay: (next: Day) => {
      chosenDay.value = next;
      if (!strip.days.value.includes(next)) strip.showFrom(next);
    },
    move: (weeks: 1 | -1) => {
      chosenDay.value = null;
      strip.move(weeks);
    },
  };
}
