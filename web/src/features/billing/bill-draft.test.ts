import { describe, expect, it } from 'vitest';
import { draftOf, emptyLine, lineOfService, placeOnBill, readBill, type DraftLine } from './bill-draft.ts';

const aLine = (line: Partial<DraftLine> = {}): DraftLine => ({
  ...emptyLine(),
  description: 'Eye drops',
  unitPrice: '150',
  taxPercent: '12',
  ...line,
});

describe('a bill while it is typed', () => {
  it('is sent without the lines that say nothing, each remembering its place', () => {
    const read = readBill(
      { lines: [emptyLine(), aLine({ quantity: '2', unitPrice: '1,250.50' }), emptyLine()], discount: '', notes: '' },
      'PHP',
    );

    expect(read.items).toEqual([
      { description: 'Eye drops', quantity: 2, unitPrice: '1250.50', taxPercent: '12', serviceId: null },
    ]);
    expect(read.places).toEqual([1]);
    expect(read.preview?.total).toBe(280_112n);
    expect(read.mistakes.size).toBe(0);
  });

  it('names what cannot be read, by line and field, and previews nothing then', () => {
    const lines = [aLine({ description: ' ' }), aLine({ quantity: '0' }), aLine({ unitPrice: 'x', taxPercent: 'y' })];
    const read = readBill({ lines, discount: '-1', notes: '' }, 'PHP');

    expect([...read.mistakes]).toEqual([
      ['0.description', 'description'],
      ['1.quantity', 'quantity'],
      ['2.unitPrice', 'amount'],
      ['2.taxPercent', 'percent'],
      ['discount', 'amount'],
    ]);
    expect(read.preview).toBeNull();
    expect([...readBill({ lines: [emptyLine()], discount: '', notes: '' }, 'PHP').mistakes]).toEqual([
      ['form', 'nothing'],
    ]);
  });

  it('takes a service’s price, its tax or else the clinic’s', () => {
    const service = { id: 's', name: 'Consultation', price: { amount: '500.00' }, taxPercent: null };

    expect(lineOfService(service, '12.00')).toEqual({
      description: 'Consultation',
      quantity: '1',
      unitPrice: '500.00',
      taxPercent: '12',
      serviceId: 's',
    });
    expect(lineOfService({ ...service, taxPercent: '0' }, '12').taxPercent).toBe('0');
  });

  it('opens as it was saved, and a discount of nothing as none', () => {
    const line = {
      description: 'Lens',
      quantity: 2,
      taxPercent: '7.50',
      unitPrice: { amount: '10.00' },
      service: { id: 's' },
    };
    const draft = draftOf({ items: [line], discount: { amount: '0.00' }, notes: null });

    expect(draft).toEqual({
      lines: [{ description: 'Lens', quantity: '2', unitPrice: '10.00', taxPercent: '7.5', serviceId: 's' }],
      discount: '',
      notes: '',
    });
    expect(draftOf({ items: [line], discount: { amount: '0.05' }, notes: 'Thanks' }).discount).toBe('0.05');
  });

  it('shows a mistake that the server found where it was typed', () => {
    expect(placeOnBill(['input', 'items', '0', 'unitPrice'], [2])).toBe('2.unitPrice');
    expect(placeOnBill(['discount'], [])).toBe('discount');
    expect(placeOnBill(['items', '3', 'quantity'], [0])).toBeNull();
  });
});
