import { describe, expect, it } from 'vitest';
import { foldText, matchesWords } from './palette-match.ts';

describe('an appointment', () => {
  it.each([
    ['José Núñez', 'nunez', true],
    ['José Núñez', 'nu jo', true],
    ['José Núñez', 'ez', false],
    ['José Núñez', 'jose cruz', false],
  ])("of %s is found by '%s': %s", (name, search, isFound) => {
    expect(matchesWords(name, foldText(search))).toBe(isFound);
  });
});
