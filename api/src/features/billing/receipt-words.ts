import { printable } from '../../platform/documents/fonts.ts';
import { printedDay, printedMoney } from '../../platform/documents/printed-words.ts';
import { balanceOf, billNumber, netPaid, type BillState, type PaymentMethod } from './bill.domain.ts';

/** All that a receipt is made of. Amounts are minor units. */
export interface PrintedReceipt {
  clinic: {
    slug: string;
    name: string;
    address: string | null;
    phone: string | null;
    taxNumber: string | null;
    locale: string;
    currency: string;
    timeZone: string;
  };
  bill: BillState & {
    year: number;
    sequence: number;
    subtotalMinor: number;
    discountMinor: number;
    taxMinor: number;
    createdAt: Date;
  };
  doctor: { name: string };
  patient: { name: string; recordNumber: string };
  items: readonly { description: string; quantity: number; unitPriceMinor: number; taxPercent: string }[];
  payments: readonly ReceivedPayment[];
  /** Where anybody can hold the paper against the books. */
  checkUrl: string;
}

export interface ReceivedPayment {
  at: Date;
  method: PaymentMethod;
  reference: string | null;
  amountMinor: number;
  /** What went back of it. */
  refunds: readonly { at: Date; amountMinor: number }[];
}

/** A label and what stands beside it. */
type Line = readonly [label: string, text: string];

/** What a receipt says, word for word, on whatever paper. */
export interface ReceiptWords {
  language: string;
  clinic: string;
  /** Under the clinic's name. */
  address: string[];
  number: string;
  /** How the bill stands, in capitals. */
  standing: string;
  facts: Line[];
  items: { description: string; quantity: string; unitPrice: string; tax: string; amount: string }[];
  sums: Line[];
  total: Line;
  /** What came in and went back, in its order. */
  moved: { day: string; what: string; amount: string }[];
  /** What it comes to. */
  result: Line[];
  checkUrl: string;
}

const methods: Readonly<Record<PaymentMethod, string>> = {
  CASH: 'Cash',
  CARD: 'Card',
  BANK_TRANSFER: 'Bank transfer',
  MOBILE_WALLET: 'Mobile wallet',
  ONLINE: 'Online',
};

/**
 * Says plainly how a bill stands: a paper that looks paid and is not would cost somebody money.
 */
export function standingOf(bill: BillState): string {
  if (bill.status === 'VOID') return 'VOID';
  if (netPaid(bill) === 0 && bill.refundedMinor > 0) return 'REFUNDED';
  if (bill.status === 'PENDING') return 'PART PAID';
  return bill.refundedMinor > 0 ? 'PARTLY REFUNDED' : 'PAID';
}

/** Puts a receipt into words: in the clinic's country's amounts and days, with nothing in them that cannot be printed. */
export function receiptWords(receipt: PrintedReceipt): ReceiptWords {
  const { clinic, bill, patient, doctor } = receipt;
  const number = billNumber(bill.year, bill.sequence);
  const money = (minor: number) => printedMoney(minor, clinic.currency, clinic.locale);
  const say = (text: string) => printable(text) ?? `[These letters cannot be printed: see bill ${number}]`;
  const labelled = (label: string, text: string | null) => (text === null ? [] : [`${label}${say(text)}`]);
  return {
    language: clinic.locale,
    // Its address on the web is in letters that everybody has.
    clinic: printable(clinic.name) ?? clinic.slug,
    address: [
      ...labelled('', clinic.address),
      ...labelled('Tel. ', clinic.phone),
      ...labelled('Tax no. ', clinic.taxNumber),
    ],
    number,
    standing: standingOf(bill),
    facts: [
      ['Date', printedDay(bill.createdAt, clinic.timeZone, clinic.locale)],
      ['Patient', printable(patient.name) ?? `Record ${patient.recordNumber}`],
      ['Doctor', say(doctor.name)],
    ],
    items: receipt.items.map(({ description, quantity, unitPriceMinor, taxPercent }) => ({
      description: say(description),
      quantity: String(quantity),
      unitPrice: money(unitPriceMinor),
      tax: `${Number(taxPercent)}%`,
      amount: money(quantity * unitPriceMinor),
    })),
    sums: [
      ['Subtotal', money(bill.subtotalMinor)],
      ...(bill.discountMinor > 0 ? [['Discount', money(-bill.discountMinor)] as const] : []),
      ['Tax', money(bill.taxMinor)],
    ],
    total: ['Total', money(bill.totalMinor)],
    moved: movesOf(receipt.payments).map(({ at, what, amountMinor }) => ({
      day: printedDay(at, clinic.timeZone, clinic.locale, 'short'),
      what: what.map(say).join(' · '),
      amount: money(amountMinor),
    })),
    result: [
      ['Paid', money(bill.paidMinor)],
      ...(bill.refundedMinor > 0 ? [['Refunded', money(-bill.refundedMinor)] as const] : []),
      ['Balance due', money(balanceOf(bill))],
    ],
    checkUrl: receipt.checkUrl,
  };
}

interface Move {
  at: Date;
  what: string[];
  amountMinor: number;
}

function movesOf(payments: readonly ReceivedPayment[]): Move[] {
  return payments
    .flatMap(({ at, method, reference, amountMinor, refunds }): Move[] => [
      { at, what: [methods[method], ...(reference === null ? [] : [reference])], amountMinor },
      ...refunds.map((refund) => ({
        at: refund.at,
        what: [`Refund, ${methods[method].toLowerCase()}`],
        amountMinor: -refund.amountMinor,
      })),
    ])
    .toSorted((one, other) => one.at.getTime() - other.at.getTime());
}
