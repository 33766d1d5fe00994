import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const cipher = 'aes-256-gcm';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** What a token is kept as: whoever reads the table cannot use it. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * Keeps secrets that must be read again, and makes tokens for links, with keys derived from one secret of the
 * installation. Each use has a key of its own.
 */
export class SecretBox {
  readonly #sealing: Buffer;
  readonly #signing: Buffer;

  constructor(secret: string) {
    this.#sealing = derive(secret, 'clinigraph sealing');
    this.#signing = derive(secret, 'clinigraph links');
  }

  /** Encrypts a text, bound to whose it is: sealed for one person, it opens for nobody else. */
  seal(text: string, owner: string): string {
    const nonce = randomBytes(nonceBytes);
    const sealing = createCipheriv(cipher, this.#sealing, nonce).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
    return Buffer.concat([nonce, sealing.getAuthTag(), sealed]).toString('base64url');
  }

  /** @throws Error when it was sealed with another secret, for another owner, or changed since */
  open(sealed: string, owner: string): string {
    const bytes = Buffer.from(sealed, 'base64url');
    const opening = createDecipheriv(cipher, this.#sealing, bytes.subarray(0, nonceBytes))
      .setAAD(Buffer.from(owner))
      .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([opening.update(bytes.subarray(nonceBytes + tagBytes)), opening.final()]).toString('utf8');
  }

  /**
   * The token of a link, always the same for the same row: a letter that is sent a second time holds the same link, and
   * nothing but its hash is ever stored.
   */
  linkToken(rowId: string): string {
    return createHmac('sha256', this.#signing).update(rowId).digest('base64url');
  }
}

const derive = (secret: string, use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', use, keyBytes));
