import { addDays, daysBetween, type Day } from '../../composables/clinic-time.ts';
import type { EarningsOfDayFragment } from '../../gql/graphql.ts';
import { fromMinor, toMinor } from '../billing/money-text.ts';
import type { DayRange } from './ranges.ts';

const columns = ['paid', 'pending', 'refunded', 'doctorShare'] as const;
export type Column = (typeof columns)[number];

/** What came in and went out in one day or one month: decimal amounts. */
export interface Bar extends Readonly<Record<Column, string>> {
  /** The day, or the first of the month. */
  readonly date: Day;
}

/** More days than this are shown by month: no screen holds a bar for each. */
const mostDays = 62;

export const isByMonth = ({ from, to }: DayRange): boolean => daysBetween(from, to) >= mostDays;

/** One bar for each day of a range, or each of its months, those without any money too; amounts add up exactly. */
export function barsOf(days: readonly EarningsOfDayFragment[], range: DayRange, currency: string): readonly Bar[] {
  const keyOf = isByMonth(range) ? (day: Day): Day => `${day.slice(0, 7)}-01` : (day: Day): Day => day;
  const sums = new Map<Day, Record<Column, bigint>>();
  for (let day = range.from; day <= range.to; day = addDays(day, 1))
    sums.set(keyOf(day), { paid: 0n, pending: 0n, refunded: 0n, doctorShare: 0n });
  for (const day of days) {
    const sum = sums.get(keyOf(day.date));
    if (!sum) continue;
    for (const column of columns) sum[column] += toMinor(day[column].amount, currency);
  }
  return [...sums].map(([date, sum]) => ({
    date,
    paid: fromMinor(sum.paid, currency),
    pending: fromMinor(sum.pending, currency),
    refunded: fromMinor(sum.refunded, currency),
    doctorShare: fromMinor(sum.doctorShare, currency),
  }));
}

/** The bar of the most money that came in; null when none did. */
export function bestOf(bars: readonly Bar[]): Bar | null {
  const [best] = bars.toSorted((one, other) => Number(other.paid) - Number(one.paid));
  return best && Number(best.paid) > 0 ? best : null;
}
