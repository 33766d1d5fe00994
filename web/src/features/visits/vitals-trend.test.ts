import { describe, expect, it } from 'vitest';
import type { MeasuredVisitFragment } from '../../gql/graphql.ts';
import { measuredVisits, readingOf, trendsOf } from './vitals-trend.ts';

type Given = Partial<NonNullable<MeasuredVisitFragment['vitals']>>;

const aVisit = (day: string, given: Given | null): MeasuredVisitFragment => ({
  __typename: 'Visit',
  id: day,
  checkedInAt: `${day}T01:00:00.000Z`,
  vitals: given && {
    __typename: 'Vitals',
    temperature: null,
    systolic: null,
    diastolic: null,
    pulse: null,
    weight: null,
    height: null,
    recordedAt: `${day}T01:05:00.000Z`,
    ...given,
  },
});
const march = aVisit('2026-03-02', { weight: '71.5', systolic: 130, diastolic: 85 });
const april = aVisit('2026-04-02', { weight: '70.20', systolic: 125 });

describe('the trend of vital signs', () => {
  it('draws what was ever measured, from the earliest visit on', () => {
    const trends = trendsOf([april, march]);

    expect(trends.map(({ measure }) => measure)).toEqual(['bloodPressure', 'weight']);
    expect(trends[1]?.latest).toBe('70.2');
    expect(trends[1]?.lines[0]?.points).toEqual([
      { at: march.checkedInAt, value: 71.5 },
      { at: april.checkedInAt, value: 70.2 },
    ]);
  });

  it('has a line each for systolic and diastolic, and no point where one was left out', () => {
    const [pressure] = trendsOf([april, march]);

    expect(pressure?.lines.map(({ name, points }) => [name, points.length])).toEqual([
      ['systolic', 2],
      ['diastolic', 1],
    ]);
    expect(pressure?.latest).toBe('125/–');
  });

  it('leaves out visits at which nothing of it was measured', () => {
    const visits = [aVisit('2026-05-02', null), march, aVisit('2026-05-03', { height: '180' })];

    expect(measuredVisits(visits).map(({ id }) => id)).toEqual(['2026-03-02']);
    expect(trendsOf([])).toEqual([]);
    expect(readingOf(march, 'pulse')).toBe('');
  });
});
