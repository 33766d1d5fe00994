import { createHash } from 'node:crypto';
import type { Database } from './db/database.ts';
import { RequestError } from './errors.ts';
import { spendingEnds, spendPoints } from './rate-limit.queries.ts';

const minuteMs = 60_000;
const rememberedSubjects = 10_000;

/** A process takes this share of a budget at once, so that most requests need not ask the database. */
const leasesPerBudget = 20;

/** What a request cost, and what its caller may still spend before `resetAt`. */
export interface Standing {
  requested: number;
  remaining: number;
  resetAt: Date;
}

/** More was asked than may be spent in a minute. */
export class OverBudget extends RequestError {
  readonly standing: Standing;

  constructor(standing: Standing) {
    super('RATE_LIMITED', 'This is more than may be asked within a minute. Wait a little, then go on.');
    this.standing = standing;
  }
}

interface Lease {
  /** Taken from the database and not spent yet. */
  left: number;
  /** Still in the database when it was taken. */
  remaining: number;
  until: number;
  pending: Promise<void> | null;
}

/**
 * Budgets of points a minute, kept in the database so that all processes count together: never more is spent than the
 * budget holds. Time is real time, whatever a clinic's clock says; what is counted by is kept as a hash.
 */
export class Budgets {
  readonly #database: Database;
  readonly #leases = new Map<string, Lease>();

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Spends points before what they are for is done.
   *
   * @param budget  points a minute; the same for a subject at all times
   * @throws OverBudget when fewer are left, and none is spent
   */
  async spend(subject: string, points: number, budget: number): Promise<Standing> {
    const key = `budget:${createHash('sha256').update(subject).digest('base64url')}`;
    const lease = this.#leaseOf(key);
    for (;;) {
      if (Date.now() < lease.until && lease.left >= points) {
        lease.left -= points;
        return { requested: points, remaining: lease.remaining + lease.left, resetAt: new Date(lease.until) };
      }
      if (lease.pending === null) {
        lease.pending = this.#take(key, lease, points, budget).finally(() => {
          lease.pending = null;
        });
      }
      await lease.pending;
    }
  }

  /** A share of the budget if there is one, else just what is asked for. */
  async #take(key: string, lease: Lease, points: number, budget: number): Promise<void> {
    const share = Math.max(points, Math.ceil(budget / leasesPerBudget));
    for (const wanted of share === points ? [points] : [share, points]) {
      const [row] = await this.#database.rowsOfNoClinic(
        spendPoints({ key, points: wanted, budget, nowMs: Date.now(), windowMs: minuteMs }),
      );
      if (row === undefined) continue;
      if (row.expire !== lease.until) lease.left = 0;
      lease.left += wanted;
      lease.until = row.expire;
      lease.remaining = budget - row.points;
      return;
    }
    const [row] = await this.#database.rowsOfNoClinic(spendingEnds(key));
    const resetAt = new Date(row?.expire ?? Date.now() + minuteMs);
    const remaining = Math.max(0, budget - (row?.points ?? budget)) + lease.left;
    throw new OverBudget({ requested: points, remaining, resetAt });
  }

  #leaseOf(key: string): Lease {
    const known = this.#leases.get(key);
    if (known !== undefined) return known;
    const [oldest] = this.#leases.keys();
    if (this.#leases.size >= rememberedSubjects && oldest !== undefined) this.#leases.delete(oldest);
    const made: Lease = { left: 0, remaining: 0, until: 0, pending: null };
    this.#leases.set(key, made);
    return made;
  }
}
