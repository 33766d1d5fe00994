import { hash, verify } from '@node-rs/argon2';

/** argon2id is this library's default; memory and time as OWASP recommends for it: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const minimumPasswordLength = 8;
export const maximumPasswordLength = 200;

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

let nobodysHash: Promise<string> | null = null;

/**
 * Whether a password is the one behind a hash. Without a hash it takes as long and says no: how long an answer takes
 * must not tell whether an account exists.
 */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword('nobody signs in with this');
  const matches = await verify(passwordHash ?? (await nobodysHash), password);
  return matches && passwordHash !== null;
}
