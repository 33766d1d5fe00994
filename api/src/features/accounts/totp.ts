import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const stepSeconds = 30;

/** A phone's clock may be half a minute off, either way. */
const stepsOff = 1;

const recoveryCodeCount = 10;
const recoveryCodeLength = 10;

/** Without letters and digits that look alike on paper. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

const authenticator = (secret: string, label: string): TOTP =>
  new TOTP({ issuer: 'Clinigraph', label, secret: Secret.fromBase32(secret), period: stepSeconds });

/** A new secret for an authenticator app, base32 of 160 bits. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** The otpauth:// address that an authenticator app reads from a QR code. */
export const totpUri = (secret: string, email: string): string => authenticator(secret, email).toString();

/** Returns the step of time that a code belongs to; null for a wrong one. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = authenticator(secret, '').validate({ token: code, timestamp, window: stepsOff });
  return delta === null ? null : Math.floor(timestamp / 1_000 / stepSeconds) + delta;
}

/** Ten codes of some 50 bits, in two halves for the eye. */
export function newRecoveryCodes(): string[] {
  const letter = () => alphabet.charAt(randomInt(alphabet.length));
  return Array.from({ length: recoveryCodeCount }, () => {
    const letters = Array.from({ length: recoveryCodeLength }, letter).join('');
    return `${letters.slice(0, recoveryCodeLength / 2)}-${letters.slice(recoveryCodeLength / 2)}`;
  });
}

/** A code as it is compared, however it was typed. */
export const foldCode = (code: string): string => code.toLowerCase().replace(/[\s-]/g, '');
