import { describe, expect, it } from 'vitest';
import type { EarningsOfDayFragment } from '../../gql/graphql.ts';
import { barsOf, bestOf } from './bars.ts';

const money = (amount: string) => ({ __typename: 'Money' as const, amount, currency: 'PHP' });
const aDay = (date: string, paid: string, doctorShare = '0.00'): EarningsOfDayFragment => ({
  __typename: 'EarningsDay',
  date,
  paid: money(paid),
  pending: money('0.00'),
  refunded: money('0.10'),
  doctorShare: money(doctorShare),
});

describe('the bars of a range', () => {
  it('are its days, those without any money too', () => {
    const bars = barsOf([aDay('2030-03-02', '10.50')], { from: '2030-03-01', to: '2030-03-03' }, 'PHP');

    expect(bars.map(({ date, paid }) => [date, paid])).toEqual([
      ['2030-03-01', '0.00'],
      ['2030-03-02', '10.50'],
      ['2030-03-03', '0.00'],
    ]);
    expect(bestOf(bars)?.date).toBe('2030-03-02');
  });

  it('are months when the days are many, added up to the cent', () => {
    const days = [aDay('2030-01-31', '0.10', '-0.10'), aDay('2030-03-01', '0.10', '0.30'), aDay('2030-03-31', '0.20')];

    const bars = barsOf(days, { from: '2030-01-15', to: '2030-04-02' }, 'PHP');

    expect(bars.map(({ date, paid, doctorShare, refunded }) => [date, paid, doctorShare, refunded])).toEqual([
      ['2030-01-01', '0.10', '-0.10', '0.10'],
      ['2030-02-01', '0.00', '0.00', '0.00'],
      ['2030-03-01', '0.30', '0.30', '0.20'],
      ['2030-04-01', '0.00', '0.00', '0.00'],
    ]);
  });

  it('have no best one when nothing came in', () => {
    expect(bestOf(barsOf([], { from: '2030-03-01', to: '2030-03-02' }, 'PHP'))).toBeNull();
  });
});
