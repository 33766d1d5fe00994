import { describe, expect, it } from 'vitest';
import { hasReceipt, isRefundable, leftOf } from './payments.ts';

const php = (amount: string) => ({ amount, currency: 'PHP' });

describe('a receipt', () => {
  it('is there as soon as something was paid, and stays after a refund', () => {
    expect(hasReceipt({ paid: php('0.00') })).toBe(false);
    expect(hasReceipt({ paid: php('0.01') })).toBe(true);
  });
});

describe('what is left of a payment', () => {
  it('is less what went back and what is on its way', () => {
    const refunds = [
      { status: 'REFUNDED' as const, amount: php('100.50') },
      { status: 'PENDING' as const, amount: php('50.00') },
      { status: 'FAILED' as const, amount: php('25.00') },
    ];

    expect(leftOf({ status: 'PAID', amount: php('560.00'), refunds })).toBe('409.50');
  });

  it('can be given back while there is some, of what has come in', () => {
    const whole = { amount: php('560.00'), refunds: [] };

    expect(isRefundable({ ...whole, status: 'PAID' })).toBe(true);
    expect(isRefundable({ ...whole, status: 'PENDING' })).toBe(false);
    expect(isRefundable({ ...whole, status: 'PAID', refunds: [{ status: 'PENDING', amount: php('560.00') }] })).toBe(
      false,
    );
  });
});
