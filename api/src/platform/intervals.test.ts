import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, merge, overlaps, subtract, type Interval } from './intervals.ts';

const LAST_MINUTE = 40;

/** An interval of whole minutes; some are empty, some run backward. */
const someInterval = fc
  .tuple(fc.integer({ min: 0, max: LAST_MINUTE }), fc.integer({ min: 0, max: LAST_MINUTE }))
  .map(([from, to]) => minutes(from, to));
const someIntervals = fc.array(someInterval, { maxLength: 12 });

function minutes(from: number, to: number): Interval {
  return { startsAt: new Date(from * 60_000), endsAt: new Date(to * 60_000) };
}

/** The obvious model: the set of all minutes that the intervals cover. */
function covered(intervals: readonly Interval[]): Set<number> {
  const set = new Set<number>();
  for (const { startsAt, endsAt } of intervals) {
    for (let minute = startsAt.getTime() / 60_000; minute < endsAt.getTime() / 60_000; minute++) set.add(minute);
  }
  return set;
}

function expectNormal(intervals: readonly Interval[]): void {
  const bounds = intervals.flatMap(({ startsAt, endsAt }) => [startsAt.getTime(), endsAt.getTime()]);
  expect(bounds).toEqual([...new Set(bounds)].sort((a, b) => a - b));
}

describe('two intervals', () => {
  it('do not overlap when they only touch', () => {
    expect(overlaps(minutes(0, 10), minutes(10, 20))).toBe(false);
    expect(overlaps(minutes(0, 11), minutes(10, 20))).toBe(true);
  });

  it('overlap when they share a minute', () => {
    fc.assert(
      fc.property(someInterval, someInterval, (a, b) => {
        expect(overlaps(a, b)).toBe(covered([a]).intersection(covered([b])).size > 0);
      }),
    );
  });

  it('contain one another when no minute is outside', () => {
    fc.assert(
      fc.property(someInterval, someInterval, (outer, inner) => {
        expect(contains(outer, inner)).toBe(covered([inner]).isSubsetOf(covered([outer])));
      }),
    );
  });
});

describe('merging', () => {
  it('joins what touches', () => {
    expect(merge([minutes(10, 20), minutes(0, 10), minutes(30, 40)])).toEqual([minutes(0, 20), minutes(30, 40)]);
  });

  it('covers the same minutes with gaps between', () => {
    fc.assert(
      fc.property(someIntervals, (intervals) => {
        const merged = merge(intervals);
        expect(covered(merged)).toEqual(covered(intervals));
        expectNormal(merged);
      }),
    );
  });

  it('leaves what it was given unchanged', () => {
    const given = [minutes(0, 10), minutes(5, 20)];

    merge(given);

    expect(given).toEqual([minutes(0, 10), minutes(5, 20)]);
  });
});

describe('subtracting', () => {
  it('cuts a lunch break out of a day', () => {
    expect(subtract([minutes(0, 40)], [minutes(10, 20)])).toEqual([minutes(0, 10), minutes(20, 40)]);
  });

  it('covers the minutes that no hole covers', () => {
    fc.assert(
      fc.property(someIntervals, someIntervals, (intervals, holes) => {
        const left = subtract(intervals, holes);
        expect(covered(left)).toEqual(covered(intervals).difference(covered(holes)));
        expectNormal(left);
      }),
    );
  });
});
