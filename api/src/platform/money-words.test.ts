import { describe, expect, it } from 'vitest';
import { moneyInWords } from './money-words.ts';

describe('an amount in words', () => {
  it('has the decimals of its currency', () => {
    const words = [
      moneyInWords(125_000, 'PHP', 'en-PH'),
      moneyInWords(125_000, 'JPY', 'en'),
      moneyInWords(125_000, 'KWD', 'en').replace(/\s/, ' '),
      moneyInWords(12_345_678, 'INR', 'en-IN'),
    ];

    expect(words).toEqual(['₱1,250.00', '¥125,000', 'KWD 125.000', '₹1,23,456.78']);
  });

  it('is exact to the last minor unit', () => {
    expect(moneyInWords(99_999_999_999_999, 'USD', 'en')).toBe('$999,999,999,999.99');
  });
});
