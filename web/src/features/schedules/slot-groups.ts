import { dayOf, minutesOfDay, type Day } from '../../composables/clinic-time.ts';

export type DayPart = 'morning' | 'afternoon' | 'evening';

export interface SlotLike {
  readonly doctorId: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

export interface SlotGroup<TSlot extends SlotLike> {
  readonly part: DayPart;
  readonly slots: readonly TSlot[];
}

const noonMinutes = 12 * 60;
const eveningMinutes = 17 * 60;

/** Morning until 12:00, afternoon until 17:00, then evening, on the clinic's wall clock. */
export function dayPartOf(startsAt: string, zone: string): DayPart {
  const minutes = minutesOfDay(startsAt, zone);
  if (minutes < noonMinutes) return 'morning';
  return minutes < eveningMinutes ? 'afternoon' : 'evening';
}

/** Keeps one slot for each start: with any doctor, two who are free at 9:30 are one choice of 9:30. */
export function oneSlotPerStart<TSlot extends SlotLike>(slots: readonly TSlot[]): readonly TSlot[] {
  const byStart = new Map<string, TSlot>();
  for (const slot of slots) if (!byStart.has(slot.startsAt)) byStart.set(slot.startsAt, slot);
  return [...byStart.values()].sort((left, right) => left.startsAt.localeCompare(right.startsAt));
}

/** Sorts slots to the clinic's days. */
export function slotsByDay<TSlot extends SlotLike>(
  slots: readonly TSlot[],
  zone: string,
): ReadonlyMap<Day, readonly TSlot[]> {
  const days = new Map<Day, TSlot[]>();
  for (const slot of oneSlotPerStart(slots)) {
    const day = dayOf(slot.startsAt, zone);
    days.set(day, [...(days.get(day) ?? []), slot]);
  }
  return days;
}

/** Groups one day's slots by part of day; a part without slots is left out. */
export function groupByDayPart<TSlot extends SlotLike>(
  slots: readonly TSlot[],
  zone: string,
): readonly SlotGroup<TSlot>[] {
  const parts: readonly DayPart[] = ['morning', 'afternoon', 'evening'];
  return parts
    .map((part) => ({ part, slots: slots.filter((slot) => dayPartOf(slot.startsAt, zone) === part) }))
    .filter((group) => group.slots.length > 0);
}
