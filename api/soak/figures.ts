/** The value below which this share of the figures lies, 0 to 1. */
export function percentile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** A line of the usual percentiles, milliseconds. */
export function inPercentiles(figures: readonly number[]): string {
  const [p50, p90, p99] = [0.5, 0.9, 0.99].map((share) => percentile(figures, share).toFixed(1));
  return `p50 ${p50} ms, p90 ${p90} ms, p99 ${p99} ms, max ${percentile(figures, 1).toFixed(1)} ms`;
}

/**
 * How well one set of figures can be told from another: the chance that one of the first is larger than one of the
 * second. 0.5 is not at all; 0 or 1 is always.
 */
export function tellingApart(ones: readonly number[], others: readonly number[]): number {
  let larger = 0;
  for (const one of ones) for (const other of others) larger += one > other ? 1 : one === other ? 0.5 : 0;
  return larger / (ones.length * others.length);
}

/** How long something took, milliseconds. */
export async function timed<Result>(run: () => Promise<Result>): Promise<{ ms: number; result: Result }> {
  const start = performance.now();
  const result = await run();
  return { ms: performance.now() - start, result };
}
