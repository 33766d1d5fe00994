import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { BillEntity } from './bill.entity.ts';

const tables = queryBuilder<typeof BillEntity>();

export interface RevenueRow {
  paidMinor: number;
  pendingMinor: number;
  refundedMinor: number;
}

/**
 * A doctor's money between two instants: what came in, what went back, and what is still owed on bills that were made
 * then.
 */
export const revenueBetween = (
  clinicId: string,
  doctorId: string,
  { from, to }: { from: Date; to: Date },
): Query<RevenueRow> =>
  tables.selectNoFrom([
    sql<number>`(select coalesce(sum(amount_minor), 0)::bigint from payment where clinic_id = ${clinicId}
      and doctor_id = ${doctorId} and paid_at >= ${from} and paid_at < ${to})`.as('paidMinor'),
    sql<number>`(select coalesce(sum(total_minor - paid_minor + refunded_minor), 0)::bigint from bill
      where clinic_id = ${clinicId} and doctor_id = ${doctorId} and status = 'PENDING'
        and created_at >= ${from} and created_at < ${to})`.as('pendingMinor'),
    sql<number>`(select coalesce(sum(amount_minor), 0)::bigint from refund where clinic_id = ${clinicId}
      and doctor_id = ${doctorId} and refunded_at >= ${from} and refunded_at < ${to})`.as('refundedMinor'),
  ]);
