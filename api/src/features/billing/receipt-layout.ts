import { millimetres } from '../../platform/documents/paper.ts';
import { breakable } from '../../platform/documents/printed-words.ts';
import type { Content, PdfDefinition } from '../../platform/documents/render-pdf.ts';
import type { ReceiptWords } from './receipt-words.ts';

const [ink, grey, line, red, green] = ['#0f172a', '#475569', '#cbd5e1', '#b91c1c', '#0f766e'];
const [side, edge] = [millimetres(18), millimetres(4)];
const [sheetWidth, rollWidth] = [millimetres(210) - 2 * side, millimetres(80) - 2 * edge];

/**
 * The square that a phone reads: two points for each of its dots, up to 54 in a row, which hold an address of 180 letters.
 * Around it four dots stay white.
 */
const square = (words: ReceiptWords, more: object = {}): Content[] => [
  { qr: words.checkUrl, fit: 108, eccLevel: 'M', margin: [0, 8, 0, 8], ...more },
  { text: 'Scan to check this receipt', ...more },
];

const rule = (width: number, color: string, above: number): Content => ({
  canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.75, lineColor: color }],
  margin: [0, above, 0, above],
});

const right = (text: string, more: object = {}): Content => ({ text, alignment: 'right', noWrap: true, ...more });

/** A label, and at the other side an amount. */
const pair = (label: string, text: string, more: object = {}): Content => ({
  columns: [
    { width: '*', text: label },
    { width: 'auto', text, alignment: 'right', noWrap: true },
  ],
  columnGap: 8,
  ...more,
});

/** Sets a receipt on A4, over as many pages as it takes. */
export function layOutSheet(words: ReceiptWords): PdfDefinition {
  return {
    paper: 'a4',
    title: 'Receipt',
    language: words.language,
    styles: { small: { fontSize: 8.5, color: grey }, label: { fontSize: 8, color: grey } },
    footer: (page, pages) => ({
      margin: [side, 0, side, 0],
      columns: [
        { text: `Receipt ${words.number}`, style: 'label' },
        { text: `Page ${page} of ${pages}`, style: 'label', alignment: 'right' },
      ],
    }),
    content: [
      head(words),
      rule(sheetWidth, line, 9),
      {
        columns: words.facts.map(([label, text]) => ({
          width: '*',
          stack: [{ text: label, style: 'label' }, { text }],
        })),
        columnGap: 14,
        margin: [0, 0, 0, 14],
      },
      table(
        [['Description'], ['Quantity', 'r'], ['Unit price', 'r'], ['Tax', 'r'], ['Amount', 'r']],
        words.items.map(({ description, quantity, unitPrice, tax, amount }) => [
          { text: breakable(description) },
          ...[quantity, unitPrice, tax, amount].map((text) => right(text)),
        ]),
        ['*', 'auto', 'auto', 'auto', 'auto'],
      ),
      sheetSums(words),
      { text: 'Payments', bold: true, margin: [0, 18, 0, 4] },
      table(
        [['Date'], ['Paid by'], ['Amount', 'r']],
        words.moved.map(({ day, what, amount }) => [
          { text: day, noWrap: true },
          { text: breakable(what) },
          right(amount),
        ]),
        ['auto', '*', 'auto'],
      ),
      outcome(words),
    ],
  };
}

const head = (words: ReceiptWords): Content => ({
  columns: [
    {
      width: '*',
      stack: [
        { text: words.clinic, fontSize: 14, bold: true, color: ink },
        ...words.address.map((text) => ({ text, style: 'small' })),
      ],
    },
    {
      width: 'auto',
      alignment: 'right',
      stack: [
        { text: 'Receipt', fontSize: 14, bold: true, color: ink },
        { text: words.number },
        {
          text: words.standing,
          bold: true,
          color: words.standing === 'PAID' ? green : red,
          margin: [0, 3, 0, 0],
        },
      ],
    },
  ],
  columnGap: 16,
});

/** The last of the sums is what matters. */
const sumsOf = (sums: ReceiptWords['sums']): Content[] =>
  sums.map(([label, text], index) => pair(label, text, { bold: index === sums.length - 1, margin: [0, 2, 0, 2] }));

const sheetSums = ({ sums, total }: ReceiptWords): Content => ({
  unbreakable: true,
  margin: [0, 8, 0, 0],
  columns: [
    { width: '*', text: '' },
    { width: millimetres(70), stack: sumsOf([...sums, total]) },
  ],
});

/** What it came to, and the square to check it by. */
const outcome = (words: ReceiptWords): Content => ({
  unbreakable: true,
  margin: [0, 10, 0, 0],
  columns: [
    { width: '*', stack: square(words, { style: 'label' }) },
    { width: millimetres(70), stack: sumsOf(words.result) },
  ],
});

function table(head: readonly (readonly [string, 'r'?])[], body: readonly Content[][], widths: string[]): Content {
  const last = widths.length - 1;
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths,
      body: [
        head.map(([text, at]) => ({ text, style: 'label', noWrap: true, alignment: at === 'r' ? 'right' : 'left' })),
        ...body,
      ],
    },
    layout: {
      hLineWidth: (row: number) => (row === 0 ? 0 : 0.5),
      vLineWidth: () => 0,
      hLineColor: () => line,
      paddingLeft: (column: number) => (column === 0 ? 0 : 8),
      paddingRight: (column: number) => (column === last ? 0 : 8),
      paddingTop: () => 4,
      paddingBottom: () => 4,
    },
  };
}

/** Sets a receipt on the 80 mm roll of a receipt printer: one page as long as it is, and nothing grey, which those print as dots. */
export function layOutRoll(words: ReceiptWords): PdfDefinition {
  // Each one anew: laying out a document writes into what it is made of.
  const cut = () => rule(rollWidth, '#000000', 5);
  const [date, ...others] = words.facts;
  return {
    paper: 'roll',
    title: 'Receipt',
    language: words.language,
    content: [
      { text: words.clinic, fontSize: 12, bold: true, alignment: 'center' },
      ...words.address.map((text) => ({ text, alignment: 'center' })),
      cut(),
      pair(`Receipt ${words.number}`, date?.[1] ?? '', { bold: true }),
      ...others.map(([label, text]) => ({ text: `${label}: ${text}` })),
      cut(),
      ...words.items.map(({ description, quantity, unitPrice, tax, amount }) => ({
        margin: [0, 0, 0, 3],
        stack: [{ text: breakable(description) }, pair(`${quantity} × ${unitPrice}, tax ${tax}`, amount)],
      })),
      cut(),
      ...words.sums.map(([label, text]) => pair(label, text)),
      pair(...words.total, { bold: true, fontSize: 11, margin: [0, 2, 0, 0] }),
      cut(),
      ...words.moved.map(({ day, what, amount }) => ({
        margin: [0, 0, 0, 3],
        stack: [{ text: breakable(what) }, pair(day, amount)],
      })),
      cut(),
      ...sumsOf(words.result),
      { text: words.standing, bold: true, fontSize: 14, alignment: 'center', margin: [0, 8, 0, 0] },
      ...square(words, { alignment: 'center' }),
    ],
  };
}
