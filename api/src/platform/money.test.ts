import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponentOf, fromMinor, isCurrency, roundHalfUp, shareOf, toMinor } from './money.ts';

const someCurrency = fc.constantFrom('JPY', 'PHP', 'KWD');
const someMinor = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });

describe('a currency', () => {
  it('has its own number of decimals', () => {
    expect([exponentOf('JPY'), exponentOf('PHP'), exponentOf('INR'), exponentOf('KWD')]).toEqual([0, 2, 2, 3]);
  });

  it('is an ISO code in capitals', () => {
    expect(isCurrency('PHP')).toBe(true);
    for (const text of ['', 'php', 'PHPX', 'ZZZ', 'P1P']) expect(isCurrency(text)).toBe(false);
    expect(() => exponentOf('ZZZ')).toThrow(RangeError);
  });
});

describe('minor units', () => {
  it.each([
    ['12.5', 'PHP', 1250],
    ['0.07', 'PHP', 7],
    ['-3', 'PHP', -300],
    ['1500', 'JPY', 1500],
    ['1.234', 'KWD', 1234],
    ['90071992547409.91', 'PHP', Number.MAX_SAFE_INTEGER],
    ['0', 'PHP', 0],
  ])('of %s %s are %i', (decimal, currency, minor) => {
    expect(toMinor(decimal, currency)).toBe(minor);
  });

  it('are refused for text that is not exact or too large', () => {
    for (const text of ['', '.5', '5.', '1e3', '1,000', ' 1', '+1', '1.001', '90071992547409.92', 'NaN']) {
      expect(() => toMinor(text, 'PHP'), text).toThrow(RangeError);
    }
    expect(() => toMinor('1.0', 'JPY')).toThrow(RangeError);
  });

  it('print with all decimals of the currency', () => {
    expect(fromMinor(5, 'PHP')).toBe('0.05');
    expect(fromMinor(-1250, 'PHP')).toBe('-12.50');
    expect(fromMinor(1500, 'JPY')).toBe('1500');
    expect(fromMinor(1, 'KWD')).toBe('0.001');
    expect(() => fromMinor(0.5, 'PHP')).toThrow(RangeError);
  });

  it('survive being printed and read', () => {
    fc.assert(
      fc.property(someMinor, someCurrency, (minor, currency) => {
        expect(toMinor(fromMinor(minor, currency), currency) === minor).toBe(true);
      }),
    );
  });
});

describe('rounding', () => {
  it('goes half up, and mirrors below zero', () => {
    expect([roundHalfUp(25n, 2n), roundHalfUp(24n, 10n), roundHalfUp(26n, 10n)]).toEqual([13, 2, 3]);
    expect([roundHalfUp(-25n, 2n), roundHalfUp(25n, -2n), roundHalfUp(-25n, -2n)]).toEqual([-13, -13, 13]);
    expect(roundHalfUp(0n, 7n)).toBe(0);
    expect(() => roundHalfUp(1n, 0n)).toThrow(RangeError);
    expect(() => roundHalfUp(10n ** 30n, 1n)).toThrow(RangeError);
  });

  it('is never more than half a unit off', () => {
    fc.assert(
      fc.property(someMinor, fc.integer({ min: 1, max: 1_000_000 }), (top, bottom) => {
        const off = 2n * (BigInt(roundHalfUp(BigInt(top), BigInt(bottom))) * BigInt(bottom) - BigInt(top));
        expect((off < 0n ? -off : off) <= BigInt(bottom)).toBe(true);
      }),
    );
  });

  it('gives a share of an amount', () => {
    expect(shareOf(125, 1000)).toBe(13);
    expect(shareOf(99_999, 1200)).toBe(12_000);
    expect(shareOf(-125, 1000)).toBe(-13);
  });
});
