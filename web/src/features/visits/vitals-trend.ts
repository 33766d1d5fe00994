import type { MeasuredVisitFragment } from '../../gql/graphql.ts';

export const trendMeasures = ['temperature', 'bloodPressure', 'pulse', 'weight'] as const;
export type TrendMeasure = (typeof trendMeasures)[number];

type VitalName = 'temperature' | 'systolic' | 'diastolic' | 'pulse' | 'weight';

/** The lines of a measure's plot, the upper one first. */
const linesOf: Readonly<Record<TrendMeasure, readonly VitalName[]>> = {
  temperature: ['temperature'],
  bloodPressure: ['systolic', 'diastolic'],
  pulse: ['pulse'],
  weight: ['weight'],
};

export interface TrendPoint {
  readonly at: string;
  readonly value: number;
}

export interface Trend {
  readonly measure: TrendMeasure;
  readonly lines: readonly { readonly name: VitalName; readonly points: readonly TrendPoint[] }[];
  /** As written down last, "120/80" where there are two; with a dash for what was left out. */
  readonly latest: string;
}

const hasAny = ({ vitals }: MeasuredVisitFragment, names: readonly VitalName[]): boolean =>
  names.some((name) => vitals?.[name] != null);

/** What was measured on one visit, as it is read out; empty without it. */
export function readingOf(visit: MeasuredVisitFragment, measure: TrendMeasure): string {
  const names = linesOf[measure];
  const figure = (name: VitalName): string => String(Number(visit.vitals?.[name] ?? Number.NaN)).replace('NaN', '–');
  return hasAny(visit, names) ? names.map(figure).join('/') : '';
}

/** The visits at which something was measured, the latest first. */
export const measuredVisits = (visits: readonly MeasuredVisitFragment[]): readonly MeasuredVisitFragment[] =>
  visits
    .filter((visit) => trendMeasures.some((measure) => hasAny(visit, linesOf[measure])))
    .sort((left, right) => right.checkedInAt.localeCompare(left.checkedInAt));

/** One trend for each measure that was ever taken, its points from the earliest visit on. */
export function trendsOf(visits: readonly MeasuredVisitFragment[]): readonly Trend[] {
  const latestFirst = measuredVisits(visits);
  const earliestFirst = [...latestFirst].reverse();
  return trendMeasures.flatMap((measure) => {
    const names = linesOf[measure];
    const latest = latestFirst.find((visit) => hasAny(visit, names));
    if (!latest) return [];
    const lines = names.map((name) => ({
      name,
      points: earliestFirst.flatMap(({ checkedInAt, vitals }) => {
        const value = vitals?.[name];
        return value == null ? [] : [{ at: checkedInAt, value: Number(value) }];
      }),
    }));
    return [{ measure, lines, latest: readingOf(latest, measure) }];
  });
}
