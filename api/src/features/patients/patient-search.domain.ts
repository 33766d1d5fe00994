import { foldName, phoneDigits, recordNumber } from './patient.domain.ts';

/** What a search may mean, read from what was typed. */
export interface SearchTerms {
  /** The words of a name, folded. */
  words: string[];
  /** The record number that it may be. */
  recordNumber: string | null;
  /** Digits of a phone number that it may be part of. */
  digits: string | null;
}

/** Names have fewer words: the limit only guards the statement's size. */
const mostWords = 8;
const longestWord = 60;

/** Reads what was typed; null when nothing was. */
export function searchTerms(text: string): SearchTerms | null {
  const folded = foldName(text);
  if (folded === '') return null;
  const words = folded
    .split(' ')
    .slice(0, mostWords)
    .map((word) => Array.from(word).slice(0, longestWord).join(''));
  const count = /^(?:p-?)?0*(\d{1,9})$/i.exec(text.trim())?.[1];
  return { words, recordNumber: count === undefined ? null : recordNumber(Number(count)), digits: phoneDigits(text) };
}
