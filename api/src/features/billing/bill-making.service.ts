import type { Transaction } from '../../platform/db/transaction.ts';
import { DomainError, notFound } from '../../platform/errors.ts';
import { defineIdKind } from '../../platform/ids.ts';
import { checkInput } from '../../platform/input.ts';
import { dayOf } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import {
  appointmentById,
  changeAppointment,
  ownClinic,
  type AppointmentRecord,
  type AppointmentRow,
} from '../appointments/index.ts';
import { differences, type ClinicRow } from '../clinics/index.ts';
import { serviceById } from '../services/index.ts';
import { billCircumstances, changeBill, settle, touchBill } from './bill-change.service.ts';
import { amountsOfPlan, planAmount, planItems, totalsOf, writeItems, type PlannedItem } from './bill-items.service.ts';
import { billLifecycle, takeBillStep } from './bill.domain.ts';
import { BillEntity, BillItemEntity } from './bill.entity.ts';
import { billFacts, recordBill } from './bill.events.ts';
import { itemsOf, liveBillOf, takeBillNumber } from './bill.queries.ts';
import { billChangeRules, newBillRules, readAmount, reasonRules } from './billing.rules.ts';

export const billId = defineIdKind('Bill', 0xa0a);

/** An appointment that somebody may owe money for: it stands, or it took place, or somebody did not come to it. */
const billable: readonly AppointmentRow['status'][] = ['APPROVED', 'CHECKED_IN', 'NO_SHOW', 'TREATED'];

/**
 * Makes the bill of an appointment, of one amount or of lines, with the clinic's next number of the year. A total of zero
 * is PAID at once. Returns the bill's id.
 *
 * @throws DomainError ALREADY_EXISTS while another bill of the appointment is PENDING or PAID, INVALID_TRANSITION for one
 *   that is only requested, declined or cancelled; InputRefused. Source: domain.md, Bill.
 */
export async function createBill(ctx: Ctx, appointmentId: string, given: unknown): Promise<string> {
  const input = checkInput(newBillRules, given);
  const [clinic, appointment] = await Promise.all([ownClinic(ctx), ctx.load(appointmentById, appointmentId)]);
  if (appointment === null) throw notFound();
  const items = await plannedItems(ctx, clinic, appointment, input);
  const amounts = amountsOfPlan(items, discountOf(input.discount, clinic.currency));
  return changeAppointment(ctx, { id: appointmentId, version: null }, async (tx, current) => {
    assertBillable(current);
    const [live] = await tx.rows(liveBillOf(ctx.clinicId, appointmentId));
    if (live !== undefined) throw alreadyBilled(live.id);
    const bill = tx.em.create(BillEntity, {
      id: billId.make(tx.now),
      clinicId: current.clinicId,
      ...(await nextNumber(tx, clinic)),
      status: billLifecycle.create('MAKE'),
      appointmentId,
      doctorId: current.doctorId,
      patientId: current.patientId,
      ...totalsOf(amounts),
      paidMinor: 0,
      refundedMinor: 0,
      notes: input.notes ?? null,
      voidReason: null,
      madeByUserId: tx.actor.userId,
      settledAt: null,
      createdAt: tx.now,
      updatedAt: tx.now,
      version: 0,
    });
    settle(tx, bill);
    await tx.em.flush();
    writeItems(tx, bill, items, amounts);
    const { year, sequence, totalMinor } = bill;
    recordBill(tx, bill, { type: billFacts.CREATED, action: 'bill.create', changes: { year, sequence, totalMinor } });
    return bill.id;
  });
}

async function plannedItems(
  ctx: Ctx,
  clinic: ClinicRow,
  { serviceId }: AppointmentRow,
  { amount, items }: { amount?: string | null; items?: Parameters<typeof planItems>[2] | null },
): Promise<PlannedItem[]> {
  if (items != null) return planItems(ctx, clinic, items);
  const service = await ctx.load(serviceById, serviceId);
  if (service === null) throw notFound();
  return planAmount(clinic, service, amount ?? '');
}

const discountOf = (discount: string | null | undefined, currency: string): number =>
  discount == null ? 0 : readAmount(discount, currency, { field: ['discount'] });

function assertBillable({ status }: AppointmentRecord): void {
  if (billable.includes(status)) return;
  throw new DomainError(
    'INVALID_TRANSITION',
    status === 'REQUESTED'
      ? 'This appointment is only requested so far. Approve it first.'
      : 'This appointment does not take place, so there is nothing to charge.',
  );
}

const alreadyBilled = (id: string): DomainError =>
  new DomainError(
    'ALREADY_EXISTS',
    'This appointment has a bill already. Change that one, or make it void first.',
    null,
    {
      billId: id,
    },
  );

/** The counter is a lock that all bills of a clinic share, so it is taken last; a rollback gives the number back. */
async function nextNumber(tx: Transaction, clinic: ClinicRow): Promise<{ year: number; sequence: number }> {
  await tx.em.flush();
  const year = Number(dayOf(tx.now, clinic.timeZone).slice(0, 4));
  const [counter] = await tx.rows(takeBillNumber(clinic.id, year));
  if (counter === undefined) throw new Error('A clinic year gave no number.');
  return { year, sequence: counter.lastNumber };
}

/**
 * Changes a bill that nobody has paid on. What is left out stays; lines are replaced as a whole. Returns the bill's id.
 *
 * @throws DomainError INVALID_TRANSITION once it is settled, or while its payments do not net to zero; CONFLICT; InputRefused
 */
export async function updateBill(
  ctx: Ctx,
  target: { id: string; version: number | null },
  given: unknown,
): Promise<string> {
  const input = checkInput(billChangeRules, given);
  const clinic = await ownClinic(ctx);
  const circumstances = await billCircumstances(ctx);
  const planned = input.items == null ? null : await planItems(ctx, clinic, input.items);
  return changeBill(ctx, target, async (tx, bill) => {
    takeBillStep(bill, 'EDIT', circumstances);
    const items = planned ?? (await tx.rows(itemsOf(ctx.clinicId, bill.id)));
    const discountMinor = input.discount == null ? bill.discountMinor : discountOf(input.discount, clinic.currency);
    const amounts = amountsOfPlan(items, discountMinor);
    const wanted = { ...totalsOf(amounts), ...(input.notes === undefined ? {} : { notes: input.notes }) };
    const changes = differences({ ...bill }, wanted);
    await tx.em.nativeDelete(BillItemEntity, { billId: bill.id, clinicId: ctx.clinicId });
    Object.assign(bill, wanted);
    settle(tx, bill);
    writeItems(tx, bill, items.map(planOf), amounts);
    recordBill(tx, bill, { type: billFacts.UPDATED, action: 'bill.update', changes });
    return bill.id;
  });
}

const planOf = ({ description, serviceId, quantity, unitPriceMinor, taxPercent }: PlannedItem): PlannedItem => ({
  description,
  serviceId,
  quantity,
  unitPriceMinor,
  taxPercent,
});

/**
 * PENDING → VOID, with a reason. Its number stays taken. Returns the bill's id.
 *
 * @throws DomainError NOTE_REQUIRED, INVALID_TRANSITION. Source: domain.md, Bill.
 */
export async function voidBill(ctx: Ctx, id: string, given: string): Promise<string> {
  const { reason } = checkInput(reasonRules, { reason: given });
  const circumstances = await billCircumstances(ctx);
  return changeBill(ctx, { id, version: null }, async (tx, bill) => {
    const from = bill.status;
    bill.status = takeBillStep(bill, 'VOID', circumstances);
    bill.voidReason = reason;
    touchBill(tx, bill);
    recordBill(tx, bill, { type: billFacts.VOIDED, action: 'bill.void', changes: { status: [from, bill.status] } });
    return bill.id;
  });
}
