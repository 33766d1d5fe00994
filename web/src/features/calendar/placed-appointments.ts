import { shallowReactive } from 'vue';
import { dayOf, minutesOfDay, type Day } from '../../composables/clinic-time.ts';
import type { AppointmentStatus, CalendarAppointmentFragment } from '../../gql/graphql.ts';
import { minutesPerDay } from './day-hours.ts';
import { lanesOf, type Lane, type Stretch } from './lanes.ts';

/** What a calendar shows: all that takes a place in the day, and what asks for one. */
export const shownStatuses: AppointmentStatus[] = ['REQUESTED', 'APPROVED', 'CHECKED_IN', 'TREATED', 'NO_SHOW'];

/** An appointment where it stands: on a day, in its doctor's column, beside those that it overlaps. */
export interface Placed extends Stretch, Lane {
  readonly row: CalendarAppointmentFragment;
  readonly day: Day;
}

/** A day of one doctor. */
export const columnKey = (day: Day, doctorId: string): string => `${day} ${doctorId}`;

const noneHere: readonly Placed[] = [];

function placeOf(row: CalendarAppointmentFragment, zone: string): Placed {
  const startMinute = minutesOfDay(row.startsAt, zone);
  const length = (Date.parse(row.endsAt) - Date.parse(row.startsAt)) / 60_000;
  const endMinute = Math.min(minutesPerDay, startMinute + length);
  return { row, day: dayOf(row.startsAt, zone), startMinute, endMinute, lane: 0, laneCount: 1 };
}

/** The columns themselves: which appointment stands in which, laid out side by side. */
function createColumns() {
  const columns = shallowReactive(new Map<string, readonly Placed[]>());
  const columnOf = new Map<string, string>();

  function set(key: string, placed: readonly Placed[]): void {
    if (placed.length === 0) {
      columns.delete(key);
      return;
    }
    const sorted = [...placed].sort(
      (left, right) => left.startMinute - right.startMinute || left.row.id.localeCompare(right.row.id),
    );
    const lanes = lanesOf(sorted);
    columns.set(
      key,
      sorted.map((each, index) => ({ ...each, ...lanes[index] })),
    );
  }

  const listOf = (key: string): readonly Placed[] => columns.get(key) ?? noneHere;

  return {
    columnOf,
    listOf,
    remove: (id: string): void => {
      const key = columnOf.get(id);
      if (key === undefined) return;
      columnOf.delete(id);
      set(
        key,
        listOf(key).filter(({ row }) => row.id !== id),
      );
    },
    /** Puts several into one column at once: it is laid out and drawn once. */
    add: (key: string, placed: readonly Placed[]): void => {
      const ids = new Set(placed.map(({ row }) => row.id));
      for (const id of ids) columnOf.set(id, key);
      set(key, [...listOf(key).filter(({ row }) => !ids.has(row.id)), ...placed]);
    },
    clear: (): void => {
      columnOf.clear();
      columns.clear();
    },
  };
}

/**
 * Holds the appointments of a calendar by column. A change touches the columns that it leaves and enters alone, so that
 * one update among thousands redraws one column.
 */
export function createPlacedAppointments(zone: () => string) {
  const { columnOf, listOf, remove, add, clear } = createColumns();
  /** The newest version seen of each: an answer that was on its way while a change arrived must not undo it. */
  const newest = new Map<string, number>();

  /** Puts rows where they belong now, wherever they stood; what is no longer shown goes. */
  function put(rows: readonly CalendarAppointmentFragment[]): void {
    const arriving = new Map<string, Placed[]>();
    for (const row of rows) {
      if ((newest.get(row.id) ?? 0) > row.version) continue;
      newest.set(row.id, row.version);
      const placed = shownStatuses.includes(row.status) ? placeOf(row, zone()) : null;
      const key = placed ? columnKey(placed.day, row.doctor.id) : undefined;
      if (columnOf.get(row.id) !== key) remove(row.id);
      if (placed && key !== undefined) arriving.set(key, [...(arriving.get(key) ?? []), placed]);
    }
    for (const [key, placed] of arriving) add(key, placed);
  }

  return {
    put,
    /**
     * Takes some days to be exactly these rows: what was missed while away is gone.
     *
     * @param touched  ids that changed while the rows were on their way: about them the rows may be old
     */
    replaceDays: (
      days: ReadonlySet<Day>,
      rows: readonly CalendarAppointmentFragment[],
      touched: ReadonlySet<string> = new Set(),
    ): void => {
      const arrived = new Set([...rows.map(({ id }) => id), ...touched]);
      const left = [...columnOf].filter(([id, key]) => days.has(key.slice(0, 10)) && !arrived.has(id));
      for (const [id] of left) remove(id);
      put(rows);
    },
    inColumn: listOf,
    find: (id: string): Placed | null => {
      const key = columnOf.get(id);
      return (key === undefined ? undefined : listOf(key).find(({ row }) => row.id === id)) ?? null;
    },
    clear: (): void => {
      newest.clear();
      clear();
    },
  };
}

export type PlacedAppointments = ReturnType<typeof createPlacedAppointments>;
