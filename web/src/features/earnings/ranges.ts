import { addDays, type Day } from '../../composables/clinic-time.ts';

export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

export const presets = ['today', 'week', 'month', 'lastMonth', 'quarter', 'year'] as const;
export type Preset = (typeof presets)[number];

/** The first day of the month that lies so many months away. */
function monthStart(day: Day, months = 0): Day {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/** Returns the days that a preset means on a day; both are included. A month is whole, its days to come too. */
export function rangeOf(preset: Preset, today: Day): DayRange {
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'week':
      return { from: addDays(today, -6), to: today };
    case 'month':
      return { from: monthStart(today), to: addDays(monthStart(today, 1), -1) };
    case 'lastMonth':
      return { from: monthStart(today, -1), to: addDays(monthStart(today), -1) };
    case 'quarter':
      return { from: monthStart(today, -2), to: addDays(monthStart(today, 1), -1) };
    case 'year':
      return { from: `${today.slice(0, 4)}-01-01`, to: `${today.slice(0, 4)}-12-31` };
  }
}

/** The preset that means these days, if one does. */
export const presetOf = (range: DayRange, today: Day): Preset | null =>
  presets.find((preset) => {
    const { from, to } = rangeOf(preset, today);
    return from === range.from && to === range.to;
  }) ?? null;

/** Two days as a range whichever is first. */
export const inOrder = (one: Day, other: Day): DayRange =>
  one <= other ? { from: one, to: other } : { from: other, to: one };
