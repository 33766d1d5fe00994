import { paperAsked } from '../../platform/documents/paper.ts';
import { renderPdf } from '../../platform/documents/render-pdf.ts';
import type { Ctx } from '../../access/ctx.ts';
import type { DocumentKind } from '../../access/documents.ts';
import { doctorById } from '../accounts/index.ts';
import { clinicById } from '../clinics/index.ts';
import { fullName, patientById } from '../patients/index.ts';
import { billById, itemsOfBill, type BillRow } from './bill.queries.ts';
import { MONEY } from './billing.permissions.ts';
import { paymentsOfBill, refundsOfPayment, type PaymentRow } from './payment.queries.ts';
import { receiptCheckUrl } from './receipt-check.ts';
import { layOutRoll, layOutSheet } from './receipt-layout.ts';
import { receiptWords, type PrintedReceipt, type ReceivedPayment } from './receipt-words.ts';

/** A receipt on paper; `size` is a4 or 80mm, the roll of a receipt printer. */
export const receiptDocument: DocumentKind = {
  name: 'receipt',
  readers: MONEY,

  async open(ctx, id, { size }) {
    const bill = await ctx.load(billById, id);
    if (bill === null || !hasReceipt(bill)) return null;
    const printed = await printedOf(ctx, bill);
    if (printed === null) return null;
    const words = receiptWords(printed);
    const paper = paperAsked(size === '80mm' ? 'roll' : size, ['a4', 'roll']);
    const body = await renderPdf(paper === 'roll' ? layOutRoll(words) : layOutSheet(words));
    return { fileName: `receipt-${words.number}.pdf`, contentType: 'application/pdf', body, isInline: true };
  },
};

/** Nobody gets a receipt who paid nothing. */
export const hasReceipt = ({ paidMinor }: BillRow): boolean => paidMinor > 0;

async function printedOf(ctx: Ctx, bill: BillRow): Promise<PrintedReceipt | null> {
  const [clinic, doctor, patient, items, payments] = await Promise.all([
    ctx.load(clinicById, bill.clinicId),
    ctx.load(doctorById, bill.doctorId),
    ctx.load(patientById, bill.patientId),
    ctx.load(itemsOfBill, bill.id),
    ctx.load(paymentsOfBill, bill.id),
  ]);
  if (clinic === null || doctor === null || patient === null) return null;
  return {
    clinic,
    bill,
    doctor,
    patient: { name: fullName(patient), recordNumber: patient.recordNumber },
    items,
    payments: (await Promise.all(payments.map((payment) => receivedOf(ctx, payment)))).flat(),
    checkUrl: receiptCheckUrl(ctx, bill.clinicId, bill.id),
  };
}

/** What came in, and what of it really went back: nothing that the gateway refused or has not answered yet. */
async function receivedOf(ctx: Ctx, payment: PaymentRow): Promise<ReceivedPayment[]> {
  const { paidAt, method, reference, amountMinor } = payment;
  if (paidAt === null || (payment.status !== 'PAID' && payment.status !== 'REFUNDED')) return [];
  const refunds = (await ctx.load(refundsOfPayment, payment.id)).flatMap((refund) =>
    refund.refundedAt === null ? [] : [{ at: refund.refundedAt, amountMinor: refund.amountMinor }],
  );
  return [{ at: paidAt, method, reference, amountMinor, refunds }];
}
