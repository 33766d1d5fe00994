/** Where all time comes from, so that a test or a sandbox can move it. */
export interface Clock {
  now(): Date;
}

/** A clock that stands still until it is moved. */
export interface MovableClock extends Clock {
  /** Moves forward by `milliseconds`, backward when negative. */
  advance(milliseconds: number): void;
  set(instant: Date): void;
}

export const systemClock: Clock = { now: () => new Date() };

/** Returns a clock that shows `start` until it is moved; each answer is a fresh Date. */
export function movableClock(start: Date): MovableClock {
  let milliseconds = start.getTime();
  return {
    now: () => new Date(milliseconds),
    advance(by) {
      milliseconds += by;
    },
    set(instant) {
      milliseconds = instant.getTime();
    },
  };
}
