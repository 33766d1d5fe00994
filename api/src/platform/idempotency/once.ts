import { deserialize, serialize } from 'node:v8';
import type { Query } from '../db/query-builder.ts';
import { RequestError } from '../errors.ts';
import { claimRequest, keepResult, storedRequest, type RequestPlace, type StoredRequest } from './request.queries.ts';

const dayMs = 24 * 60 * 60 * 1_000;

/** Since when a key still counts. */
export const keptSince = (now: Date): Date => new Date(now.getTime() - dayMs);

/** @throws RequestError IDEMPOTENCY_MISMATCH when the key came with something else before */
export function assertSameInput(stored: Pick<StoredRequest, 'inputHash'>, inputHash: string): void {
  if (stored.inputHash === inputHash) return;
  throw new RequestError('IDEMPOTENCY_MISMATCH', 'This Idempotency-Key came with another input before. Use a new key.');
}

/** What a transaction can run. */
interface Writer {
  realNow: Date;
  rows<Row>(query: Query<Row>): Promise<Row[]>;
}

/**
 * Lets the first writing transaction of a request have its effect once, however often the request comes: its result is
 * kept in the transaction itself, so that no crash can part them.
 */
export class Once {
  readonly place: RequestPlace;
  readonly inputHash: string;
  #isTaken = false;

  constructor(place: RequestPlace, inputHash: string) {
    this.place = place;
    this.inputHash = inputHash;
  }

  /** Itself for the request's first transaction in its clinic; null for what follows, which belongs to the same effect. */
  takenFor(clinicId: string | null): this | null {
    if (this.#isTaken || clinicId !== this.place.clinicId) return null;
    this.#isTaken = true;
    return this;
  }

  /**
   * Claims the key. Of the same request at once, all others wait here.
   *
   * @returns null for the first; for all others what the first one's use case returned
   */
  async claim(tx: Writer): Promise<{ result: ReturnType<typeof deserialize> } | null> {
    const since = keptSince(tx.realNow);
    const claimed = await tx.rows(claimRequest(this.place, this.inputHash, tx.realNow, since));
    if (claimed.length > 0) return null;
    const [stored] = await tx.rows(storedRequest(this.place, since));
    if (stored === undefined) throw new Error('A key was neither free nor taken.');
    assertSameInput(stored, this.inputHash);
    // Refused before: there was no effect, so this one may have it.
    return stored.result === null ? null : { result: deserialize(stored.result) };
  }

  async keep(tx: Writer, result: unknown): Promise<void> {
    await tx.rows(keepResult(this.place, serialize(result)));
  }
}
