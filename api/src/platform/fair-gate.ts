import { RequestError } from './errors.ts';

/** What one process works on at once; more would only make everybody slower. */
const atOnce = 32;
const waitingOfOne = 400;
const waitingAtAll = 2_000;
const patienceMs = 8_000;

interface Waiting {
  enter: () => void;
  refuse: (error: RequestError) => void;
  timer: NodeJS.Timeout;
}

/**
 * Lets so many in at once, and of those who wait one of each group after the other: a group that comes in thousands
 * waits behind itself, the others hardly notice.
 *
 * Whoever could not be let in soon is refused with SERVICE_UNAVAILABLE, which is quicker for both than to wait on.
 */
export class FairGate {
  readonly #waiting = new Map<string, Waiting[]>();
  #inside = 0;
  #count = 0;

  /** Resolves when it is this one's turn, to how to leave again; leaving twice is leaving once. */
  async enter(group: string): Promise<() => void> {
    if (this.#inside < atOnce) this.#inside += 1;
    else await this.#wait(group);
    let isInside = true;
    return () => {
      if (isInside) this.#leave();
      isInside = false;
    };
  }

  #wait(group: string): Promise<void> {
    const queue = this.#waiting.get(group) ?? [];
    if (queue.length >= waitingOfOne || this.#count >= waitingAtAll) return Promise.reject(busy());
    return new Promise((enter, refuse) => {
      const timer = setTimeout(() => {
        this.#remove(group, waiting);
        refuse(busy());
      }, patienceMs);
      const waiting: Waiting = { enter, refuse, timer };
      queue.push(waiting);
      this.#waiting.set(group, queue);
      this.#count += 1;
    });
  }

  #leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#inside -= 1;
      return;
    }
    const [group, queue] = next;
    const first = queue.shift();
    // Behind the other groups, for its next one's turn.
    this.#waiting.delete(group);
    if (queue.length > 0) this.#waiting.set(group, queue);
    if (first === undefined) return this.#leave();
    this.#count -= 1;
    clearTimeout(first.timer);
    first.enter();
  }

  #remove(group: string, waiting: Waiting): void {
    const queue = this.#waiting.get(group) ?? [];
    const index = queue.indexOf(waiting);
    if (index < 0) return;
    queue.splice(index, 1);
    this.#count -= 1;
    if (queue.length === 0) this.#waiting.delete(group);
  }
}

const busy = (): RequestError =>
  new RequestError('SERVICE_UNAVAILABLE', 'There is more to do than can be done at the moment. Try again in a second.');
