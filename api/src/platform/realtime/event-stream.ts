import type { StoredEvent } from '../outbox/outbox.queries.ts';

/** What a follower gets: an event, or the word that it must fetch everything anew. */
export type StreamItem = { kind: 'event'; event: StoredEvent } | { kind: 'resync'; sequence: number; at: Date };

/** A follower that falls this far behind is told to refetch instead of growing without end. */
const queueLimit = 1_000;

/**
 * One follower's events, in order and each once. An iterator of our own, because the return() of an async generator
 * waits for its pending next(): a closed socket would keep its place until the next event.
 */
export class EventStream implements AsyncIterableIterator<StreamItem> {
  #queue: StreamItem[] = [];
  #waiting: ((result: IteratorResult<StreamItem>) => void)[] = [];
  #closed = false;
  #lastSequence: number;
  readonly #onClose: () => void;

  constructor(startSequence: number, onClose: () => void) {
    this.#lastSequence = startSequence;
    this.#onClose = onClose;
  }

  /** Takes an event unless it was delivered before: backlog and live events may overlap. */
  push(event: StoredEvent): void {
    if (this.#closed || event.sequence <= this.#lastSequence) return;
    this.#lastSequence = event.sequence;
    if (this.#queue.length >= queueLimit) {
      this.#queue = [{ kind: 'resync', sequence: event.sequence, at: event.at }];
      return;
    }
    this.#deliver({ kind: 'event', event });
  }

  resync(sequence: number, at: Date): void {
    this.#lastSequence = Math.max(this.#lastSequence, sequence);
    this.#deliver({ kind: 'resync', sequence, at });
  }

  next(): Promise<IteratorResult<StreamItem>> {
    const item = this.#queue.shift();
    if (item !== undefined) return Promise.resolve({ done: false, value: item });
    if (this.#closed) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  return(): Promise<IteratorResult<StreamItem>> {
    if (!this.#closed) {
      this.#closed = true;
      this.#queue = [];
      for (const resolve of this.#waiting) resolve({ done: true, value: undefined });
      this.#waiting = [];
      this.#onClose();
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #deliver(item: StreamItem): void {
    if (this.#closed) return;
    const resolve = this.#waiting.shift();
    if (resolve === undefined) this.#queue.push(item);
    else resolve({ done: false, value: item });
  }
}
