/** A stretch of time that includes its start and excludes its end: [startsAt, endsAt). Empty when not start < end. */
export interface Interval {
  startsAt: Date;
  endsAt: Date;
}

/** Tells whether two intervals share an instant; those that only touch do not, and an empty one shares nothing. */
export function overlaps(a: Interval, b: Interval): boolean {
  return !isEmpty(a) && !isEmpty(b) && a.startsAt < b.endsAt && b.startsAt < a.endsAt;
}

/** Tells whether every instant of `inner` lies in `outer`; an empty `inner` lies in everything. */
export function contains(outer: Interval, inner: Interval): boolean {
  return isEmpty(inner) || (outer.startsAt <= inner.startsAt && inner.endsAt <= outer.endsAt);
}

/** Joins what overlaps or touches: ascending, with a gap between any two, without empty ones. */
export function merge(intervals: readonly Interval[]): Interval[] {
  const ascending = intervals
    .filter((interval) => !isEmpty(interval))
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  const merged: Interval[] = [];
  for (const interval of ascending) {
    const last = merged.at(-1);
    if (last === undefined || last.endsAt < interval.startsAt) merged.push(bare(interval));
    else if (last.endsAt < interval.endsAt) last.endsAt = interval.endsAt;
  }
  return merged;
}

/** Returns what is left of `intervals` without `holes`: ascending, with a gap between any two. */
export function subtract(intervals: readonly Interval[], holes: readonly Interval[]): Interval[] {
  const ascendingHoles = merge(holes);
  return merge(intervals).flatMap((interval) => cut(interval, ascendingHoles));
}

function cut(interval: Interval, ascendingHoles: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  let { startsAt } = interval;
  for (const hole of ascendingHoles) {
    if (hole.endsAt <= startsAt) continue;
    if (hole.startsAt >= interval.endsAt) break;
    if (startsAt < hole.startsAt) left.push({ startsAt, endsAt: hole.startsAt });
    startsAt = hole.endsAt;
  }
  if (startsAt < interval.endsAt) left.push({ startsAt, endsAt: interval.endsAt });
  return left;
}

function isEmpty(interval: Interval): boolean {
  return !(interval.startsAt < interval.endsAt);
}

function bare({ startsAt, endsAt }: Interval): Interval {
  return { startsAt, endsAt };
}
