import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shareOf } from '../../platform/money.ts';
import { amountsOf } from './bill-amounts.domain.ts';
import { balanceOf, netPaid, stateAfter, type BillState } from './bill.domain.ts';
import { divide, takeBack, type Shares } from './payment.domain.ts';

/** Largest amounts that are usual with 2, 2, 0, 3 and 2 decimals: a visit in PHP, INR, JPY, KWD, USD. */
const largestPrice = { PHP: 2_000_000, INR: 5_000_000, JPY: 300_000, KWD: 900_000, USD: 150_000 };

interface Paid {
  amountMinor: number;
  refundedMinor: number;
  shares: Shares;
  doctorBackMinor: number;
  clinicBackMinor: number;
}

const step = fc.record({
  kind: fc.constantFrom('pay', 'pay', 'pay all', 'refund', 'refund', 'refund all', 'void', 'payout'),
  part: fc.double({ min: 0, max: 1, noNaN: true }),
  which: fc.nat(),
  sharePercent: fc.integer({ min: 0, max: 10_000 }),
});

const life = fc.record({
  currency: fc.constantFrom('PHP', 'INR', 'JPY', 'KWD', 'USD'),
  items: fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 5 }),
      price: fc.double({ min: 0, max: 1, noNaN: true }),
      taxBasisPoints: fc.constantFrom(0, 500, 1_000, 1_200, 1_234, 1_800),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  discount: fc.double({ min: 0, max: 1, noNaN: true }),
  steps: fc.array(step, { maxLength: 25 }),
});

const sum = (amounts: readonly number[]) => amounts.reduce((whole, amount) => whole + amount, 0);

/** One bill with its payments, told by the rules of the domain alone. */
class BillLife {
  readonly payments: Paid[] = [];
  readonly bill: BillState;
  payoutMinor = 0;

  constructor(totalMinor: number) {
    this.bill = { status: 'PENDING', doctorId: 'reyes', totalMinor, paidMinor: 0, refundedMinor: 0 };
    this.bill.status = stateAfter(this.bill);
  }

  get doctorMinor(): number {
    return sum(this.payments.map(({ shares, doctorBackMinor }) => shares.doctorMinor - doctorBackMinor));
  }

  get clinicMinor(): number {
    return sum(this.payments.map(({ shares, clinicBackMinor }) => shares.clinicMinor - clinicBackMinor));
  }

  take({ kind, part, which, sharePercent }: { kind: string; part: number; which: number; sharePercent: number }): void {
    if (kind.startsWith('pay') && kind !== 'payout') this.#pay(kind === 'pay all' ? 1 : part, sharePercent);
    else if (kind.startsWith('refund')) this.#refund(which, kind === 'refund all' ? 1 : part);
    else if (kind === 'payout') this.payoutMinor += Math.floor(Math.max(0, this.doctorMinor - this.payoutMinor) * part);
    else if (this.bill.status === 'PENDING' && netPaid(this.bill) === 0) this.bill.status = 'VOID';
  }

  #pay(part: number, sharePercent: number): void {
    const amountMinor = Math.ceil(balanceOf(this.bill) * part);
    if (this.bill.status !== 'PENDING' || amountMinor === 0) return;
    const shares = divide(amountMinor, sharePercent);
    this.payments.push({ amountMinor, refundedMinor: 0, shares, doctorBackMinor: 0, clinicBackMinor: 0 });
    this.bill.paidMinor += amountMinor;
    this.bill.status = stateAfter(this.bill);
  }

  #refund(which: number, part: number): void {
    const payment = this.payments[which % Math.max(1, this.payments.length)];
    if (payment === undefined) return;
    const amountMinor = Math.ceil((payment.amountMinor - payment.refundedMinor) * part);
    if (amountMinor === 0) return;
    const back = takeBack(payment, amountMinor);
    payment.refundedMinor += amountMinor;
    payment.doctorBackMinor += back.doctorMinor;
    payment.clinicBackMinor += back.clinicMinor;
    this.bill.refundedMinor += amountMinor;
    this.bill.status = stateAfter(this.bill);
  }
}

/** What is wrong with a bill and its payments at this moment; nothing ever is. */
function mistakesOf(told: BillLife): string[] {
  const { bill, payments } = told;
  const net = sum(payments.map(({ amountMinor, refundedMinor }) => amountMinor - refundedMinor));
  const isOpen = bill.status === 'PENDING';
  const isSettled = bill.status === 'PAID' || bill.status === 'REFUNDED';
  const rules: [string, boolean][] = [
    ['doctor and clinic have what came in and stayed', told.doctorMinor + told.clinicMinor === net],
    ['the bill knows what came in and stayed', netPaid(bill) === net],
    ['what is owed is what is missing', balanceOf(bill) === (isOpen ? bill.totalMinor - net : 0)],
    [
      'REFUNDED is what all was given back of',
      (bill.status === 'REFUNDED') === (isSettled && net === 0 && bill.totalMinor > 0),
    ],
    ['PENDING is what something is missing of', !isOpen || net < bill.totalMinor],
    ...payments.flatMap((payment): [string, boolean][] => [
      ['no refund goes beyond its payment', payment.refundedMinor <= payment.amountMinor],
      ['shares are the amount', payment.shares.doctorMinor + payment.shares.clinicMinor === payment.amountMinor],
      [
        'what is taken back of both is the refund',
        payment.doctorBackMinor + payment.clinicBackMinor === payment.refundedMinor,
      ],
      ['nobody gives back what they never had', payment.doctorBackMinor >= 0 && payment.clinicBackMinor >= 0],
      [
        'given back as a whole, nothing stays with the doctor',
        payment.refundedMinor < payment.amountMinor || payment.doctorBackMinor === payment.shares.doctorMinor,
      ],
    ]),
  ];
  return rules.filter(([, holds]) => !holds).map(([rule]) => rule);
}

it('keeps every minor unit over 10,000 random lives of bills in five currencies', () => {
  fc.assert(
    fc.property(life, ({ currency, items, discount, steps }) => {
      const largest = largestPrice[currency];
      const priced = items.map(({ price, ...item }) => ({ ...item, unitPriceMinor: Math.floor(price * largest) }));
      const subtotal = amountsOf(priced, 0).subtotalMinor;
      const told = new BillLife(amountsOf(priced, Math.floor(subtotal * discount)).totalMinor);

      for (const deed of steps) {
        told.take(deed);
        expect(mistakesOf(told)).toEqual([]);
      }
    }),
    { numRuns: 10_000, seed: 20_301 },
  );
}, 60_000);

it('rounds the doctor’s share half up, and leaves the clinic the rest', () => {
  expect(divide(101, 5_000)).toEqual({ doctorMinor: 51, clinicMinor: 50 });
  expect(divide(1, 4_999)).toEqual({ doctorMinor: 0, clinicMinor: 1 });
  expect(shareOf(25, 5_000)).toBe(13);
});
