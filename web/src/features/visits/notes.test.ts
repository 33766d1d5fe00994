import { describe, expect, it } from 'vitest';
import { joined, meet, noteTexts, sameTexts } from './notes.ts';

const base = { symptoms: 'Red eye', diagnosis: '', notes: 'First' };

describe('notes that were saved in two windows', () => {
  it('come together by themselves where each changed another text', () => {
    const mine = { ...base, diagnosis: 'Conjunctivitis' };
    const theirs = { ...base, notes: 'First, then more' };

    expect(meet(base, mine, theirs)).toEqual({
      texts: { symptoms: 'Red eye', diagnosis: 'Conjunctivitis', notes: 'First, then more' },
      both: [],
    });
  });

  it('keep what was typed here and name the text that both changed', () => {
    const mine = { ...base, notes: 'Mine' };
    const theirs = { ...base, notes: 'Theirs' };

    expect(meet(base, mine, theirs)).toEqual({ texts: mine, both: ['notes'] });
  });

  it('do not clash when both wrote the same', () => {
    expect(meet(base, { ...base, notes: 'Same' }, { ...base, notes: 'Same' }).both).toEqual([]);
  });

  it('lose no word when both are kept', () => {
    expect(joined('Theirs', 'Mine')).toBe('Theirs\n\nMine');
    expect(joined('', 'Mine')).toBe('Mine');
  });
});

describe('notes that nobody has written yet', () => {
  it('are empty texts', () => {
    expect(sameTexts(noteTexts(null), { symptoms: '', diagnosis: '', notes: '' })).toBe(true);
  });
});
