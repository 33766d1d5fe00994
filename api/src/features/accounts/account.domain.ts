import { z } from 'zod';

/** One address, however it was typed: e-mail addresses are compared without case. */
export const foldEmail = (email: string): string => email.trim().normalize('NFKC').toLowerCase();

const shortText = (what: string, limit: number) =>
  z.string().trim().min(1, `Enter ${what}.`).max(limit, `Use at most ${limit} characters for ${what}.`);

/** Marks that turn the direction of what follows: in a name they would turn the rest of the screen. */
const directionMarks = /[\u202A-\u202E\u2066-\u2069]/g;

/** A name has a letter in it: blank space of any kind is none. */
export const personName = (what: string) =>
  z
    .string()
    .transform((name) => name.replace(directionMarks, '').trim())
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

export const clinicName = shortText("the clinic's name", 120);
