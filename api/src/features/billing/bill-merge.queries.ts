import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { BillEntity, BillItemEntity } from './bill.entity.ts';
import type { PaymentEntity, RefundEntity } from './payment.entity.ts';

const tables = queryBuilder<typeof BillEntity | typeof BillItemEntity | typeof PaymentEntity | typeof RefundEntity>();

/** Moves a patient's bills, and with them lines, payments and refunds; the bills first. */
export const moveMoney = (
  clinicId: string,
  { fromPatient, toPatient }: { fromPatient: string; toPatient: string },
): Query<{ patientId: string }>[] =>
  (['bill', 'bill_item', 'payment', 'refund'] as const).map((table) =>
    tables
      .updateTable(table)
      .set({ patientId: toPatient })
      .where('clinicId', '=', clinicId)
      .where('patientId', '=', fromPatient)
      .returning('patientId'),
  );

export const patientsWithBills = (clinicId: string, patientIds: readonly string[]): Query<{ patientId: string }> =>
  tables
    .selectFrom('bill')
    .select('patientId')
    .distinct()
    .where('clinicId', '=', clinicId)
    .where(sql<boolean>`patient_id = any (${[...patientIds]}::uuid[])`);
