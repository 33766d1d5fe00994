import type { BillItemInput } from '../../gql/graphql.ts';
import { previewBill, type PreviewedBill, type PricedLine } from './bill-amounts.ts';
import { readAmount, toMinor } from './money-text.ts';

export const lineFields = ['description', 'quantity', 'unitPrice', 'taxPercent'] as const;
export type LineField = (typeof lineFields)[number];
export type DraftLine = Record<LineField, string> & { serviceId: string | null };

/** A bill while it is typed. */
export interface BillDraft {
  lines: DraftLine[];
  discount: string;
  notes: string;
}

/** What can be charged, with the tax that goes with it. */
export interface PricedService {
  readonly id: string;
  readonly name: string;
  readonly price: { readonly amount: string };
  readonly taxPercent: string | null;
}

interface KnownLine {
  readonly description: string;
  readonly quantity: number;
  readonly taxPercent: string;
  readonly unitPrice: { readonly amount: string };
  readonly service: { readonly id: string } | null;
}

export const mostLines = 100;

/** 12.00 is 12 to whoever reads it. */
const plainPercent = (percent: string): string => String(Number(percent));

export const emptyLine = (): DraftLine => ({
  description: '',
  quantity: '1',
  unitPrice: '',
  taxPercent: '',
  serviceId: null,
});

/** A line of a service, at its price and tax; the clinic's tax where it has none. */
export const lineOfService = (service: PricedService, clinicTax: string): DraftLine => ({
  description: service.name,
  quantity: '1',
  unitPrice: service.price.amount,
  taxPercent: plainPercent(service.taxPercent ?? clinicTax),
  serviceId: service.id,
});

/** A bill that is there already, to be changed. */
export const draftOf = (bill: {
  readonly items: readonly KnownLine[];
  readonly discount: { readonly amount: string };
  readonly notes: string | null;
}): BillDraft => ({
  lines: bill.items.map(({ description, quantity, taxPercent, unitPrice, service }) => ({
    description,
    quantity: String(quantity),
    unitPrice: unitPrice.amount,
    taxPercent: plainPercent(taxPercent),
    serviceId: service?.id ?? null,
  })),
  discount: /[1-9]/.test(bill.discount.amount) ? bill.discount.amount : '',
  notes: bill.notes ?? '',
});

export const isEmptyLine = (line: DraftLine): boolean => line.description.trim() === '' && line.unitPrice.trim() === '';

export type Mistake = 'description' | 'quantity' | 'amount' | 'percent' | 'nothing';

/** What is typed, as the server takes it; mistakes by the place on the form, such as 0.unitPrice. */
export interface ReadBill {
  readonly items: readonly BillItemInput[];
  /** Which line of the form each item came from. */
  readonly places: readonly number[];
  readonly discount: string;
  readonly mistakes: ReadonlyMap<string, Mistake>;
  /** Null while something is unreadable, or the discount is more than the lines. */
  readonly preview: PreviewedBill | null;
}

const wholeNumber = /^[1-9]\d{0,4}$/;
const percentShape = /^\d{1,3}(?:\.\d{1,2})?$/;

/** Lines that say nothing are left out. */
export function readBill(draft: BillDraft, currency: string): ReadBill {
  const mistakes = new Map<string, Mistake>();
  const items: BillItemInput[] = [];
  const places: number[] = [];
  const priced: PricedLine[] = [];
  draft.lines.forEach((line, index) => {
    if (isEmptyLine(line)) return;
    const unitPrice = readAmount(line.unitPrice, currency);
    const quantity = line.quantity.trim();
    const taxPercent = line.taxPercent.trim().replace(',', '.') || '0';
    if (line.description.trim() === '') mistakes.set(`${index}.description`, 'description');
    if (!wholeNumber.test(quantity)) mistakes.set(`${index}.quantity`, 'quantity');
    if (unitPrice === null) mistakes.set(`${index}.unitPrice`, 'amount');
    if (!percentShape.test(taxPercent)) mistakes.set(`${index}.taxPercent`, 'percent');
    places.push(index);
    items.push({
      description: line.description.trim(),
      quantity: Number(quantity),
      unitPrice: unitPrice ?? '',
      taxPercent,
      serviceId: line.serviceId,
    });
    if (unitPrice === null || !wholeNumber.test(quantity) || !percentShape.test(taxPercent)) return;
    const unitPriceMinor = toMinor(unitPrice, currency);
    priced.push({ quantity: BigInt(quantity), unitPriceMinor, taxBasisPoints: basisPoints(taxPercent) });
  });
  const discount = draft.discount.trim() === '' ? '0' : readAmount(draft.discount, currency);
  if (discount === null) mistakes.set('discount', 'amount');
  if (items.length === 0) mistakes.set('form', 'nothing');
  const isReadable = discount !== null && priced.length === items.length;
  return {
    items,
    places,
    discount: discount ?? '0',
    mistakes,
    preview: isReadable ? previewBill(priced, toMinor(discount, currency)) : null,
  };
}

function basisPoints(percent: string): bigint {
  const [whole = '0', fraction = ''] = percent.split('.');
  return BigInt(whole + fraction.padEnd(2, '0'));
}

/** Where the server's path of a mistake stands on the form: items.0.unitPrice is the price of the first line sent. */
export function placeOnBill(path: readonly string[], places: readonly number[]): string | null {
  const [list, index, name] = path.filter((part, at) => !(at === 0 && part === 'input'));
  if (list === 'discount' || list === 'notes') return list;
  const line = places[Number(index)];
  const field = lineFields.find((each) => each === name);
  return list === 'items' && line !== undefined && field !== undefined ? `${line}.${field}` : null;
}
