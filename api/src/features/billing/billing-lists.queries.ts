import type { Ctx } from '../../access/ctx.ts';
import { loadLists } from '../../access/lists.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import { toConnection, type Connection } from '../../platform/graphql/connection.ts';
import { applyPage, readPage, type Ordering, type PageArguments } from '../../platform/graphql/page.ts';
import type { BillStatus, PaymentMethod, PaymentStatus } from './bill.domain.ts';
import type { BillEntity } from './bill.entity.ts';
import { billColumns, type BillRow } from './bill.queries.ts';
import type { PaymentEntity, RefundEntity } from './payment.entity.ts';
import { paymentColumns, type PaymentRow } from './payment.queries.ts';

const tables = queryBuilder<typeof BillEntity | typeof PaymentEntity | typeof RefundEntity>();

export interface BillListFilter {
  /** A bill's number as people write it; null when the search is for a name. */
  number: { year: number | null; sequence: number } | null;
  /** Whose name fits the search; null without one. */
  patientIds: readonly string[] | null;
  status: readonly BillStatus[] | null;
  doctorId: string | null;
  patientId: string | null;
  /** Made at or after, and before. */
  from: Date | null;
  to: Date | null;
}

const newestFirst = (table: 'bill' | 'payment'): Ordering => ({
  column: `${table}.created_at`,
  id: `${table}.id`,
  direction: 'desc',
});

const positionOf = (row: { createdAt: Date; id: string }) => ({ value: row.createdAt.toISOString(), id: row.id });

const allOf = (parts: (ReturnType<typeof sql> | null)[]) =>
  sql<boolean>`${sql.join(
    parts.filter((part) => part !== null),
    sql` and `,
  )}`;

const billCondition = (ctx: Ctx, filter: BillListFilter) =>
  allOf([
    sql`bill.clinic_id = ${ctx.clinicId}`,
    filter.number === null ? null : sql`bill.sequence = ${filter.number.sequence}`,
    filter.number?.year == null ? null : sql`bill.year = ${filter.number.year}`,
    filter.patientIds === null ? null : sql`bill.patient_id = any (${[...filter.patientIds]}::uuid[])`,
    filter.status === null ? null : sql`bill.status = any (${[...filter.status]}::text[])`,
    filter.doctorId === null ? null : sql`bill.doctor_id = ${filter.doctorId}`,
    filter.patientId === null ? null : sql`bill.patient_id = ${filter.patientId}`,
    filter.from === null ? null : sql`bill.created_at >= ${filter.from}`,
    filter.to === null ? null : sql`bill.created_at < ${filter.to}`,
  ]);

/** A page of the bills that the caller may see, the latest made first. */
export async function listBills(ctx: Ctx, args: PageArguments, filter: BillListFilter): Promise<Connection<BillRow>> {
  const page = readPage(args, newestFirst('bill'));
  const matching = tables.selectFrom('bill').where(billCondition(ctx, filter));
  const rows = await ctx.rows(applyPage(matching.select(billColumns), page));
  const count = matching.select(({ fn }) => fn.countAll<number>().as('count'));
  return toConnection(rows, page, positionOf, async () => (await ctx.first(count))?.count ?? 0);
}

/** The bills that hang off patients: one statement for as many as there are. */
export const billsOfPatient = loadLists<BillRow, BillListFilter>({
  ordering: newestFirst('bill'),
  positionOf,
  rows: (ctx, parentIds, page, filter) =>
    tables
      .selectFrom(sql<{ id: string }>`unnest(${[...parentIds]}::uuid[])`.as<'parent'>(sql`parent(id)`))
      .innerJoinLateral(
        (inner) =>
          applyPage(
            inner
              .selectFrom('bill')
              .select(billColumns)
              .whereRef('bill.patientId', '=', 'parent.id')
              .where(billCondition(ctx, filter)),
            page,
          ).as('child'),
        (join) => join.onTrue(),
      )
      .selectAll('child')
      .select('parent.id as parentId')
      .orderBy(page.isBackward ? sql`child.created_at asc, child.id asc` : sql`child.created_at desc, child.id desc`),
  counts: (ctx, parentIds, filter) =>
    tables
      .selectFrom('bill')
      .select(['bill.patientId as parentId'])
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where(billCondition(ctx, filter))
      .where('bill.patientId', 'in', [...parentIds])
      .groupBy('bill.patientId'),
});

export interface PaymentListFilter {
  doctorId: string | null;
  patientId: string | null;
  status: readonly PaymentStatus[] | null;
  method: readonly PaymentMethod[] | null;
  from: Date | null;
  to: Date | null;
  /** Whose day counts: when the money came in, as sums count it, or when the payment was made. */
  by: 'paid_at' | 'created_at';
}

/** One filter for every list of payments. A day is the one on which the money came in, or was asked for. */
export const paymentCondition = (ctx: Ctx, filter: PaymentListFilter) =>
  allOf([
    sql`payment.clinic_id = ${ctx.clinicId}`,
    filter.doctorId === null ? null : sql`payment.doctor_id = ${filter.doctorId}`,
    filter.patientId === null ? null : sql`payment.patient_id = ${filter.patientId}`,
    filter.status === null ? null : sql`payment.status = any (${[...filter.status]}::text[])`,
    filter.method === null ? null : sql`payment.method = any (${[...filter.method]}::text[])`,
    filter.from === null ? null : sql`${sql.ref(`payment.${filter.by}`)} >= ${filter.from}`,
    filter.to === null ? null : sql`${sql.ref(`payment.${filter.by}`)} < ${filter.to}`,
  ]);

/** A page of the payments that the caller may see, the latest first. */
export async function listPayments(
  ctx: Ctx,
  args: PageArguments,
  filter: PaymentListFilter,
): Promise<Connection<PaymentRow>> {
  const page = readPage(args, newestFirst('payment'));
  const matching = tables.selectFrom('payment').where(paymentCondition(ctx, filter));
  const rows = await ctx.rows(applyPage(matching.select(paymentColumns), page));
  const count = matching.select(({ fn }) => fn.countAll<number>().as('count'));
  return toConnection(rows, page, positionOf, async () => (await ctx.first(count))?.count ?? 0);
}

export interface MethodTotalRow {
  method: PaymentMethod;
  paymentCount: number;
  receivedMinor: number;
  refundedMinor: number;
}

/** What came in and went out between two instants, by method; methods that nobody used are left out. */
export const takingsBetween = (clinicId: string, { from, to }: { from: Date; to: Date }): Query<MethodTotalRow> =>
  tables
    .selectFrom(
      sql<{ method: PaymentMethod; receivedMinor: number; refundedMinor: number; isPayment: number }>`(
        select method, amount_minor as received_minor, 0::bigint as refunded_minor, 1 as is_payment
          from payment where clinic_id = ${clinicId} and paid_at >= ${from} and paid_at < ${to}
        union all
        select p.method, 0, r.amount_minor, 0 from refund r
          join payment p on p.clinic_id = r.clinic_id and p.id = r.payment_id
          where r.clinic_id = ${clinicId} and r.refunded_at >= ${from} and r.refunded_at < ${to})`.as('moved'),
    )
    .select([
      'moved.method',
      sql<number>`sum(moved.is_payment)::bigint`.as('paymentCount'),
      sql<number>`sum(moved.received_minor)::bigint`.as('receivedMinor'),
      sql<number>`sum(moved.refunded_minor)::bigint`.as('refundedMinor'),
    ])
    .groupBy('moved.method')
    .orderBy('moved.method');
