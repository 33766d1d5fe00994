import { z } from 'zod';
import { plainText } from '../../platform/plain-text.ts';
import { longestCourseDays } from './medication.domain.ts';

export const mostItems = 30;

const words = (what: string, limit: number) =>
  z
    .string()
    .transform(plainText)
    .refine((text) => text.length <= limit, `Use at most ${limit.toLocaleString('en')} characters for the ${what}.`);

const required = (what: string, limit: number) =>
  words(what, limit).refine((text) => text !== '', `Enter the ${what}.`);

const optional = (what: string, limit: number) =>
  words(what, limit)
    .nullish()
    .transform((text) => (text == null || text === '' ? null : text));

const days = `Enter 1 to ${longestCourseDays} days, or leave them open.`;

const item = z.object({
  medication: required('medication', 200),
  dosage: required('dosage', 200),
  frequency: optional('frequency', 200),
  durationDays: z
    .number(days)
    .int(days)
    .min(1, days)
    .max(longestCourseDays, days)
    .nullish()
    .transform((count) => count ?? null),
  instructions: optional('instructions', 500),
});

export const prescriptionRules = z.object({
  items: z
    .array(item)
    .min(1, 'Add a medication first.')
    .max(mostItems, `A prescription holds ${mostItems} medications at most. Write a second one for the others.`),
  instructions: optional('instructions', 2_000),
});

export const voidRules = z.object({ reason: required('reason', 300) });
