const firstWaitMs = 500;
/** After a short cut everybody is back within ten seconds: people look at these screens. */
const longestWaitMs = 8_000;

export interface RetryPause {
  /** Waits longer after each failure, from 0; ends at once when the browser comes online. */
  wait: (failures: number) => Promise<void>;
  /** Ends a wait now. */
  cut: () => void;
}

/** A pause that grows, with jitter so that a clinic's screens do not return all at once. */
export function createRetryPause(): RetryPause {
  let end: () => void = () => undefined;

  function wait(failures: number): Promise<void> {
    const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures, 6)) * (0.75 + Math.random() / 2);
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        window.removeEventListener('online', done);
        resolve();
      };
      const timer = setTimeout(done, waitMs);
      window.addEventListener('online', done);
      end = done;
    });
  }

  return { wait, cut: () => end() };
}

export function waitBeforeRetry(failures: number): Promise<void> {
  return createRetryPause().wait(failures);
}
