import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountsOf, spread } from './bill-amounts.domain.ts';

const sum = (amounts: number[]) => amounts.reduce((whole, amount) => whole + amount, 0);

const anItem = fc.record({
  quantity: fc.integer({ min: 1, max: 10_000 }),
  unitPriceMinor: fc.integer({ min: 0, max: 100_000_000 }),
  taxBasisPoints: fc.integer({ min: 0, max: 10_000 }),
});

describe('what a bill comes to', () => {
  it('adds up its lines, takes the discount off and puts the tax on', () => {
    const items = [
      { quantity: 1, unitPriceMinor: 100_000, taxBasisPoints: 1_200 },
      { quantity: 3, unitPriceMinor: 2_550, taxBasisPoints: 0 },
    ];

    expect(amountsOf(items, 10_765)).toEqual({
      subtotalMinor: 107_650,
      discountMinor: 10_765,
      taxMinor: 10_800,
      totalMinor: 107_685,
      items: [
        { netMinor: 100_000, discountMinor: 10_000, taxMinor: 10_800, totalMinor: 100_800 },
        { netMinor: 7_650, discountMinor: 765, taxMinor: 0, totalMinor: 6_885 },
      ],
    });
  });

  it('rounds tax half up on each line, not on the bill', () => {
    const line = { quantity: 1, unitPriceMinor: 105, taxBasisPoints: 1_000 };

    expect(amountsOf([line, line, line], 0).taxMinor).toBe(33);
  });

  it('refuses a discount beyond the lines', () => {
    expect(() => amountsOf([{ quantity: 1, unitPriceMinor: 100, taxBasisPoints: 0 }], 101)).toThrow(RangeError);
  });

  it('is always the sum of its lines, and no line falls below zero', () => {
    fc.assert(
      fc.property(
        fc.array(anItem, { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (items, part) => {
          const full = amountsOf(items, 0);
          const bill = amountsOf(items, Math.floor(full.subtotalMinor * part));

          expect(sum(bill.items.map((line) => line.totalMinor))).toBe(bill.totalMinor);
          expect(sum(bill.items.map((line) => line.discountMinor))).toBe(bill.discountMinor);
          expect(bill.items.every((line) => line.discountMinor <= line.netMinor && line.totalMinor >= 0)).toBe(true);
        },
      ),
    );
  });
});

describe('spreading an amount', () => {
  it('gives what is left by rounding to those that lost most', () => {
    expect(spread(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(spread(10, [5, 0, 2])).toEqual([7, 0, 3]);
  });

  it('gives nothing where nothing weighs anything', () => {
    expect(spread(0, [0, 0])).toEqual([0, 0]);
  });
});
