import { describe, expect, it } from 'vitest';
import { previewBill } from './bill-amounts.ts';

const line = (quantity: bigint, unitPriceMinor: bigint, taxBasisPoints: bigint) => ({
  quantity,
  unitPriceMinor,
  taxBasisPoints,
});

/** The same cases and figures as the server's own rule is tested with. */
describe('what a bill will come to', () => {
  it('adds up its lines, takes the discount off and puts the tax on', () => {
    expect(previewBill([line(1n, 100_000n, 1_200n), line(3n, 2_550n, 0n)], 10_765n)).toEqual({
      subtotal: 107_650n,
      discount: 10_765n,
      tax: 10_800n,
      total: 107_685n,
    });
  });

  it('rounds tax half up on each line, not on the bill', () => {
    const one = line(1n, 105n, 1_000n);

    expect(previewBill([one, one, one], 0n)?.tax).toBe(33n);
  });

  it('spreads a discount to the minor unit, the first of equals first', () => {
    const taxed = line(1n, 100n, 10_000n);

    expect(previewBill([taxed, line(1n, 100n, 0n), line(1n, 100n, 0n)], 100n)?.tax).toBe(66n);
  });

  it('is nothing for a discount beyond the lines, and zero for lines that cost nothing', () => {
    expect(previewBill([line(1n, 100n, 0n)], 101n)).toBeNull();
    expect(previewBill([line(2n, 0n, 1_200n)], 0n)?.total).toBe(0n);
  });
});
