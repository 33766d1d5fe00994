import { describe, expect, it } from 'vitest';
import { GatewayRefused } from './payment-gateway.ts';
import { fromStripe, toStripe } from './stripe-amount.ts';

describe('amounts at Stripe', () => {
  it.each([
    ['PHP', 150_050, 150_050],
    ['JPY', 1_500, 1_500],
    ['KWD', 12_340, 12_340],
    ['ISK', 500, 50_000],
    ['UGX', 5, 500],
  ])('of %s come back as they went', (currency, minor, atStripe) => {
    expect(toStripe(minor, currency)).toBe(atStripe);
    expect(fromStripe(atStripe, currency)).toBe(minor);
  });

  it('are refused where Stripe has no such coin', () => {
    expect(() => toStripe(12_345, 'KWD')).toThrow(GatewayRefused);
  });
});
