import { describe, expect, it } from 'vitest';
import { doctorChanges, readPrice, serviceChanges } from './service.domain.ts';

describe('a price', () => {
  it.each([
    ['600', 'PHP', 60_000],
    ['0', 'PHP', 0],
    ['1499.5', 'PHP', 149_950],
    ['600', 'JPY', 600],
    ['1.125', 'KWD', 1_125],
  ])('of %s %s is %i minor units', (price, currency, minor) => {
    expect(readPrice(price, currency)).toBe(minor);
  });

  it.each([
    ['-1', 'PHP', 2],
    ['1.005', 'PHP', 2],
    ['0.5', 'JPY', 0],
    ['999999999999999', 'KWD', 3],
  ])('of %s %s is refused in the words of that currency', (price, currency, decimals) => {
    expect(() => readPrice(price, currency)).toThrow(
      `Enter a price of zero or more with at most ${decimals} decimals.`,
    );
  });
});

describe('changes to a service', () => {
  it('may clear the tax and nothing else', () => {
    expect(serviceChanges.parse({ taxPercent: null })).toEqual({ taxPercent: null });
    for (const field of ['name', 'durationMinutes', 'price', 'archived']) {
      expect(serviceChanges.safeParse({ [field]: null }).error?.issues.map(({ path }) => path)).toEqual([[field]]);
    }
  });
});

describe('changes to a doctor', () => {
  it('have one way to write a licence number', () => {
    expect(doctorChanges.parse({ licenceNumber: '  PRC   0123 ' })).toEqual({ licenceNumber: 'PRC 0123' });
    expect(doctorChanges.parse({ licenceNumber: ' ' })).toEqual({ licenceNumber: null });
  });
});
