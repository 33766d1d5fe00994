/** What every live update carries. */
export interface LiveUpdate {
  readonly cursor: string;
  readonly resync: boolean;
}

export interface LiveSink<TUpdate> {
  next: (update: TUpdate) => void;
  error: (error: unknown) => void;
  complete: () => void;
}

export interface LiveResumeOptions<TUpdate extends LiveUpdate> {
  /** Opens the subscription; `resume` is read again at each reconnect of the same subscription. */
  open: (resume: () => { after: string }, sink: LiveSink<TUpdate>) => () => void;
  onUpdate: (update: TUpdate) => void;
  /**
   * The server follows from here on. What was fetched before may lack what happened on the way, so it is fetched once
   * more; what happens from now on comes as updates.
   */
  onBegun: () => void;
  /** Something may have been missed for good: fetch anew. */
  onResync: () => void;
  /** Says whether to try again after an error, and prepares it (a fresh token, say). */
  mayRetry: (error: unknown) => Promise<boolean>;
  /** Resolves when the next try is due; the argument counts the failures in a row, from 0. */
  wait: (failures: number) => Promise<void>;
}

/** A place that no clinic ever comes to: the server answers at once where it stands, and goes on from there. */
export const fromNow = btoa('s999999999999999').replace(/=+$/, '');

/**
 * Keeps one live subscription going until it is stopped. It remembers the last cursor, so that a new connection
 * starts after it, and drops an update that has been seen already.
 */
export function startLive<TUpdate extends LiveUpdate>({
  open,
  onUpdate,
  onBegun,
  onResync,
  mayRetry,
  wait,
}: LiveResumeOptions<TUpdate>) {
  let cursor: string | null = null;
  let failures = 0;
  let isStopped = false;
  let close: () => void = () => undefined;

  function receive(update: TUpdate): void {
    failures = 0;
    if (update.cursor === cursor) return;
    const isFirst = cursor === null;
    cursor = update.cursor;
    if (update.resync) {
      if (isFirst) onBegun();
      else onResync();
      return;
    }
    onUpdate(update);
  }

  async function retry(error: unknown): Promise<void> {
    if (isStopped) return;
    if (error !== null && !(await mayRetry(error))) return;
    await wait(failures);
    failures += 1;
    if (!isStopped) connect();
  }

  function connect(): void {
    close = open(() => ({ after: cursor ?? fromNow }), {
      next: receive,
      error: (error) => void retry(error),
      complete: () => void retry(null),
    });
  }

  connect();
  return {
    stop: () => {
      isStopped = true;
      close();
    },
    /** Call when a lost connection is back. Without a cursor nothing can be resumed, so everything is fetched anew. */
    reconnected: () => {
      if (cursor === null) onResync();
    },
  };
}
