import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { BillStatus } from './bill.domain.ts';

/** What a patient owes for one appointment. Amounts are minor units of the clinic's currency. */
export const BillEntity = defineEntity({
  name: 'Bill',
  tableName: 'bill',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    /** The clinic's calendar year, and the number in it. */
    year: p.integer(),
    sequence: p.integer(),
    status: p.text().$type<BillStatus>(),
    appointmentId: p.uuid(),
    doctorId: p.uuid(),
    patientId: p.uuid(),
    subtotalMinor: p.bigint('number'),
    discountMinor: p.bigint('number'),
    taxMinor: p.bigint('number'),
    totalMinor: p.bigint('number'),
    paidMinor: p.bigint('number'),
    refundedMinor: p.bigint('number'),
    notes: p.text().nullable(),
    voidReason: p.text().nullable(),
    madeByUserId: p.uuid().nullable(),
    settledAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    version: p.integer(),
  },
});

export type Bill = InferEntity<typeof BillEntity>;

/** One line of a bill. Lines are written anew with every change, never edited. */
export const BillItemEntity = defineEntity({
  name: 'BillItem',
  tableName: 'bill_item',
  properties: {
    billId: p.uuid().primary(),
    position: p.integer().primary(),
    clinicId: p.uuid(),
    doctorId: p.uuid(),
    patientId: p.uuid(),
    description: p.text(),
    serviceId: p.uuid().nullable(),
    quantity: p.integer(),
    unitPriceMinor: p.bigint('number'),
    taxPercent: p.decimal('string'),
    discountMinor: p.bigint('number'),
    taxMinor: p.bigint('number'),
    totalMinor: p.bigint('number'),
  },
});

/** The last number that was given in a clinic's year. */
export const BillCounterEntity = defineEntity({
  name: 'BillCounter',
  tableName: 'bill_counter',
  properties: {
    clinicId: p.uuid().primary(),
    year: p.integer().primary(),
    lastNumber: p.integer(),
  },
});
