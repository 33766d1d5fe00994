import type { RecordedFact, Transaction } from '../../platform/db/transaction.ts';
import { cancel, schedule, type Due } from '../../platform/due/due.ts';
import type { Ctx } from '../../access/ctx.ts';
import { lockBill } from './bill-change.service.ts';
import { balanceOf } from './bill.domain.ts';
import { billFacts } from './bill.events.ts';
import { stateOfBill } from './bill.queries.ts';

export const paymentReminderDue = 'PAYMENT_REMINDER';

/** The fact that a bill has been unpaid for so long. It changes nothing of the bill. */
export const paymentOverdue = 'PAYMENT_OVERDUE';

const dayMs = 24 * 60 * 60_000;
const [firstAfterDays, everyDays, atMost] = [3, 7, 3];

/**
 * Runs with every change of a bill: the first reminder is due three days after it was made, and none is once nothing is
 * owed any more. Source: domain.md, Notifications, "three days unpaid, then weekly, three times at most".
 */
export async function keepPaymentReminder(tx: Transaction, { type, payload }: RecordedFact): Promise<void> {
  const subjectId = payload['billId'];
  if (subjectId == null || tx.tenant.clinicId === null) return;
  const [bill] = await tx.rows(stateOfBill(tx.tenant.clinicId, subjectId));
  if (bill?.status !== 'PENDING') return cancel(tx, { kind: paymentReminderDue, subjectId });
  if (type !== billFacts.CREATED) return;
  const dueAt = new Date(bill.createdAt.getTime() + firstAfterDays * dayMs);
  await schedule(tx, { kind: paymentReminderDue, subjectId, cause: '1', dueAt });
}

/** Reminds of a bill that is still unpaid, and plans the next reminder while there may be another. */
export async function remindOfPayment(ctx: Ctx, tx: Transaction, { subjectId, cause, dueAt }: Due): Promise<void> {
  const bill = await lockBill(tx, ctx, { id: subjectId, version: null });
  if (balanceOf(bill) === 0) return;
  const { doctorId, patientId, appointmentId } = bill;
  tx.record({ type: paymentOverdue, subjectId, payload: { billId: subjectId, doctorId, patientId, appointmentId } });
  const count = Number(cause) + 1;
  if (count > atMost) return;
  const next = new Date(dueAt.getTime() + everyDays * dayMs);
  await schedule(tx, { kind: paymentReminderDue, subjectId, cause: String(count), dueAt: next });
}
