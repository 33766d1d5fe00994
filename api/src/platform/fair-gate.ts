import { RequestError } from './errors.ts';

/** What one process works on at once; more would only make everybody slower. */
const atOnce = 32;
/**
 * Shared by the groups that are about; each has two at least, enough to use the one thread while one of them waits for the
 * database, and few enough that somebody of another group finds next to nothing before them.
 */
const quickAtOnce = 8;
const quickAtLeast = 2;
/** So long after it last came a group is still about. */
const aboutMs = 5_000;
/** Whoever has been inside for so long waits for the database, and no longer keeps the next of their group out. */
const slowAfterMs = 25;
const waitingOfOne = 400;
const waitingAtAll = 2_000;
const patienceMs = 8_000;

interface Waiting {
  enter: () => void;
  refuse: (error: RequestError) => void;
  timer: NodeJS.Timeout;
}

/**
 * Lets so many in at once, of each group its share, and of those who wait one of each group after the other: a group that
 * comes in thousands waits behind itself, the others hardly notice.
 *
 * Whoever could not be let in soon is refused with SERVICE_UNAVAILABLE, which is quicker for both than to wait on.
 */
export class FairGate {
  /** In the order of their turns. */
  readonly #waiting = new Map<string, Waiting[]>();
  /** How many of each group are inside and not slow. */
  readonly #quick = new Map<string, number>();
  /** When each group that is about came last. */
  readonly #about = new Map<string, number>();
  #lookedAt = 0;
  #insideAtAll = 0;
  #waitingAtAll = 0;

  /** Resolves when it is this one's turn, to how to leave again; leaving twice is leaving once. */
  async enter(group: string): Promise<() => void> {
    this.#notice(group);
    if (!this.#waiting.has(group) && this.#hasRoom(group)) this.#admit(group);
    else await this.#wait(group);
    let isInside = true;
    let isSlow = false;
    const timer = setTimeout(() => {
      isSlow = true;
      this.#discountQuick(group);
      this.#letIn();
    }, slowAfterMs);
    return () => {
      if (!isInside) return;
      isInside = false;
      clearTimeout(timer);
      if (!isSlow) this.#discountQuick(group);
      this.#insideAtAll -= 1;
      this.#letIn();
    };
  }

  #hasRoom(group: string): boolean {
    const share = Math.max(quickAtLeast, Math.floor(quickAtOnce / this.#about.size));
    return this.#insideAtAll < atOnce && (this.#quick.get(group) ?? 0) < share;
  }

  #notice(group: string): void {
    const now = performance.now();
    this.#about.set(group, now);
    if (now - this.#lookedAt < aboutMs) return;
    this.#lookedAt = now;
    for (const [other, at] of this.#about) if (now - at > aboutMs) this.#about.delete(other);
  }

  #admit(group: string): void {
    this.#insideAtAll += 1;
    this.#quick.set(group, (this.#quick.get(group) ?? 0) + 1);
  }

  #wait(group: string): Promise<void> {
    const queue = this.#waiting.get(group) ?? [];
    if (queue.length >= waitingOfOne || this.#waitingAtAll >= waitingAtAll) return Promise.reject(busy());
    return new Promise((enter, refuse) => {
      const timer = setTimeout(() => {
        this.#remove(group, waiting);
        refuse(busy());
      }, patienceMs);
      const waiting: Waiting = { enter, refuse, timer };
      queue.push(waiting);
      this.#waiting.set(group, queue);
      this.#waitingAtAll += 1;
    });
  }

  #discountQuick(group: string): void {
    const left = (this.#quick.get(group) ?? 1) - 1;
    if (left > 0) this.#quick.set(group, left);
    else this.#quick.delete(group);
  }

  #letIn(): void {
    for (let next = this.#nextGroup(); next !== null; next = this.#nextGroup()) this.#letOneIn(next);
  }

  /** Whose turn it is; null when nobody waits who may come in. */
  #nextGroup(): string | null {
    for (const group of this.#waiting.keys()) if (this.#hasRoom(group)) return group;
    return null;
  }

  #letOneIn(group: string): void {
    const queue = this.#waiting.get(group) ?? [];
    const first = queue.shift();
    // Behind the other groups, for its next one's turn.
    this.#waiting.delete(group);
    if (queue.length > 0) this.#waiting.set(group, queue);
    if (first === undefined) return;
    this.#waitingAtAll -= 1;
    clearTimeout(first.timer);
    this.#admit(group);
    first.enter();
  }

  #remove(group: string, waiting: Waiting): void {
    const queue = this.#waiting.get(group) ?? [];
    const index = queue.indexOf(waiting);
    if (index < 0) return;
    queue.splice(index, 1);
    this.#waitingAtAll -= 1;
    if (queue.length === 0) this.#waiting.delete(group);
  }
}

const busy = (): RequestError =>
  new RequestError('SERVICE_UNAVAILABLE', 'There is more to do than can be done at the moment. Try again in a second.');
