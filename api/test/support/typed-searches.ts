import { foldName } from '../../src/features/patients/patient.domain.ts';
import type { Roll } from './dice.ts';
import type { Person } from './people.ts';

const wordOf = (person: Person, roll: Roll): string => {
  const words = person.nameFolded.split(' ').filter((word) => word.length >= 4);
  return words[roll(words.length)] ?? person.nameFolded;
};

function misspelled(word: string, roll: Roll): string {
  const at = 1 + roll(Math.max(1, word.length - 2));
  const swapped = word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  const tries = [word.slice(0, at) + word.slice(at + 1), swapped, `${word.slice(0, at)}e${word.slice(at + 1)}`];
  return tries[roll(tries.length)] ?? word;
}

/** What people type to find somebody, of each kind. */
export const typedSearches: Record<string, (person: Person, roll: Roll) => string> = {
  'part of a name': (person, roll) => wordOf(person, roll).slice(0, 3 + roll(3)),
  'first and last name': (person) => person.nameFolded.split(' ').slice(-2).join(' '),
  'two letters': (person, roll) => wordOf(person, roll).slice(0, 2),
  'a misspelling': (person, roll) => misspelled(wordOf(person, roll), roll),
  'no accents': (person) => foldName(person.name),
  'a phone number': (person) => `0${person.phone.slice(3, 6)}-${person.phone.slice(6, 9)}-${person.phone.slice(9)}`,
  'last digits': (person) => person.phone.slice(-5),
  'a record number': (person) => person.recordNumber,
};
