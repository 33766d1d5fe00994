const retryPauseMs = 10_000;
const soonestMs = 1_000;

export interface RenewalTimerOptions {
  renew: () => Promise<unknown>;
  /** When the token is due, or null when there is none. */
  renewAtMs: () => number | null;
}

/** Renews the session shortly before its token ends; tries again every ten seconds while the server is out of reach. */
export function createRenewalTimer({ renew, renewAtMs }: RenewalTimerOptions) {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function runIn(delayMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void renew().catch(() => runIn(retryPauseMs)), delayMs);
  }

  return {
    start: () => {
      const dueMs = renewAtMs();
      if (dueMs !== null) runIn(Math.max(soonestMs, dueMs - Date.now()));
    },
    stop: () => clearTimeout(timer),
    /** After sleep a timer may be late: looks at once. */
    wake: () => {
      const dueMs = renewAtMs();
      if (dueMs !== null && dueMs <= Date.now()) runIn(0);
    },
  };
}
