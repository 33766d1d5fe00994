import { z } from 'zod';
import { plainText } from '../../platform/plain-text.ts';

/** A clinic's name has a letter in it: blank space of any kind is none. */
export const clinicName = z
  .string()
  .transform(plainText)
  .pipe(
    z
      .string()
      .regex(/\p{L}/u, "Enter the clinic's name.")
      .max(120, "Use at most 120 characters for the clinic's name."),
  );

/** A text that may be left empty; blank space clears it as null does. */
export const optionalText = (what: string, limit: number) =>
  z
    .string()
    .transform(plainText)
    .pipe(z.string().max(limit, `Use at most ${limit} characters for ${what}.`))
    .nullable()
    .transform((text) => (text === '' ? null : text));

/** An exact decimal of 0 to 100 with at most two decimals; `what` completes "Enter …". */
export const percent = (what: string) =>
  z
    .string(`Enter ${what} of 0 to 100 percent.`)
    .refine((value) => Number(value) >= 0 && Number(value) <= 100, `Enter ${what} of 0 to 100 percent.`)
    .refine((value) => /^-?\d+(\.\d{1,2})?$/.test(value), 'Use at most two decimals for the percentage.');

/** A value that may be left out but not cleared. */
const always = <Value extends z.ZodType>(value: Value) => value.optional();

const wholeHours = (unit: string, least: number, most: number) => {
  const words = `Enter whole ${unit} from ${least} to ${most.toLocaleString('en')}.`;
  return z.number(words).int(words).min(least, words).max(most, words);
};

const reminderLimit = 10;

const reminderLeadHours = z
  .array(wholeHours('hours', 1, 336), 'Enter the hours before an appointment, or none at all.')
  .max(reminderLimit, `Use at most ${reminderLimit} reminders.`)
  .refine((hours) => new Set(hours).size === hours.length, 'Enter each reminder once.')
  .transform((hours) => [...hours].sort((one, other) => other - one));

/** What a clinic may be set to. What is left out stays; currency and address on the web never change. */
export const clinicRules = z.object({
  name: always(clinicName),
  address: always(optionalText('the address', 500)),
  phone: always(z.string().nullable()),
  taxNumber: always(optionalText('the tax number', 40)),
  timeZone: always(z.string('Choose a time zone.')),
  locale: always(z.string('Choose a language.')),
  reminderLeadHours: always(reminderLeadHours),
  closeOutPolicy: always(z.enum(['AFTER_PAYMENT', 'ON_CONSULTATION_COMPLETED'], 'Choose how a treatment is closed.')),
  noShowAfterMinutes: always(wholeHours('minutes', 1, 1_440)),
  selfServiceCutoffHours: always(wholeHours('hours', 0, 720)),
  defaultDoctorSharePercent: always(percent('a share')),
  taxPercent: always(percent('a tax')),
  requestPolicy: always(z.enum(['DOCTOR', 'FRONT_DESK', 'AUTOMATIC'], 'Choose who answers requests.')),
});

/** Shares are the owner's alone to know, and an admin reads the audit trail: it says that one changed, not to what. */
const confidential = ['defaultDoctorSharePercent', 'sharePercent'];

/**
 * Returns what a change really changes, each field as [before, after]: what the audit trail keeps. A percentage that is
 * only written differently, 12 and 12.00, has not changed.
 */
export function differences(
  before: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const changed = Object.entries(wanted).filter(
    ([name, value]) => value !== undefined && comparable(name, before[name]) !== comparable(name, value),
  );
  return Object.fromEntries(
    changed.map(([name, value]) => [name, confidential.includes(name) ? 'changed' : [before[name] ?? null, value]]),
  );
}

const comparable = (name: string, value: unknown): string =>
  JSON.stringify(name.endsWith('Percent') && value != null ? Number(value) : (value ?? null));
