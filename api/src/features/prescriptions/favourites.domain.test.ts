import { describe, expect, it } from 'vitest';
import { favouritesAmong } from './favourites.domain.ts';
import type { PrescribedItem } from './medication.domain.ts';

const now = new Date('2030-03-04T09:00:00.000Z');
const daysAgo = (count: number) => new Date(now.getTime() - count * 24 * 60 * 60 * 1_000);
const item = (medication: string, dosage = '1 tablet'): PrescribedItem => ({
  medication,
  dosage,
  frequency: 'twice a day',
  durationDays: 7,
  instructions: null,
});

const names = (search = '', first = 10) =>
  favouritesAmong(
    [
      { createdAt: daysAgo(1), items: [item('Cetirizine'), item('Paracétamol 500')] },
      { createdAt: daysAgo(2), items: [item('CETIRIZINE'), item('Co-amoxiclav')] },
      { createdAt: daysAgo(300), items: [item('Ibuprofen')] },
      { createdAt: daysAgo(301), items: [item('Ibuprofen')] },
    ],
    { search, first, now },
  ).map(({ medication, usedCount }) => `${medication} × ${usedCount}`);

describe('a doctor’s favourites', () => {
  it('are what they prescribe often and lately, in the words they used last', () => {
    expect(names()).toEqual(['Cetirizine × 2', 'Paracétamol 500 × 1', 'Co-amoxiclav × 1', 'Ibuprofen × 2']);
    expect(names('', 2)).toHaveLength(2);
  });

  it('are found by the beginnings of words, without case and accents', () => {
    expect(names('paracetamol 5')).toEqual(['Paracétamol 500 × 1']);
    expect(names('AMOX')).toEqual(['Co-amoxiclav × 1']);
    expect(names('mox')).toEqual([]);
  });

  it('keep two ways of taking the same apart', () => {
    const ways = favouritesAmong([{ createdAt: now, items: [item('Cetirizine'), item('Cetirizine', '2 tablets')] }], {
      search: '',
      first: 10,
      now,
    });

    expect(ways.map(({ dosage }) => dosage)).toEqual(['1 tablet', '2 tablets']);
  });
});
