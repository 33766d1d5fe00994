import { loadById, loadByParent, Loader, type Ctx } from '../../access/ctx.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import { liveStatuses, type BillStatus } from './bill.domain.ts';
import type { BillCounterEntity, BillEntity, BillItemEntity } from './bill.entity.ts';

export interface BillRow {
  id: string;
  clinicId: string;
  year: number;
  sequence: number;
  status: BillStatus;
  appointmentId: string;
  doctorId: string;
  patientId: string;
  subtotalMinor: number;
  discountMinor: number;
  taxMinor: number;
  totalMinor: number;
  paidMinor: number;
  refundedMinor: number;
  notes: string | null;
  voidReason: string | null;
  settledAt: Date | null;
  createdAt: Date;
  version: number;
}

const tables = queryBuilder<typeof BillEntity | typeof BillItemEntity | typeof BillCounterEntity>();

export const billColumns = [
  'bill.id',
  'bill.clinicId',
  'bill.year',
  'bill.sequence',
  'bill.status',
  'bill.appointmentId',
  'bill.doctorId',
  'bill.patientId',
  'bill.subtotalMinor',
  'bill.discountMinor',
  'bill.taxMinor',
  'bill.totalMinor',
  'bill.paidMinor',
  'bill.refundedMinor',
  'bill.notes',
  'bill.voidReason',
  'bill.settledAt',
  'bill.createdAt',
  'bill.version',
] as const;

export const billById = loadById<BillRow>((ids, ctx) =>
  tables
    .selectFrom('bill')
    .select(billColumns)
    .where('clinicId', '=', ctx.clinicId)
    .where('id', 'in', [...ids]),
);

/** The bill that an appointment's money is on: the live one, else the latest. */
export const billOfAppointment = new Loader<string, BillRow | null>(async (ctx, appointmentIds) => {
  const rows = await ctx.rows(
    tables
      .selectFrom('bill')
      .distinctOn('bill.appointmentId')
      .select(billColumns)
      .where('clinicId', '=', ctx.clinicId)
      .where('appointmentId', 'in', [...appointmentIds])
      .orderBy('bill.appointmentId')
      .orderBy(sql`bill.status in (${sql.join(liveStatuses)})`, 'desc')
      .orderBy('bill.createdAt', 'desc')
      .orderBy('bill.id', 'desc'),
  );
  const found = new Map(rows.map((row) => [row.appointmentId, row]));
  return appointmentIds.map((id) => found.get(id) ?? null);
});

/** The bill of an appointment that is PENDING or PAID. */
export const liveBillOf = (clinicId: string, appointmentId: string): Query<{ id: string; status: BillStatus }> =>
  tables
    .selectFrom('bill')
    .select(['id', 'status'])
    .where('clinicId', '=', clinicId)
    .where('appointmentId', '=', appointmentId)
    .where('status', 'in', [...liveStatuses]);

/** Takes a clinic's next number of a year; whoever asks next waits until this transaction ends. */
export const takeBillNumber = (clinicId: string, ofYear: number): Query<{ lastNumber: number }> =>
  tables
    .insertInto('bill_counter')
    .values({ clinicId, year: ofYear, lastNumber: 1 })
    .onConflict((conflict) =>
      conflict.columns(['clinicId', 'year']).doUpdateSet({ lastNumber: sql`bill_counter.last_number + 1` }),
    )
    .returning('lastNumber');

export interface BillItemRow {
  billId: string;
  position: number;
  description: string;
  serviceId: string | null;
  quantity: number;
  unitPriceMinor: number;
  taxPercent: string;
  discountMinor: number;
  taxMinor: number;
  totalMinor: number;
}

const itemColumns = [
  'billId',
  'position',
  'description',
  'serviceId',
  'quantity',
  'unitPriceMinor',
  'taxPercent',
  'discountMinor',
  'taxMinor',
  'totalMinor',
] as const;

export const itemsOf = (clinicId: string, ofBill: string): Query<BillItemRow> =>
  tables
    .selectFrom('bill_item')
    .select(itemColumns)
    .where('clinicId', '=', clinicId)
    .where('billId', '=', ofBill)
    .orderBy('position');

/** As many lines as a bill may have: it only guards the answer's size. */
const itemsPerBill = 100;

export const itemsOfBill = loadByParent<BillItemRow>(
  (row) => row.billId,
  (billIds, ctx) =>
    tables
      .selectFrom('bill_item')
      .select(itemColumns)
      .where('clinicId', '=', ctx.clinicId)
      .where('billId', 'in', [...billIds])
      .orderBy('billId')
      .orderBy('position')
      .limit(billIds.length * itemsPerBill),
);

/** What a patient owes on all their unpaid bills that the caller may see. */
export const balanceOfPatient = new Loader<string, number>(async (ctx: Ctx, patientIds) => {
  const rows = await ctx.rows(
    tables
      .selectFrom('bill')
      .select(['patientId', sql<number>`sum(total_minor - paid_minor + refunded_minor)::bigint`.as('owedMinor')])
      .where('clinicId', '=', ctx.clinicId)
      .where('patientId', 'in', [...patientIds])
      .where('status', '=', 'PENDING')
      .groupBy('patientId'),
  );
  const found = new Map(rows.map((row) => [row.patientId, row.owedMinor]));
  return patientIds.map((id) => found.get(id) ?? 0);
});

export const stateOfBill = (clinicId: string, id: string): Query<{ status: BillStatus; createdAt: Date }> =>
  tables.selectFrom('bill').select(['status', 'createdAt']).where('clinicId', '=', clinicId).where('id', '=', id);
