import { describe, expect, it } from 'vitest';
import type { EarnedPaymentFragment, PaymentMethod, PaymentStatus } from '../../gql/graphql.ts';
import { groupPayments, groupings, refundedOf } from './payment-groups.ts';

const money = (amount: string) => ({ __typename: 'Money' as const, amount, currency: 'PHP' });
const aPayment = (id: string, createdAt: string, method: PaymentMethod, service: string): EarnedPaymentFragment => ({
  __typename: 'Payment',
  id,
  method,
  status: 'PAID',
  createdAt,
  amount: money('100.00'),
  doctorShare: null,
  refunds: [],
  bill: {
    __typename: 'Bill',
    id: `bill-${id}`,
    number: id,
    appointment: { __typename: 'Appointment', id, service: { __typename: 'Service', id: service, name: service } },
  },
});
const payments = [
  aPayment('a', '2030-03-05T01:00:00Z', 'CARD', 'Eye exam'),
  aPayment('b', '2030-03-04T23:00:00Z', 'CASH', 'Consultation'),
  aPayment('c', '2030-03-04T01:00:00Z', 'CARD', 'Consultation'),
];

describe('payments', () => {
  it('are put together by day, method or service, in their order', () => {
    // Eight hours ahead: what was paid late on the fourth belongs to the fifth.
    const inManila = (instant: string) => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);
    const shown = groupings.map((by) =>
      groupPayments(payments, by, inManila).map(({ key, payments: each }) => [key, each.map(({ id }) => id).join('')]),
    );

    expect(shown).toEqual([
      [['', 'abc']],
      [
        ['2030-03-05', 'ab'],
        ['2030-03-04', 'c'],
      ],
      [
        ['CARD', 'ac'],
        ['CASH', 'b'],
      ],
      [
        ['Eye exam', 'a'],
        ['Consultation', 'bc'],
      ],
    ]);
  });

  it('count as given back what has gone back, not what is on its way', () => {
    const refund = (status: PaymentStatus, amount: string) => ({
      __typename: 'Refund' as const,
      id: amount,
      status,
      amount: money(amount),
    });
    const refunds = [refund('PAID', '10.10'), refund('PENDING', '20'), refund('PAID', '0.20')];

    expect(payments.slice(0, 1).map((payment) => refundedOf({ ...payment, refunds }))).toEqual(['10.30']);
  });
});
