import { lockInOrder, type RecordedFact, type Transaction } from '../../platform/db/transaction.ts';
import { schedule, type Due } from '../../platform/due/due.ts';
import type { Ctx } from '../../access/ctx.ts';
import { timeZoneOf } from '../clinics/index.ts';
import { followUpReminderAt } from './follow-up.domain.ts';
import { expectedAgain } from './follow-up.queries.ts';

export const followUpDue = 'FOLLOW_UP';

/** The fact that somebody should come again and has booked nothing. It changes nothing of the visit. */
export const followUpUnbooked = 'FOLLOW_UP_UNBOOKED';

/** Runs with every step of a visit: one that was completed with a day to come again plans its reminder. */
export async function planFollowUp(tx: Transaction, { subjectId, payload }: RecordedFact): Promise<void> {
  const { clinicId } = tx.tenant;
  if (payload['status'] !== 'COMPLETED' || clinicId === null) return;
  const [visit] = await tx.rows(expectedAgain(clinicId, subjectId));
  const [clinic] = await tx.rows(timeZoneOf(clinicId));
  if (visit === undefined || clinic === undefined) return;
  const dueAt = followUpReminderAt(visit.followUpOn, tx.now, clinic.timeZone);
  if (dueAt !== null) await schedule(tx, { kind: followUpDue, subjectId, dueAt });
}

/** Reminds somebody who has booked nothing since; whoever did is left alone. */
export async function remindOfFollowUp(ctx: Ctx, tx: Transaction, { subjectId }: Due): Promise<void> {
  const [found] = await tx.rows(expectedAgain(ctx.clinicId, subjectId));
  if (found === undefined) return;
  await lockInOrder(tx, [found.doctorId, found.patientId]);
  const [visit] = await tx.rows(expectedAgain(ctx.clinicId, subjectId));
  if (visit === undefined) return;
  const { doctorId, patientId, appointmentId } = visit;
  tx.record({ type: followUpUnbooked, subjectId, payload: { doctorId, patientId, appointmentId } });
}
