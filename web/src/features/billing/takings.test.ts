import { describe, expect, it } from 'vitest';
import { closeDay, dayTotals, type MethodTakings } from './takings.ts';

const php = (amount: string) => ({ amount, currency: 'PHP' });
const cash: MethodTakings = { method: 'CASH', paymentCount: 3, received: php('1680.50'), refunded: php('100.00') };
const card: MethodTakings = { method: 'CARD', paymentCount: 1, received: php('560.00'), refunded: php('600.00') };

describe('closing a day', () => {
  it('holds what was counted against what should be there', () => {
    const differences = ['1580.50', '1,600', '1580', '', 'some'].map(
      (counted) => closeDay([cash], { CASH: counted })[0]?.difference,
    );

    expect(differences).toEqual([
      { kind: 'exact' },
      { kind: 'over', amount: '19.50' },
      { kind: 'short', amount: '0.50' },
      { kind: 'uncounted' },
      { kind: 'unreadable' },
    ]);
  });

  it('adds up all methods; a day of refunds falls below zero', () => {
    expect(dayTotals([cash, card], 'PHP')).toEqual({
      paymentCount: 4,
      received: '2240.50',
      refunded: '700.00',
      expected: '1540.50',
    });
    expect(closeDay([card], {})[0]?.expected).toBe('-40.00');
    expect(dayTotals([], 'JPY').expected).toBe('0');
  });
});
