const minuteMs = 60_000;

export interface IdleClock {
  /** Somebody touched keyboard, mouse or screen. */
  noteInput: (atMs?: number) => void;
  /** The server heard of it: a request that counts was answered. */
  noteTold: (atMs?: number) => void;
  /** Nobody has touched anything for more than a minute: what is asked now keeps no session awake. */
  isBackground: () => boolean;
  /** Somebody works here, and the server has not heard of it for a while. */
  mustTell: () => boolean;
  /** How long until the session ends for want of input, milliseconds; Infinity when it does not. */
  leftMs: () => number;
  /** How long before the end to ask, milliseconds. */
  warnMs: () => number;
}

/**
 * Follows how long nobody has done anything. The server remembers activity at most once a minute (a tenth of a short
 * limit), so this clock ends that much earlier: it must never promise time that the server does not give.
 *
 * @param limitMs   how long a session lasts without input, milliseconds; 0 for ever
 */
export function createIdleClock(limitMs: () => number, nowMs: () => number = Date.now): IdleClock {
  let lastInputMs = nowMs();
  let lastToldMs = nowMs();
  const stepMs = (): number => Math.min(minuteMs, limitMs() / 10);

  return {
    noteInput: (atMs = nowMs()) => {
      lastInputMs = Math.max(lastInputMs, atMs);
    },
    noteTold: (atMs = nowMs()) => {
      lastToldMs = Math.max(lastToldMs, atMs);
    },
    isBackground: () => nowMs() - lastInputMs > minuteMs,
    mustTell: () => limitMs() > 0 && lastInputMs > lastToldMs && nowMs() - lastToldMs >= stepMs(),
    leftMs: () =>
      limitMs() === 0 ? Number.POSITIVE_INFINITY : Math.max(lastInputMs, lastToldMs) + limitMs() - stepMs() - nowMs(),
    warnMs: () => Math.min(minuteMs, limitMs() / 2),
  };
}
