import { loadById, loadByParent, Loader } from '../../access/ctx.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { PaymentMethod, PaymentStatus } from './bill.domain.ts';
import type { PaymentEntity, PaymentShareEntity, RefundEntity } from './payment.entity.ts';

export interface PaymentRow {
  id: string;
  clinicId: string;
  billId: string;
  doctorId: string;
  patientId: string;
  amountMinor: number;
  refundedMinor: number;
  method: PaymentMethod;
  status: PaymentStatus;
  reference: string | null;
  receivedByUserId: string | null;
  receivedByName: string | null;
  paidAt: Date | null;
  createdAt: Date;
}

const tables = queryBuilder<typeof PaymentEntity | typeof PaymentShareEntity | typeof RefundEntity>();

export const paymentColumns = [
  'payment.id',
  'payment.clinicId',
  'payment.billId',
  'payment.doctorId',
  'payment.patientId',
  'payment.amountMinor',
  'payment.refundedMinor',
  'payment.method',
  'payment.status',
  'payment.reference',
  'payment.receivedByUserId',
  'payment.receivedByName',
  'payment.paidAt',
  'payment.createdAt',
] as const;

export const paymentById = loadById<PaymentRow>((ids, ctx) =>
  tables
    .selectFrom('payment')
    .select(paymentColumns)
    .where('clinicId', '=', ctx.clinicId)
    .where('id', 'in', [...ids]),
);

/** Nobody pays a bill in so many parts: it only guards the answer's size. */
const paymentsPerBill = 200;

export const paymentsOfBill = loadByParent<PaymentRow>(
  (row) => row.billId,
  (billIds, ctx) =>
    tables
      .selectFrom('payment')
      .select(paymentColumns)
      .where('clinicId', '=', ctx.clinicId)
      .where('billId', 'in', [...billIds])
      .orderBy('billId')
      .orderBy('createdAt')
      .orderBy('id')
      .limit(billIds.length * paymentsPerBill),
);

export interface RefundRow {
  id: string;
  clinicId: string;
  paymentId: string;
  amountMinor: number;
  status: PaymentStatus;
  reason: string;
  /** Null until it went back. */
  refundedAt: Date | null;
  createdAt: Date;
}

const refundColumns = [
  'id',
  'clinicId',
  'paymentId',
  'amountMinor',
  'status',
  'reason',
  'refundedAt',
  'createdAt',
] as const;

export const refundById = loadById<RefundRow>((ids, ctx) =>
  tables
    .selectFrom('refund')
    .select(refundColumns)
    .where('clinicId', '=', ctx.clinicId)
    .where('id', 'in', [...ids]),
);

export const refundsOfPayment = loadByParent<RefundRow>(
  (row) => row.paymentId,
  (paymentIds, ctx) =>
    tables
      .selectFrom('refund')
      .select(refundColumns)
      .where('clinicId', '=', ctx.clinicId)
      .where('paymentId', 'in', [...paymentIds])
      .orderBy('paymentId')
      .orderBy('createdAt')
      .orderBy('id')
      .limit(paymentIds.length * paymentsPerBill),
);

export interface ShareRow {
  doctorMinor: number;
  clinicMinor: number;
}

/** How a payment was divided; null for whom the database does not let read it. */
export const shareOfPayment = new Loader<string, ShareRow | null>(async (ctx, paymentIds) => {
  const rows = await ctx.rows(
    tables
      .selectFrom('payment_share')
      .select(['paymentId', 'doctorMinor', 'clinicMinor'])
      .where('clinicId', '=', ctx.clinicId)
      .where('paymentId', 'in', [...paymentIds]),
  );
  const found = new Map(rows.map((row) => [row.paymentId, row]));
  return paymentIds.map((id) => found.get(id) ?? null);
});

/** Which bill to lock before a payment. */
export const billOfPayment = (clinicId: string, id: string): Query<{ billId: string }> =>
  tables.selectFrom('payment').select('billId').where('clinicId', '=', clinicId).where('id', '=', id);

/** What a payment's refunds take of it already, those that wait for the gateway too. */
export const heldForRefunds = (clinicId: string, ofPayment: string): Query<{ amountMinor: number }> =>
  tables
    .selectFrom('refund')
    .select(sql<number>`coalesce(sum(amount_minor), 0)::bigint`.as('amountMinor'))
    .where('clinicId', '=', clinicId)
    .where('paymentId', '=', ofPayment)
    .where('status', '<>', 'FAILED');

/** The doctor's part of a payment that comes in now, per cent. Whoever takes the money may not read it otherwise. */
export const doctorShare = (ofDoctor: string): Query<{ percent: string }> =>
  tables.selectNoFrom(sql<string>`directory.doctor_share(${ofDoctor}::uuid)::text`.as('percent'));

/** How a payment was divided, for whoever gives it back. */
export const sharesOfPayment = (
  ofPayment: string,
): Query<{ doctorMinor: number; clinicMinor: number; doctorBackMinor: number }> =>
  tables
    .selectFrom(
      sql<{
        doctorMinor: number;
        clinicMinor: number;
        doctorBackMinor: number;
      }>`directory.payment_shares(${ofPayment}::uuid)`.as('shares'),
    )
    .selectAll();
