/** A stretch of one column, minutes of the wall clock since midnight; half-open. */
export interface Stretch {
  readonly startMinute: number;
  readonly endMinute: number;
}

/** Where something stands beside what it overlaps. */
export interface Lane {
  /** From 0. */
  readonly lane: number;
  /** How many stand side by side in its group. */
  readonly laneCount: number;
}

/** Something of no length would have no height either: it is laid out as if it took so long, minutes. */
const leastMinutes = 5;

/**
 * Lays overlapping stretches side by side: each takes the first free lane, and all that hang together share one count,
 * so that nothing covers anything and what stands alone keeps the whole width.
 *
 * @param stretches  in any order
 * @returns one lane for each, in the order given
 */
export function lanesOf(stretches: readonly Stretch[]): readonly Lane[] {
  const order = stretches
    .map(({ startMinute, endMinute }, index) => ({
      index,
      start: startMinute,
      end: Math.max(endMinute, startMinute + leastMinutes),
    }))
    .sort((left, right) => left.start - right.start || right.end - left.end || left.index - right.index);
  const lanes: Lane[] = stretches.map(() => ({ lane: 0, laneCount: 1 }));
  let group: { index: number; lane: number }[] = [];
  let laneEnds: number[] = [];

  function close(): void {
    for (const { index, lane } of group) lanes[index] = { lane, laneCount: laneEnds.length };
    group = [];
    laneEnds = [];
  }

  for (const { index, start, end } of order) {
    if (laneEnds.every((laneEnd) => laneEnd <= start)) close();
    const free = laneEnds.findIndex((laneEnd) => laneEnd <= start);
    const lane = free === -1 ? laneEnds.length : free;
    laneEnds[lane] = end;
    group.push({ index, lane });
  }
  close();
  return lanes;
}
