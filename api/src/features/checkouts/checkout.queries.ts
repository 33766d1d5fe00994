import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { BillEntity, RefundEntity } from '../billing/index.ts';
import type { CheckoutEntity, CheckoutStatus, GatewayEventEntity } from './checkout.entity.ts';

const tables = queryBuilder<
  typeof BillEntity | typeof CheckoutEntity | typeof GatewayEventEntity | typeof RefundEntity
>();

export interface CheckoutRow {
  paymentId: string;
  billId: string;
  gateway: string;
  sessionRef: string | null;
  url: string | null;
  amountMinor: number;
  currency: string;
  status: CheckoutStatus;
  createdAt: Date;
  expiresAt: Date;
  /** What is owed on its bill now. */
  owedMinor: number;
}

const checkouts = (clinicId: string) =>
  tables
    .selectFrom('checkout')
    .innerJoin('bill', (join) =>
      join.onRef('bill.clinicId', '=', 'checkout.clinicId').onRef('bill.id', '=', 'checkout.billId'),
    )
    .select([
      'checkout.paymentId',
      'checkout.billId',
      'checkout.gateway',
      'checkout.sessionRef',
      'checkout.url',
      'checkout.amountMinor',
      'checkout.currency',
      'checkout.status',
      'checkout.createdAt',
      'checkout.expiresAt',
      sql<number>`case bill.status when 'PENDING' then bill.total_minor - bill.paid_minor + bill.refunded_minor else 0 end`.as(
        'owedMinor',
      ),
    ])
    .where('checkout.clinicId', '=', clinicId);

export const checkoutOf = (clinicId: string, ofPayment: string): Query<CheckoutRow> =>
  checkouts(clinicId).where('checkout.paymentId', '=', ofPayment);

/** The page of a bill on which somebody may pay at this moment. */
export const openCheckoutOf = (clinicId: string, ofBill: string): Query<CheckoutRow> =>
  checkouts(clinicId).where('checkout.billId', '=', ofBill).where('checkout.status', '=', 'OPEN');

export interface OnlineRefundRow {
  billId: string;
  paymentId: string;
  gateway: string;
  paymentRef: string | null;
  amountMinor: number;
  currency: string;
  status: 'PENDING' | 'PAID' | 'FAILED';
}

/** A refund of what came in online, and where it came in. */
export const onlineRefund = (clinicId: string, id: string): Query<OnlineRefundRow> =>
  tables
    .selectFrom('refund')
    .innerJoin('checkout', (join) =>
      join.onRef('checkout.clinicId', '=', 'refund.clinicId').onRef('checkout.paymentId', '=', 'refund.paymentId'),
    )
    .select([
      'refund.billId',
      'refund.paymentId',
      'checkout.gateway',
      'checkout.paymentRef',
      'refund.amountMinor',
      'checkout.currency',
      'refund.status',
    ])
    .where('refund.clinicId', '=', clinicId)
    .where('refund.id', '=', id);

/** Notes what a gateway has told; no row comes back when it has told that before. */
export const noteEvent = (event: {
  clinicId: string;
  gateway: string;
  eventRef: string;
  paymentId: string;
  receivedAt: Date;
}): Query<{ eventRef: string }> =>
  tables
    .insertInto('gateway_event')
    .values(event)
    .onConflict((conflict) => conflict.columns(['clinicId', 'gateway', 'eventRef']).doNothing())
    .returning('eventRef');

/** The clock of a clinic before anybody is in it; no offset when there is no such clinic any more. */
export const clockOf = (clinicId: string): Query<{ clockOffsetMs: number | null }> =>
  tables.selectNoFrom(sql<number | null>`directory.clock_offset_of(${clinicId}::uuid)`.as('clockOffsetMs'));
