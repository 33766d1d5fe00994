import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from './db/database.ts';
import { RequestError } from './errors.ts';
import { deleteExpiredCounts } from './rate-limit.queries.ts';

const minuteMs = 60_000;

/** How often something may be tried, and in how long a time. */
export interface Limit {
  /** Tells its counts from those of other limits. */
  name: string;
  tries: number;
  minutes: number;
}

/**
 * Counts tries in the database, so that several processes count together and a restart forgets nothing. What is counted
 * by is kept as a hash: no address or e-mail is in the table. Time is real time, whatever a clinic's clock says.
 */
export class RateLimits {
  readonly #database: Database;
  readonly #limiters = new Map<string, RateLimiterPostgres>();

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Counts one try before it is made: of many at once, exactly as many as allowed get through.
   *
   * @throws RequestError RATE_LIMITED when there were too many, saying how long to wait
   */
  async take(limit: Limit, subject: string): Promise<void> {
    try {
      await this.#limiterOf(limit).consume(keyOf(subject));
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw tooMany(refused.msBeforeNext);
    }
  }

  /** Takes back one try: it was right, and right ones are not what the limit is for. */
  async giveBack(limit: Limit, subject: string): Promise<void> {
    await this.#limiterOf(limit).reward(keyOf(subject));
  }

  /** Removes what has run out; the counts are right without it. */
  async clear(): Promise<void> {
    await this.#database.rowsOfNoClinic(deleteExpiredCounts(Date.now()));
  }

  #limiterOf({ name, tries, minutes }: Limit): RateLimiterPostgres {
    const known = this.#limiters.get(name);
    if (known !== undefined) return known;
    const limiter = new RateLimiterPostgres({
      storeClient: this.#database.pool('staff'),
      tableName: 'rate_limit',
      tableCreated: true,
      // The worker clears what has run out.
      clearExpiredByTimeout: false,
      keyPrefix: name,
      points: tries,
      duration: minutes * 60,
    });
    this.#limiters.set(name, limiter);
    return limiter;
  }
}

const keyOf = (subject: string): string => createHash('sha256').update(subject).digest('base64url');

function tooMany(waitMs: number): RequestError {
  const minutes = Math.max(1, Math.ceil(waitMs / minuteMs));
  const wait = minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return new RequestError('RATE_LIMITED', `Too many tries. Wait ${wait}, then try again.`);
}
