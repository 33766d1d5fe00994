import { computed, ref, shallowRef, watch } from 'vue';
import { addDays, dayOf, daysBetween, type Day } from '../composables/clinic-time.ts';
import { groupByDayPart, slotsByDay } from '../features/schedules/slot-groups.ts';
import { doctorIn, farthestDays, serviceIn, type FirstAnswers } from './first-answers.ts';
import { writePlace } from './place.ts';
import { askClinic, type PublicClinic, type PublicSlot } from './server.ts';
import { stripDays, usePublicTimes } from './usePublicTimes.ts';

type Face = 'loading' | 'failed' | 'unknown' | 'ready';

/** The clinic, and what of it is chosen; the choice stands in the address. */
function useChoice({ place }: FirstAnswers) {
  const clinic = shallowRef<PublicClinic | null>(null);
  const serviceId = ref<string | null>(place.serviceId);
  const doctorId = ref<string | null>(place.doctorId);
  const chosenDay = ref<Day | null>(place.day);
  const service = computed(() => (clinic.value ? serviceIn(clinic.value, serviceId.value) : null));
  const doctors = computed(() => {
    const id = service.value?.id;
    return clinic.value?.doctors.filter(({ serviceIds }) => id !== undefined && serviceIds.includes(id)) ?? [];
  });

  watch([serviceId, doctorId, chosenDay], () => {
    const now = { slug: place.slug, serviceId: serviceId.value, doctorId: doctorId.value, day: chosenDay.value };
    history.replaceState(history.state, '', writePlace(now));
  });
  return { clinic, serviceId, doctorId, chosenDay, service, doctors };
}

type Choice = ReturnType<typeof useChoice>;

/** The day on show, the week around it, and its times by part of day. */
function useDays({ clinic, service, doctorId, chosenDay }: Choice) {
  const zone = computed(() => clinic.value?.timeZone ?? 'UTC');
  const today = computed(() => dayOf(Date.now(), zone.value));
  const next = shallowRef<readonly PublicSlot[] | null>(null);
  const nextSlot = computed(() => next.value?.[0] ?? null);
  const day = computed<Day>(
    () => chosenDay.value ?? (nextSlot.value ? dayOf(nextSlot.value.startsAt, zone.value) : today.value),
  );
  const stripStart = computed<Day>(() => {
    const weeks = Math.floor(Math.max(0, daysBetween(today.value, day.value)) / stripDays);
    return addDays(today.value, weeks * stripDays);
  });
  const times = usePublicTimes({
    clinic: () => clinic.value,
    serviceId: () => service.value?.id ?? null,
    doctorId: () => doctorId.value,
    stripStart: () => stripStart.value,
    next,
  });
  const byDay = computed(() => slotsByDay(times.known.value, zone.value));

  return {
    times,
    next,
    zone,
    nextSlot,
    day,
    days: computed(() =>
      Array.from({ length: stripDays }, (_unused, index) => addDays(stripStart.value, index)).map((each) => ({
        day: each,
        /** Null while it is not known. */
        count: times.isWeekThere.value ? (byDay.value.get(each)?.length ?? 0) : null,
      })),
    ),
    canGoBack: computed(() => stripStart.value > today.value),
    canGoOn: computed(() => daysBetween(today.value, stripStart.value) + stripDays <= farthestDays),
    groups: computed(() => groupByDayPart(byDay.value.get(day.value) ?? [], zone.value)),
    move: (weeks: 1 | -1) => {
      chosenDay.value = addDays(stripStart.value, weeks * stripDays);
    },
  };
}

/** A link may name what the clinic does not offer any more; then its other times are shown, and the address follows. */
function useOldLink({ clinic, service, serviceId, doctorId }: Choice) {
  const isNotThere = ref(false);

  function keepWhatIsThere(): void {
    const [found, offered] = [clinic.value, service.value];
    if (!found || !offered) return;
    const named = doctorIn(found, offered.id, doctorId.value);
    isNotThere.value ||= named !== doctorId.value || (serviceId.value !== null && serviceId.value !== offered.id);
    doctorId.value = named;
    if (serviceId.value !== null) serviceId.value = offered.id;
  }

  return { isNotThere, keepWhatIsThere };
}

/** Everything that the clinic's page shows and can be asked. */
export function usePublicBooking(first: FirstAnswers) {
  const { slug } = first.place;
  const face = ref<Face>('loading');
  const choice = useChoice(first);
  const { clinic, serviceId, doctorId, chosenDay, service, doctors } = choice;
  const { times, next, ...days } = useDays(choice);

  const { isNotThere, keepWhatIsThere } = useOldLink(choice);

  async function open(answer: Promise<PublicClinic | null>, slots?: FirstAnswers['slots']): Promise<void> {
    face.value = 'loading';
    try {
      clinic.value = await answer;
      face.value = clinic.value ? 'ready' : 'unknown';
      keepWhatIsThere();
      times.begin(slots);
    } catch {
      face.value = 'failed';
    }
  }
  void open(first.clinic, first.slots);

  return {
    ...days,
    slug,
    face,
    isNotThere,
    clinic,
    service,
    doctors,
    doctorId,
    hasFailed: times.hasFailed,
    isLoading: computed(() => next.value === null && !times.hasFailed.value),
    isEmpty: computed(() => next.value?.length === 0),
    doctorName: (id: string): string => clinic.value?.doctors.find((each) => each.id === id)?.name ?? '',
    chooseDay: (day: Day) => {
      chosenDay.value = day;
    },
    chooseService: (id: string) => {
      serviceId.value = id;
      chosenDay.value = null;
      if (!doctors.value.some((each) => each.id === doctorId.value)) doctorId.value = null;
      times.begin();
    },
    chooseDoctor: (id: string | null) => {
      doctorId.value = id;
      chosenDay.value = null;
      times.begin();
    },
    refresh: times.refresh,
    retry: () => void open(askClinic(slug)),
  };
}

export type PublicBooking = ReturnType<typeof usePublicBooking>;
