import { describe, expect, it } from 'vitest';
import { cashOf } from './cash.ts';

const balance = '560.00';

describe('cash at the desk', () => {
  it('gives change, or says what is missing', () => {
    expect(cashOf({ amount: '560', given: '1,000', balance }, 'PHP')).toEqual({
      change: '440.00',
      short: null,
      left: null,
    });
    expect(cashOf({ amount: '560', given: '500.50', balance }, 'PHP')).toEqual({
      change: null,
      short: '59.50',
      left: null,
    });
    expect(cashOf({ amount: '560', given: '560', balance }, 'PHP').change).toBe('0.00');
  });

  it('says what a part leaves to pay, and nothing about what cannot be read', () => {
    expect(cashOf({ amount: '500.01', given: '', balance }, 'PHP')).toEqual({
      change: null,
      short: null,
      left: '59.99',
    });
    expect(cashOf({ amount: 'half', given: '100', balance }, 'PHP')).toEqual({ change: null, short: null, left: null });
  });
});
