import { printable } from '../../platform/documents/fonts.ts';
import { millimetres } from '../../platform/documents/paper.ts';
import { breakable, printedDay, printedMoney } from '../../platform/documents/printed-words.ts';
import type { Content, PdfDefinition } from '../../platform/documents/render-pdf.ts';
import { startOfDay } from '../../platform/zone.ts';
import type { EarningsDayRow, PayoutRow } from './earnings.queries.ts';

/** All that stands on a doctor's statement. Amounts are minor units. */
export interface PrintedEarnings {
  clinic: { slug: string; name: string; locale: string; currency: string; timeZone: string };
  doctor: { name: string };
  /** Clinic days, both included. */
  from: string;
  to: string;
  /** What narrows it, in words; empty when nothing does. */
  filters: readonly string[];
  paidMinor: number;
  pendingMinor: number;
  refundedMinor: number;
  doctorShareMinor: number;
  /** At the moment when it is made. */
  owedMinor: number;
  madeAt: Date;
  byDay: readonly EarningsDayRow[];
  payouts: readonly PayoutRow[];
}

const [ink, grey, line] = ['#0f172a', '#475569', '#cbd5e1'];
const side = millimetres(18);

type Words = (text: string) => string;

/** Sets a doctor's money over a range on A4: the sums, the days, and what was paid out. */
export function layOutStatement(printed: PrintedEarnings): PdfDefinition {
  const { clinic, doctor, byDay, payouts } = printed;
  const money = (minor: number) => printedMoney(minor, clinic.currency, clinic.locale);
  const day = (date: string) => printedDay(startOfDay(date, clinic.timeZone), clinic.timeZone, clinic.locale, 'short');
  const say: Words = (text) => printable(text) ?? '[These letters cannot be printed]';
  const amounts = (row: Pick<EarningsDayRow, 'paidMinor' | 'pendingMinor' | 'refundedMinor' | 'doctorShareMinor'>) =>
    [row.paidMinor, row.pendingMinor, row.refundedMinor, row.doctorShareMinor].map(money);
  const range = `${day(printed.from)} – ${day(printed.to)}`;
  return {
    paper: 'a4',
    title: 'Earnings',
    language: clinic.locale,
    styles: { label: { fontSize: 8, color: grey } },
    footer: footer(range),
    content: [
      { text: printable(clinic.name) ?? clinic.slug, color: grey },
      { text: `Earnings of ${say(doctor.name)}`, fontSize: 14, bold: true, color: ink },
      { text: [range, ...printed.filters].join(' · '), margin: [0, 0, 0, 12] },
      table(
        [
          'Paid',
          'Unpaid',
          'Refunded',
          'Doctor’s share',
          `Owed on ${printedDay(printed.madeAt, clinic.timeZone, clinic.locale, 'short')}`,
        ],
        [[...amounts(printed), money(printed.owedMinor)]],
      ),
      heading('Paid out'),
      payouts.length === 0
        ? { text: 'Nothing was paid out in these days.' }
        : table(
            ['Day', 'Reference', 'Amount'],
            payouts.map(({ paidAt, reference, amountMinor }) => [
              printedDay(paidAt, clinic.timeZone, clinic.locale, 'short'),
              breakable(say(reference ?? '')),
              money(amountMinor),
            ]),
          ),
      heading('By day'),
      byDay.length === 0
        ? { text: 'Nothing was paid, billed or given back in these days.' }
        : table(
            ['Day', 'Paid', 'Unpaid', 'Refunded', 'Doctor’s share'],
            byDay.map((row) => [day(row.date), ...amounts(row)]),
          ),
    ],
  };
}

const footer =
  (range: string) =>
  (page: number, pages: number): Content => ({
    margin: [side, 0, side, 0],
    columns: [
      { text: `Earnings, ${range}`, style: 'label' },
      { text: `Page ${page} of ${pages}`, style: 'label', alignment: 'right' },
    ],
  });

const heading = (text: string): Content => ({ text, bold: true, headlineLevel: 1, margin: [0, 16, 0, 4] });

/** The first column begins at the left; of three the second takes what is left over. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): Content {
  const isText = (column: number) => column === 0 || (head.length === 3 && column === 1);
  const cell = (text: string, column: number, more: object = {}): Content => ({
    text,
    alignment: isText(column) ? 'left' : 'right',
    ...more,
  });
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: head.length === 3 ? ['auto', '*', 'auto'] : head.map(() => '*'),
      body: [
        head.map((text, column) => cell(text, column, { style: 'label' })),
        ...rows.map((row) => row.map((text, column) => cell(text, column))),
      ],
    },
    layout: {
      hLineWidth: (row: number) => (row === 0 ? 0 : 0.5),
      vLineWidth: () => 0,
      hLineColor: () => line,
      paddingLeft: (column: number) => (column === 0 ? 0 : 6),
      paddingRight: (column: number) => (column === head.length - 1 ? 0 : 6),
      paddingTop: () => 3,
      paddingBottom: () => 3,
    },
  };
}
