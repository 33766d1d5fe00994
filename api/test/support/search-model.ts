import { searchTerms } from '../../src/features/patients/patient-search.domain.ts';
import type { TestClient } from './client.ts';
import type { Person } from './people.ts';

/**
 * The search as the rules say it, slow and obvious: every person is scored by themselves. It shares nothing with the
 * database but the reading of what was typed.
 */
export function scoreOf(person: Person, search: string): number {
  const terms = searchTerms(search);
  if (terms === null) return 0;
  const { words, recordNumber, digits } = terms;
  const scores = [literalScore(person.nameFolded, words)];
  if (recordNumber === person.recordNumber) scores.push(9_000);
  if (digits !== null && person.phone.includes(digits)) scores.push(7_000);
  const best = Math.max(...scores);
  return best > 0 ? best : misspelledScore(person.nameFolded, words);
}

const isShort = (word: string) => word.length < 3 && /^[\p{L}\p{N}]+$/u.test(word);

function literalScore(name: string, words: readonly string[]): number {
  const begins = (word: string) => ` ${name}`.includes(` ${word}`);
  if (!words.every((word) => (isShort(word) ? begins(word) : name.includes(word)))) return 0;
  const whole = words.join(' ');
  const rank = name === whole ? 8 : name.startsWith(whole) ? 7 : words.every(begins) ? 6 : 5;
  return rank * 1_000 + Math.max(0, 999 - name.length);
}

const likeEnough = 0.45;

function misspelledScore(name: string, words: readonly string[]): number {
  const canMisspell = (word: string) => word.length >= 4 && /^\p{L}+$/u.test(word);
  if (!words.some(canMisspell)) return 0;
  const matches = (word: string) =>
    isShort(word)
      ? ` ${name}`.includes(` ${word}`)
      : name.includes(word) || (canMisspell(word) && likeness(word, name) >= likeEnough);
  if (!words.every(matches)) return 0;
  const sum = words.reduce((total, word) => total + likeness(word, name), 0);
  return 1_000 + Math.round((999 * sum) / words.length);
}

const trigramsOf = (text: string): string[] =>
  (text.match(/[\p{L}\p{N}]+/gu) ?? []).flatMap((word) => {
    const padded = `  ${word} `;
    return Array.from({ length: padded.length - 2 }, (_, index) => padded.slice(index, index + 3));
  });

/** How alike a word is to the stretch of a name that is most like it: shared trigrams by all of both. */
export function likeness(word: string, name: string): number {
  const wanted = new Set(trigramsOf(word));
  const there = trigramsOf(name);
  let best = 0;
  for (let from = 0; from < there.length; from += 1) {
    if (!wanted.has(there[from] ?? '')) continue;
    const stretch = new Set<string>();
    let shared = 0;
    for (let to = from; to < there.length; to += 1) {
      const trigram = there[to] ?? '';
      if (stretch.has(trigram)) continue;
      stretch.add(trigram);
      if (wanted.has(trigram)) shared += 1;
      best = Math.max(best, shared / (wanted.size + stretch.size - shared));
    }
  }
  return best;
}

/** More than this a search does not give. */
const mostFound = 200;

const page = `query ($search: String, $after: String) { patients(filter: { search: $search }, first: 100, after: $after) {
  pageInfo { hasNextPage endCursor } nodes { recordNumber } } }`;

/** Record numbers of all that a search finds, page by page. */
export async function searchEveryPage(client: TestClient, search: string): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | null = null; ;) {
    const { patients } = await client.ask(page, { search, after });
    found.push(...patients.nodes.map(({ recordNumber }: { recordNumber: string }) => recordNumber));
    if (!patients.pageInfo.hasNextPage) return found;
    after = patients.pageInfo.endCursor;
  }
}

/**
 * What is wrong with an answer, or null: each in it scores as the model says, in falling order, and nobody better was left
 * out. A score may differ by one, for the database reckons in single precision.
 */
export function mistakeIn(answer: readonly string[], persons: readonly Person[], search: string): string | null {
  const scored = persons
    .map((person) => ({ person, score: scoreOf(person, search) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);
  if (answer.length !== Math.min(scored.length, mostFound))
    return `"${search}" found ${answer.length} of ${Math.min(scored.length, mostFound)}`;
  const scores = new Map(scored.map(({ person, score }) => [person.recordNumber, score]));
  for (const [place, number] of answer.entries()) {
    const expected = scored[place]?.score ?? 0;
    const score = scores.get(number) ?? 0;
    if (Math.abs(score - expected) > 1)
      return `"${search}" has ${number} in place ${place + 1}: ${score}, not ${expected}`;
  }
  return new Set(answer).size === answer.length ? null : `"${search}" names somebody twice`;
}
