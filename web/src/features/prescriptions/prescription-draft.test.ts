import { describe, expect, it } from 'vitest';
import {
  draftFrom,
  emptyDraft,
  emptyRow,
  isEmptyDraft,
  latestOf,
  placeOnForm,
  readRows,
  rowOf,
  withItems,
} from './prescription-draft.ts';

const known = { medication: 'Cetirizine', dosage: '1 tablet', frequency: null, durationDays: 7, instructions: null };

describe('a prescription while it is written', () => {
  it('sends the rows that say something, and knows where each stands', () => {
    const rows = [emptyRow(), rowOf(known), { ...rowOf(known), days: 'a week' }];

    const { items, places, unreadable } = readRows(rows);

    expect(items.map(({ durationDays }) => durationDays)).toEqual([7, null]);
    expect([places, unreadable]).toEqual([[1, 2], [2]]);
    expect(placeOnForm(['input', 'items', '0', 'durationDays'], places)).toBe('1.days');
    expect(placeOnForm(['items', '1', 'medication'], places)).toBe('2.medication');
    expect(placeOnForm(['instructions'], places)).toBe('instructions');
    expect(placeOnForm(['items'], places)).toBeNull();
  });

  it('takes what was prescribed before in place of empty rows, behind those that are not', () => {
    expect(withItems(emptyDraft(), [known]).rows).toEqual([rowOf(known)]);
    const two = withItems({ rows: [{ ...emptyRow(), medication: 'Ibuprofen' }], instructions: '' }, [known]);
    expect(two.rows.map(({ medication }) => medication)).toEqual(['Ibuprofen', 'Cetirizine']);
  });

  it('comes back from the device as it was, and never as something else', () => {
    const draft = { rows: [rowOf(known)], instructions: 'After meals' };

    expect(draftFrom(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
    for (const kept of [null, 'x', {}, { rows: 'x' }, { rows: [{ medication: 5 }] }, emptyDraft()])
      expect(draftFrom(kept)).toBeNull();
    expect(isEmptyDraft(emptyDraft())).toBe(true);
  });

  it('repeats the latest that is not void', () => {
    const [first, second, third] = [
      { createdAt: '2030-03-01', voidedAt: null },
      { createdAt: '2030-03-02', voidedAt: null },
      { createdAt: '2030-03-03', voidedAt: '2030-03-03' },
    ];

    expect(latestOf([first, third, second].flatMap((each) => each ?? []))).toBe(second);
    expect(latestOf([])).toBeNull();
  });
});
