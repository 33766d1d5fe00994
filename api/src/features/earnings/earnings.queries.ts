import { loadById } from '../../access/ctx.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { AppointmentEntity } from '../appointments/index.ts';
import type { BillEntity, PaymentMethod, PaymentStatus } from '../billing/index.ts';
import type { ServiceEntity } from '../services/index.ts';
import type { PayoutEntity } from './payout.entity.ts';

const tables = queryBuilder<
  typeof PayoutEntity | typeof BillEntity | typeof AppointmentEntity | typeof ServiceEntity
>();

export interface PayoutRow {
  id: string;
  clinicId: string;
  doctorId: string;
  amountMinor: number;
  reference: string | null;
  paidAt: Date;
}

const payoutColumns = ['id', 'clinicId', 'doctorId', 'amountMinor', 'reference', 'paidAt'] as const;

export const payoutById = loadById<PayoutRow>((ids, ctx) =>
  tables
    .selectFrom('payout')
    .select(payoutColumns)
    .where('clinicId', '=', ctx.clinicId)
    .where('id', 'in', [...ids]),
);

export interface EarningsRange {
  clinicId: string;
  doctorId: string;
  /** Half-open, instants. */
  from: Date;
  to: Date;
  timeZone: string;
  status: readonly PaymentStatus[] | null;
  method: readonly PaymentMethod[] | null;
}

/** More than anybody is paid out in a year: it only guards the answer's size. */
const payoutLimit = 500;

/** What was handed to a doctor, the latest first. */
export const payoutsBetween = ({ clinicId, doctorId, from, to }: EarningsRange): Query<PayoutRow> =>
  tables
    .selectFrom('payout')
    .select(payoutColumns)
    .where('clinicId', '=', clinicId)
    .where('doctorId', '=', doctorId)
    .where('paidAt', '>=', from)
    .where('paidAt', '<', to)
    .orderBy('paidAt', 'desc')
    .orderBy('id', 'desc')
    .limit(payoutLimit);

/** Earned and not yet paid out, of all time; below zero after a refund of what was paid out already. */
export const owedTo = (clinicId: string, doctorId: string): Query<{ owedMinor: number }> => {
  const total = (table: string, column: string) =>
    sql`(select coalesce(sum(${sql.ref(column)}), 0) from ${sql.table(table)}
      where clinic_id = ${clinicId} and doctor_id = ${doctorId})`;
  return tables.selectNoFrom(
    sql<number>`(${total('payment_share', 'doctor_minor')} - ${total('refund_share', 'doctor_minor')}
      - ${total('payout', 'amount_minor')})::bigint`.as('owedMinor'),
  );
};

export interface EarningsDayRow {
  date: string;
  paidMinor: number;
  pendingMinor: number;
  refundedMinor: number;
  doctorShareMinor: number;
}

/** One thing that moved a doctor's money: a payment, an unpaid bill, a refund. */
interface Moved {
  at: Date;
  billId: string;
  kind: MovementKind;
  method: PaymentMethod | null;
  reference: string | null;
  paid: number;
  pending: number;
  refunded: number;
  share: number;
}

export type MovementKind = 'PAYMENT' | 'UNPAID' | 'REFUND';

/**
 * What came in, what is still owed on the bills that were made, what went back, and the doctor's share of it. The filters
 * are of payments; an unpaid bill has the state PENDING and no method yet.
 */
const moved = (range: EarningsRange) => {
  const { clinicId, doctorId, from, to, status, method } = range;
  const isOwn = (table: string) =>
    sql`${sql.table(table)}.clinic_id = ${clinicId} and ${sql.table(table)}.doctor_id = ${doctorId}`;
  const fits = sql`(${status}::text[] is null or payment.status = any (${status}::text[]))
    and (${method}::text[] is null or payment.method = any (${method}::text[]))`;
  const countsUnpaid = method === null && (status === null || status.includes('PENDING'));
  return sql<Moved>`(
    select payment.paid_at as at, payment.bill_id, 'PAYMENT' as kind, payment.method, payment.reference,
        payment.amount_minor as paid, 0::bigint as pending, 0::bigint as refunded,
        coalesce(payment_share.doctor_minor, 0) as share
      from payment left join payment_share on payment_share.clinic_id = payment.clinic_id
        and payment_share.payment_id = payment.id
      where ${isOwn('payment')} and payment.paid_at >= ${from} and payment.paid_at < ${to} and ${fits}
    union all
    select bill.created_at, bill.id, 'UNPAID', null, null,
        0, bill.total_minor - bill.paid_minor + bill.refunded_minor, 0, 0 from bill
      where ${isOwn('bill')} and bill.status = 'PENDING' and bill.created_at >= ${from} and bill.created_at < ${to}
        and ${countsUnpaid}::boolean
    union all
    select refund.refunded_at, refund.bill_id, 'REFUND', payment.method, payment.reference,
        0, 0, refund.amount_minor, -coalesce(refund_share.doctor_minor, 0)
      from refund join payment on payment.clinic_id = refund.clinic_id and payment.id = refund.payment_id
        left join refund_share on refund_share.clinic_id = refund.clinic_id and refund_share.refund_id = refund.id
      where ${isOwn('refund')} and refund.refunded_at >= ${from} and refund.refunded_at < ${to} and ${fits})`.as(
    'moved',
  );
};

/** A doctor's money by clinic day, of the days on which there was any. */
export const earningsByDay = (range: EarningsRange): Query<EarningsDayRow> =>
  tables
    .selectFrom(moved(range))
    .select([
      sql<string>`to_char(moved.at at time zone ${range.timeZone}, 'YYYY-MM-DD')`.as('date'),
      sql<number>`sum(moved.paid)::bigint`.as('paidMinor'),
      sql<number>`sum(moved.pending)::bigint`.as('pendingMinor'),
      sql<number>`sum(moved.refunded)::bigint`.as('refundedMinor'),
      sql<number>`sum(moved.share)::bigint`.as('doctorShareMinor'),
    ])
    .groupBy(sql`1`)
    .orderBy(sql`1`);

export interface MovementRow {
  at: Date;
  kind: MovementKind;
  year: number;
  sequence: number;
  serviceName: string;
  method: PaymentMethod | null;
  reference: string | null;
  paidMinor: number;
  pendingMinor: number;
  refundedMinor: number;
  doctorShareMinor: number;
}

/** Each of them by itself, in the order in which it happened. */
export const movementsBetween = (range: EarningsRange, limit: number): Query<MovementRow> =>
  tables
    .selectFrom(moved(range))
    .innerJoin('bill', (join) => join.onRef('bill.id', '=', 'moved.billId').on('bill.clinicId', '=', range.clinicId))
    .innerJoin('appointment', (join) =>
      join.onRef('appointment.id', '=', 'bill.appointmentId').on('appointment.clinicId', '=', range.clinicId),
    )
    .innerJoin('service', (join) =>
      join.onRef('service.id', '=', 'appointment.serviceId').on('service.clinicId', '=', range.clinicId),
    )
    .select(['moved.at', 'moved.kind', 'bill.year', 'bill.sequence', 'service.name as serviceName'])
    .select(['moved.method', 'moved.reference', 'moved.paid as paidMinor', 'moved.pending as pendingMinor'])
    .select(['moved.refunded as refundedMinor', 'moved.share as doctorShareMinor'])
    .orderBy('moved.at')
    .orderBy('bill.sequence')
    .limit(limit);
