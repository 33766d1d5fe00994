import { describe, expect, it } from 'vitest';
import { formatMoney } from './zone-format.ts';

describe('an amount of money', () => {
  it('is written by language and with the decimals of its currency', () => {
    const written = [
      formatMoney({ amount: '1250.50', currency: 'PHP' }, 'en-PH'),
      formatMoney({ amount: '1250', currency: 'JPY' }, 'en'),
      formatMoney({ amount: '1250.5', currency: 'KWD' }, 'en').replace(/\s/, ' '),
      formatMoney({ amount: '-0.05', currency: 'USD' }, 'en-US'),
    ];

    expect(written).toEqual(['₱1,250.50', '¥1,250', 'KWD 1,250.500', '-$0.05']);
  });

  it('keeps every digit of what no floating-point number could hold', () => {
    expect(formatMoney({ amount: '90071992547409931.07', currency: 'USD' }, 'en-US')).toBe(
      '$90,071,992,547,409,931.07',
    );
  });
});
