import { describe, expect, it } from 'vitest';
import { noEyeTexts } from './eye-exam.ts';
import { joined, meet, noteTexts, sameTexts } from './notes.ts';

const base = { ...noEyeTexts, symptoms: 'Red eye', diagnosis: '', notes: 'First' };

describe('notes that were saved in two windows', () => {
  it('come together by themselves where each changed another text', () => {
    const mine = { ...base, diagnosis: 'Conjunctivitis' };
    const theirs = { ...base, notes: 'First, then more' };

    expect(meet(base, mine, theirs)).toEqual({
      texts: { ...base, diagnosis: 'Conjunctivitis', notes: 'First, then more' },
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
    expect(joined('notes', 'Theirs', 'Mine')).toBe('Theirs\n\nMine');
    expect(joined('notes', '', 'Mine')).toBe('Mine');
  });
});

describe('an eye exam that was saved in two windows', () => {
  it('comes together figure by figure', () => {
    const mine = { ...base, 'right.sphere': '-1.25', 'left.sphere': '-1.00' } as const;
    const theirs = { ...base, 'right.sphere': '-1.50', pupillaryDistance: '62' } as const;

    expect(meet(base, mine, theirs)).toEqual({
      texts: { ...base, 'right.sphere': '-1.25', 'left.sphere': '-1.00', pupillaryDistance: '62' },
      both: ['right.sphere'],
    });
  });

  it('keeps one figure of two, never both in one field', () => {
    expect(joined('right.sphere', '-1.50', '-1.25')).toBe('-1.25');
    expect(joined('right.sphere', '-1.50', '')).toBe('-1.50');
  });
});

describe('notes that nobody has written yet', () => {
  it('are empty texts', () => {
    expect(sameTexts(noteTexts(null), { ...noEyeTexts, symptoms: '', diagnosis: '', notes: '' })).toBe(true);
  });
});
