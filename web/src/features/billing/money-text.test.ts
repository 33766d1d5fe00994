import { describe, expect, it } from 'vitest';
import { fromMinor, readAmount, toMinor } from './money-text.ts';

describe('an amount as it is typed', () => {
  it('is read with points, commas and groups of thousands', () => {
    const typed = ['1499.50', '1,499.50', ' 1499,5 ', '12,345,678', '0', '1 500'];

    expect(typed.map((text) => readAmount(text, 'PHP'))).toEqual([
      '1499.50',
      '1499.50',
      '1499.5',
      '12345678',
      '0',
      '1500',
    ]);
  });

  it('is refused when it is none, too fine for the currency, or could mean two things', () => {
    expect(['', 'ten', '-5', '1.005', '1.2.3', '1e3'].map((text) => readAmount(text, 'PHP'))).toEqual(
      Array.from({ length: 6 }, () => null),
    );
    expect(readAmount('0.5', 'JPY')).toBeNull();
    expect(readAmount('1,500', 'KWD')).toBeNull();
    expect(readAmount('1.500', 'KWD')).toBe('1.500');
  });

  it('goes to minor units and back by the currency’s own decimals', () => {
    expect([toMinor('12.5', 'PHP'), toMinor('12', 'JPY'), toMinor('1.25', 'KWD')]).toEqual([1_250n, 12n, 1_250n]);
    expect([fromMinor(1_250n, 'PHP'), fromMinor(12n, 'JPY'), fromMinor(5n, 'KWD'), fromMinor(-5n, 'PHP')]).toEqual([
      '12.50',
      '12',
      '0.005',
      '-0.05',
    ]);
    expect(fromMinor(toMinor('99999999999999.99', 'PHP'), 'PHP')).toBe('99999999999999.99');
  });
});
