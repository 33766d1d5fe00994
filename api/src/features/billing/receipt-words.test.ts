import { describe, expect, it } from 'vitest';
import { renderPdf } from '../../platform/documents/render-pdf.ts';
import { layOutRoll, layOutSheet } from './receipt-layout.ts';
import { receiptWords, type PrintedReceipt } from './receipt-words.ts';

const bill: PrintedReceipt['bill'] = {
  status: 'PAID',
  doctorId: 'x',
  year: 2030,
  sequence: 123,
  subtotalMinor: 145_000,
  discountMinor: 10_000,
  taxMinor: 16_200,
  totalMinor: 151_200,
  paidMinor: 151_200,
  refundedMinor: 0,
  // Still the third of March in London, the fourth in Manila.
  createdAt: new Date('2030-03-03T23:00:00.000Z'),
};

const receipt: PrintedReceipt = {
  clinic: {
    slug: 'bayani',
    name: 'Bayani Clinic',
    address: '1 Rizal Ave',
    phone: '+63281234567',
    taxNumber: '123-456',
    locale: 'en-PH',
    currency: 'PHP',
    timeZone: 'Asia/Manila',
  },
  bill,
  doctor: { name: 'Dr. Ana Reyes' },
  patient: { name: 'María Ñíguez', recordNumber: 'P-00042' },
  items: [
    { description: 'Consultation', quantity: 1, unitPriceMinor: 85_000, taxPercent: '12.00' },
    { description: 'Fitting', quantity: 2, unitPriceMinor: 30_000, taxPercent: '12.50' },
  ],
  payments: [
    {
      at: new Date('2030-03-04T02:00:00.000Z'),
      method: 'CARD',
      reference: 'slip 98',
      amountMinor: 100_000,
      refunds: [{ at: new Date('2030-03-06T02:00:00.000Z'), amountMinor: 20_000 }],
    },
    {
      at: new Date('2030-03-05T02:00:00.000Z'),
      method: 'CASH',
      reference: null,
      amountMinor: 51_200,
      refunds: [],
    },
  ],
  checkUrl: `https://clinic.example.org/receipt#${'Ab1_'.repeat(16)}`,
};

const inCurrency = (currency: string, locale: string) =>
  receiptWords({ ...receipt, clinic: { ...receipt.clinic, currency, locale } });

describe('a receipt', () => {
  it('says who took what for what, when and how it was paid, and what came of it', () => {
    const { checkUrl: _url, ...words } = receiptWords({ ...receipt, bill: { ...bill, refundedMinor: 20_000 } });

    expect(words).toEqual({
      language: 'en-PH',
      clinic: 'Bayani Clinic',
      address: ['1 Rizal Ave', 'Tel. +63281234567', 'Tax no. 123-456'],
      number: '2030-000123',
      standing: 'PARTLY REFUNDED',
      facts: [
        ['Date', 'March 4, 2030'],
        ['Patient', 'María Ñíguez'],
        ['Doctor', 'Dr. Ana Reyes'],
      ],
      items: [
        { description: 'Consultation', quantity: '1', unitPrice: '₱850.00', tax: '12%', amount: '₱850.00' },
        { description: 'Fitting', quantity: '2', unitPrice: '₱300.00', tax: '12.5%', amount: '₱600.00' },
      ],
      sums: [
        ['Subtotal', '₱1,450.00'],
        ['Discount', '-₱100.00'],
        ['Tax', '₱162.00'],
      ],
      total: ['Total', '₱1,512.00'],
      moved: [
        { day: 'Mar 4, 2030', what: 'Card · slip 98', amount: '₱1,000.00' },
        { day: 'Mar 5, 2030', what: 'Cash', amount: '₱512.00' },
        { day: 'Mar 6, 2030', what: 'Refund, card', amount: '-₱200.00' },
      ],
      result: [
        ['Paid', '₱1,512.00'],
        ['Refunded', '-₱200.00'],
        ['Balance due', '₱0.00'],
      ],
    });
  });

  it('says plainly how the bill stands', () => {
    const standing = (changes: Partial<PrintedReceipt['bill']>) =>
      receiptWords({ ...receipt, bill: { ...bill, ...changes } }).standing;
    const givenBack = { paidMinor: 500, refundedMinor: 500 };

    expect(standing({})).toBe('PAID');
    expect(standing({ status: 'PENDING', paidMinor: 500 })).toBe('PART PAID');
    expect(standing({ status: 'PENDING', ...givenBack })).toBe('REFUNDED');
    expect(standing({ status: 'REFUNDED', ...givenBack })).toBe('REFUNDED');
    expect(standing({ status: 'VOID', ...givenBack })).toBe('VOID');
  });

  it('writes amounts as the clinic’s country does, and by code in Latin digits where its signs cannot be printed', () => {
    const total = (currency: string, locale: string) => inCurrency(currency, locale).total[1].replaceAll('\u00a0', ' ');

    expect(total('INR', 'hi-IN')).toBe('₹1,512.00');
    expect(total('JPY', 'ja-JP')).toBe('¥151,200');
    expect(total('KWD', 'en-KW')).toBe('KWD 151.200');
    expect(total('KWD', 'ar-KW')).toBe('KWD 151.200');
    expect(total('EUR', 'de-DE')).toBe('1.512,00 €');
  });

  it('puts something plain where letters cannot be printed', () => {
    const words = receiptWords({
      ...receipt,
      clinic: { ...receipt.clinic, name: 'คลินิก', locale: 'th-TH' },
      patient: { ...receipt.patient, name: '王芳' },
      items: [{ description: 'فحص', quantity: 1, unitPriceMinor: 1, taxPercent: '0' }],
    });

    expect(words.clinic).toBe('bayani');
    expect(words.facts.slice(0, 2)).toEqual([
      ['Date', 'March 4, 2030'],
      ['Patient', 'Record P-00042'],
    ]);
    expect(words.items[0]?.description).toBe('[These letters cannot be printed: see bill 2030-000123]');
  });

  it('is a sheet of A4, or one strip as long as what is on it', async () => {
    const pagesOf = async (layOut: typeof layOutRoll, lines: number) => {
      const words = receiptWords({ ...receipt, items: Array(lines).fill(receipt.items[0]) });
      const pdf = (await renderPdf(layOut(words))).toString('latin1');
      return [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) =>
        [width, height].map((points) => Math.round(Number(points))),
      );
    };

    const [short, long] = [await pagesOf(layOutRoll, 1), await pagesOf(layOutRoll, 21)];

    expect(await pagesOf(layOutSheet, 1)).toEqual([[595, 842]]);
    expect([short, long]).toEqual([[[227, expect.any(Number)]], [[227, expect.any(Number)]]]);
    // Twenty lines more, of 29.6 points each, and nothing else.
    expect((long[0]?.[1] ?? 0) - (short[0]?.[1] ?? 0)).toBe(592);
    expect(short[0]?.[1]).toBeLessThan(600);
  });
});
