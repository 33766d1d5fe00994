import { z } from 'zod';
import { plainText } from '../../platform/plain-text.ts';

/** One address, however it was typed: e-mail addresses are compared without case. */
export const foldEmail = (email: string): string => email.trim().normalize('NFKC').toLowerCase();

/** A name has a letter in it: blank space of any kind is none. */
export const personName = (what: string) =>
  z
    .string()
    .transform(plainText)
    .pipe(z.string().regex(/\p{L}/u, `Enter ${what}.`).max(120, `Use at most 120 characters for ${what}.`));

/** Length alone, as NIST 800-63B asks: rules about kinds of characters make passwords worse. */
export const newPassword = (minimum: number, maximum: number) =>
  z
    .string()
    .min(minimum, `Use at least ${minimum} characters for the password.`)
    .max(maximum, `Use at most ${maximum} characters for the password.`);

export const clinicSlug = z
  .string()
  .min(2, 'Use at least 2 characters for the address.')
  .max(60, 'Use at most 60 characters for the address.')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use lower-case letters, digits and single dashes, such as st-luke.');
