import { ApolloError } from '@apollo/client/core';
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import type { AppError } from '../../composables/app-error.ts';
import { addDays, dayRange, type Day } from '../../composables/clinic-time.ts';
import { onResync } from '../../composables/resync.ts';
import {
  CalendarAppointmentsDocument,
  type AppointmentFilter,
  type CalendarAppointmentFragment,
  type CalendarAppointmentsQuery,
} from '../../gql/graphql.ts';
import { staffUpdates } from '../appointments/update-channel.ts';
import { createPlacedAppointments, shownStatuses, type PlacedAppointments } from './placed-appointments.ts';

const pageSize = 100;
/** Days that only flash by while somebody scrolls are not asked for, milliseconds. */
const restMs = 60;

interface CalendarRange {
  /** The days on screen, ascending. */
  days: () => readonly Day[];
  /** Null for every doctor's. */
  doctorId: () => string | null;
  zone: () => string;
}

/** Splits days into runs without a gap: each is one question. */
function runsOf(days: readonly Day[]): readonly Day[][] {
  const runs: Day[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last !== undefined && addDays(last, 1) === day) run.push(day);
    else runs.push([day]);
  }
  return runs;
}

type Page = NonNullable<CalendarAppointmentsQuery['appointments']>;

/** Reads all pages of one run of days; `isWanted` says whether anybody still waits for them. */
function useDayReader({ doctorId, zone }: CalendarRange) {
  const { client } = useSession();

  async function readPage(filter: AppointmentFilter, after: string | null): Promise<Page> {
    const { data, errors } = await client.query({
      query: CalendarAppointmentsDocument,
      variables: { first: pageSize, after, filter },
      // Thousands of rows that change one by one: they live in columns, which is cheaper than the cache.
      fetchPolicy: 'no-cache',
    });
    if (!data?.appointments) throw new ApolloError({ graphQLErrors: errors ?? [] });
    return data.appointments;
  }

  return async (days: readonly Day[], isWanted: () => boolean): Promise<CalendarAppointmentFragment[]> => {
    const [first = '', last = ''] = [days[0], days.at(-1)];
    const range = { from: dayRange(first, zone()).from, to: dayRange(last, zone()).to };
    const filter = { ...range, doctorId: doctorId(), status: shownStatuses };
    let page = await readPage(filter, null);
    const rows = [...page.nodes];
    while (page.pageInfo.hasNextPage && isWanted()) {
      page = await readPage(filter, page.pageInfo.endCursor);
      rows.push(...page.nodes);
    }
    return rows;
  };
}

/** Reads days into their columns: each once, until it is told to forget what it has read. */
function useDayLoader(range: CalendarRange, placed: PlacedAppointments) {
  const read = useDayReader(range);
  const loaded = ref<ReadonlySet<Day>>(new Set());
  const error = shallowRef<AppError | null>(null);
  const loadingCount = ref(0);
  const asked = new Set<Day>();
  const touched = new Set<string>();
  let generation = 0;

  async function load(days: readonly Day[]): Promise<void> {
    const own = generation;
    const isWanted = (): boolean => own === generation;
    for (const day of days) asked.add(day);
    if (loadingCount.value === 0) touched.clear();
    loadingCount.value += 1;
    try {
      const rows = await read(days, isWanted);
      if (!isWanted()) return;
      placed.replaceDays(new Set(days), rows, touched);
      loaded.value = new Set([...loaded.value, ...days]);
      error.value = null;
    } catch (failure) {
      if (!isWanted()) return;
      for (const day of days) asked.delete(day);
      error.value = toAppError(failure);
    } finally {
      loadingCount.value -= 1;
    }
  }

  return {
    loaded,
    error,
    loadingCount,
    touched,
    ask: (): void => {
      for (const run of runsOf(range.days().filter((day) => !asked.has(day)))) void load(run);
    },
    forget: (): void => {
      generation += 1;
      asked.clear();
    },
  };
}

/**
 * The appointments of the days on screen, by column and live. A day is read when it comes into view, and again when
 * something may have been missed.
 */
export function useCalendarAppointments(range: CalendarRange) {
  const placed = createPlacedAppointments(range.zone);
  const { loaded, error, loadingCount, touched, ask, forget } = useDayLoader(range, placed);
  let timer: ReturnType<typeof setTimeout> | undefined;

  watch(range.days, () => {
    clearTimeout(timer);
    timer = setTimeout(ask, loaded.value.size === 0 ? 0 : restMs);
  });
  watch([range.doctorId, range.zone], () => {
    forget();
    placed.clear();
    loaded.value = new Set();
    ask();
  });
  onResync(() => {
    forget();
    ask();
  });
  staffUpdates.listen(({ appointment }) => {
    touched.add(appointment.id);
    placed.put([appointment]);
  });
  onScopeDispose(() => {
    clearTimeout(timer);
    forget();
  });
  ask();

  return {
    placed,
    /** Nothing of what is on screen is there yet. */
    isLoading: computed(() => loadingCount.value > 0 && !range.days().some((day) => loaded.value.has(day))),
    isRefreshing: computed(() => loadingCount.value > 0),
    isComplete: computed(() => range.days().every((day) => loaded.value.has(day))),
    error,
    retry: ask,
  };
}
