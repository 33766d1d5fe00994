import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { PaymentMethod, PaymentStatus } from './bill.domain.ts';

/** Money that came in on a bill. Amounts are minor units of the clinic's currency. */
export const PaymentEntity = defineEntity({
  name: 'Payment',
  tableName: 'payment',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    billId: p.uuid(),
    doctorId: p.uuid(),
    patientId: p.uuid(),
    amountMinor: p.bigint('number'),
    /** What has been given back of it. */
    refundedMinor: p.bigint('number'),
    method: p.text().$type<PaymentMethod>(),
    status: p.text().$type<PaymentStatus>(),
    reference: p.text().nullable(),
    receivedByUserId: p.uuid().nullable(),
    receivedByName: p.text().nullable(),
    paidAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});

export type Payment = InferEntity<typeof PaymentEntity>;

/** How a payment was divided when it was paid; it never changes. */
export const PaymentShareEntity = defineEntity({
  name: 'PaymentShare',
  tableName: 'payment_share',
  properties: {
    paymentId: p.uuid().primary(),
    clinicId: p.uuid(),
    doctorId: p.uuid(),
    doctorMinor: p.bigint('number'),
    clinicMinor: p.bigint('number'),
    at: p.datetime(),
  },
});

/** Money that goes back to where a payment came from. */
export const RefundEntity = defineEntity({
  name: 'Refund',
  tableName: 'refund',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    paymentId: p.uuid(),
    billId: p.uuid(),
    doctorId: p.uuid(),
    patientId: p.uuid(),
    amountMinor: p.bigint('number'),
    status: p.text().$type<'PENDING' | 'PAID' | 'FAILED'>(),
    reason: p.text(),
    madeByUserId: p.uuid().nullable(),
    madeByName: p.text(),
    refundedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});

export type Refund = InferEntity<typeof RefundEntity>;

/** What a refund took back of both shares. */
export const RefundShareEntity = defineEntity({
  name: 'RefundShare',
  tableName: 'refund_share',
  properties: {
    refundId: p.uuid().primary(),
    clinicId: p.uuid(),
    paymentId: p.uuid(),
    doctorId: p.uuid(),
    doctorMinor: p.bigint('number'),
    clinicMinor: p.bigint('number'),
    at: p.datetime(),
  },
});
