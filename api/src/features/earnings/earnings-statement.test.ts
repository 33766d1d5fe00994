import { describe, expect, it } from 'vitest';
import { renderPdf } from '../../platform/documents/render-pdf.ts';
import { layOutStatement, type PrintedEarnings } from './earnings-statement.ts';

const sums = { paidMinor: 150_000, pendingMinor: 25_000, refundedMinor: 20_000, doctorShareMinor: 52_000 };

const printed: PrintedEarnings = {
  clinic: { slug: 'bayani', name: 'Bayani Clinic', locale: 'en-PH', currency: 'PHP', timeZone: 'Asia/Manila' },
  doctor: { name: 'Dr. Ana Reyes' },
  from: '2030-03-01',
  to: '2030-03-31',
  filters: ['paid', 'mobile wallet'],
  ...sums,
  owedMinor: -3_000,
  // Already the fifth in Manila.
  madeAt: new Date('2030-03-04T17:00:00Z'),
  byDay: [{ date: '2030-03-04', ...sums, doctorShareMinor: -8_000 }],
  payouts: [
    {
      id: 'x',
      clinicId: 'x',
      doctorId: 'x',
      amountMinor: 55_000,
      reference: 'Transfer 88',
      paidAt: new Date('2030-03-04T17:00:00Z'),
    },
  ],
};

/** All words of a document, in their order. */
function wordsOf(content: unknown): string[] {
  if (typeof content === 'string') return [content];
  if (Array.isArray(content)) return content.flatMap(wordsOf);
  if (typeof content !== 'object' || content === null) return [];
  return ['text', 'table', 'body'].flatMap((key) => wordsOf(Reflect.get(content, key)));
}

const paper = (changes: Partial<PrintedEarnings> = {}): string =>
  wordsOf(layOutStatement({ ...printed, ...changes }).content).join(' | ');

describe('a doctor’s statement', () => {
  it('says whose it is, for which days, what it comes to, what was paid out, and each day', () => {
    expect(paper()).toBe(
      [
        'Bayani Clinic | Earnings of Dr. Ana Reyes | Mar 1, 2030 – Mar 31, 2030 · paid · mobile wallet',
        'Paid | Unpaid | Refunded | Doctor’s share | Owed on Mar 5, 2030',
        '₱1,500.00 | ₱250.00 | ₱200.00 | ₱520.00 | -₱30.00',
        'Paid out | Day | Reference | Amount | Mar 5, 2030 | Transfer 88 | ₱550.00',
        'By day | Day | Paid | Unpaid | Refunded | Doctor’s share',
        'Mar 4, 2030 | ₱1,500.00 | ₱250.00 | ₱200.00 | -₱80.00',
      ].join(' | '),
    );
  });

  it('says so when there is nothing to list, and prints what the clinic’s own letters cannot', () => {
    const words = paper({
      byDay: [],
      payouts: [],
      clinic: { ...printed.clinic, name: '桜眼科', currency: 'JPY', locale: 'ja' },
    });

    expect(words).toContain('bayani | Earnings of Dr. Ana Reyes');
    expect(words).toContain('¥150,000');
    expect(words).toContain('Nothing was paid out in these days.');
    expect(words).toContain('Nothing was paid, billed or given back in these days.');
  });

  it('holds the longest range there is', async () => {
    const byDay = Array.from({ length: 400 }, () => ({ date: '2030-03-04', ...sums }));

    const pdf = (await renderPdf(layOutStatement({ ...printed, byDay }))).toString('latin1');

    expect([...pdf.matchAll(/\/MediaBox/g)].length).toBeGreaterThan(8);
  });
});
