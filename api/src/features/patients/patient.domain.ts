import { foldText } from '../../platform/folding.ts';

export const sexes = ['FEMALE', 'MALE', 'OTHER', 'UNKNOWN'] as const;
export type SexValue = (typeof sexes)[number];

/** A name as it is compared. */
export const foldName = foldText;

export const fullName = (person: { firstName: string; lastName: string | null }): string =>
  [person.firstName, person.lastName].filter((part) => part !== null && part !== '').join(' ');

/** The number on the patient's card: P-00042. It grows past five digits without a change of form. */
export const recordNumber = (count: number): string => `P-${String(count).padStart(5, '0')}`;

/** A birth date for somebody who only knows their age: the first of January of the year that fits. */
export function estimatedBirthDate(age: number, today: string): string {
  return `${String(Number(today.slice(0, 4)) - age).padStart(4, '0')}-01-01`;
}

const shortestPhonePart = 4;

/**
 * The digits of what looks like a phone number or a part of one; null for anything else. The zero that people dial
 * inside their country is left out: numbers are kept as E.164, +639171234567 for 0917 123 4567.
 */
export function phoneDigits(text: string): string | null {
  if (!/^[+()\d\s./-]+$/.test(text.trim())) return null;
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  return digits.length < shortestPhonePart ? null : digits;
}
