import { z } from 'zod';
import { DomainError } from '../../platform/errors.ts';
import { longestMinutes, shortestMinutes } from './appointment-time.domain.ts';

const noteLimit = 1_000;

/** What the patient wrote when asking. */
export const reasonRule = z.string().trim().max(1_000, 'Use at most 1,000 characters for the reason.').nullish();

export const durationRule = z
  .number()
  .int()
  .min(shortestMinutes, `An appointment lasts at least ${shortestMinutes} minutes.`)
  .max(longestMinutes, `An appointment lasts at most ${longestMinutes} minutes.`)
  .nullish();

export const overbookReasonRule = z
  .string()
  .trim()
  .min(1, 'Say why you book on top of another appointment.')
  .max(300, 'Use at most 300 characters for the reason.')
  .nullish();

/**
 * Reads words to the patient; nothing but spaces is none.
 *
 * @throws DomainError INVALID_INPUT for more than 1,000 characters
 */
export function readNote(given: string): string | null {
  const note = given.trim();
  if (note.length > noteLimit)
    throw new DomainError('INVALID_INPUT', 'Use at most 1,000 characters for the note.', ['note']);
  return note === '' ? null : note;
}
