import { computed, ref, shallowRef, watch, type ShallowRef } from 'vue';
import { addDays, type Day } from '../composables/clinic-time.ts';
import { askNext } from './first-answers.ts';
import { askSlots, type PublicClinic, type PublicSlot } from './server.ts';

export const stripDays = 7;
/** What the API gives at most. */
const mostSlots = 500;

interface TimesOf {
  clinic: () => PublicClinic | null;
  serviceId: () => string | null;
  doctorId: () => string | null;
  /** The first of the days on show. */
  stripStart: () => Day;
  /** The next free times, once they are known; which days are on show follows from them. */
  next: ShallowRef<readonly PublicSlot[] | null>;
}

/** The free times of one service and doctor: the next ones first, then those of the week on show. */
export function usePublicTimes({ clinic, serviceId, doctorId, stripStart, next }: TimesOf) {
  const week = shallowRef<{ start: Day; slots: readonly PublicSlot[] } | null>(null);
  const hasFailed = ref(false);
  let turn = 0;

  /** Runs a question; one that was overtaken by a newer choice changes nothing. */
  async function run<T>(question: Promise<T>, take: (answer: T) => void): Promise<void> {
    const own = turn;
    try {
      const answer = await question;
      if (own === turn) take(answer);
    } catch {
      if (own === turn) hasFailed.value = true;
    }
  }

  function askWeek(): void {
    const [found, start, id] = [clinic(), stripStart(), serviceId()];
    if (!found || id === null) return;
    const range = { from: start, to: addDays(start, stripDays - 1), first: mostSlots };
    void run(askSlots({ slug: found.slug, serviceId: id, doctorId: doctorId(), ...range }), (slots) => {
      week.value = { start, slots };
    });
  }

  /** Begins anew, if need be with what is asked already. */
  function begin(slots?: Promise<readonly PublicSlot[]>): void {
    const [found, id] = [clinic(), serviceId()];
    if (!found || id === null) return;
    turn += 1;
    next.value = null;
    week.value = null;
    hasFailed.value = false;
    void run(slots ?? askNext(found, id, doctorId()), (answer) => {
      next.value = answer;
      askWeek();
    });
  }

  const isWeekThere = computed(() => week.value?.start === stripStart());
  watch(stripStart, () => {
    if (next.value && !isWeekThere.value) askWeek();
  });

  return {
    hasFailed,
    isWeekThere,
    /** Until the week is there, the next free times are what is known of its days. */
    known: computed(() => (isWeekThere.value ? week.value?.slots : next.value) ?? []),
    begin,
    /** Asks again for what may have gone meanwhile, or could not be asked. */
    refresh: () => {
      if (next.value) askWeek();
      else begin();
    },
  };
}
