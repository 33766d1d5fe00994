import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Clock } from './clock.ts';
import { idBytes, packId, unpackId } from './ids.ts';

const keyBytes = 32;
/** Half of a SHA-256: as hard to guess as a key of AES, and the whole stays within what routers take for one part of an address. */
const proofBytes = 16;
const timeBytes = 6;
const claimBytes = 3 * idBytes + timeBytes;
const minuteMs = 60_000;

/** What a link leads to, and on whose word. All three are ids; nothing of them is secret, and nothing of them can be changed. */
export interface LinkClaims {
  /** What kind of thing it opens: a link to one kind never opens another. */
  kind: string;
  clinicId: string;
  subjectId: string;
  /** The session, person or key that asked for it: whoever opens the link reads as they may, at that moment. */
  askedBy: string;
}

/**
 * Makes and reads links that open one thing for some minutes, under a key of their own derived from the installation's
 * secret. Nothing is stored. Time is real: a clinic's clock that a sandbox moves keeps no link alive.
 */
export class SignedLinks {
  readonly #key: Buffer;
  readonly #clock: Clock;

  constructor(secret: string, clock: Clock) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'clinigraph documents', keyBytes));
    this.#clock = clock;
  }

  /**
   * Returns 94 characters that need no escaping in a URL.
   *
   * @param minutes  how long the link leads there
   * @throws TypeError for claims that are no ids
   */
  sign(claims: LinkClaims, minutes: number): string {
    const expiresAt = this.#clock.now().getTime() + minutes * minuteMs;
    const time = Buffer.alloc(timeBytes);
    time.writeUIntBE(expiresAt, 0, timeBytes);
    const said = Buffer.concat([...[claims.clinicId, claims.subjectId, claims.askedBy].map(packId), time]);
    return Buffer.concat([said, this.#proof(claims.kind, said)]).toString('base64url');
  }

  /** Returns what a link says; null for one that is over, was changed, or is of another kind or installation. */
  read(kind: string, token: string): LinkClaims | null {
    const bytes = Buffer.from(token, 'base64url');
    // Two spellings of the same bytes are not the same link.
    if (bytes.length !== claimBytes + proofBytes || bytes.toString('base64url') !== token) return null;
    const said = bytes.subarray(0, claimBytes);
    if (!timingSafeEqual(bytes.subarray(claimBytes), this.#proof(kind, said))) return null;
    if (said.readUIntBE(3 * idBytes, timeBytes) <= this.#clock.now().getTime()) return null;
    return {
      kind,
      clinicId: unpackId(said),
      subjectId: unpackId(said, idBytes),
      askedBy: unpackId(said, 2 * idBytes),
    };
  }

  #proof(kind: string, said: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(`${kind} `).update(said).digest().subarray(0, proofBytes);
  }
}
