import { lockInOrder, Overtaken, type RecordedFact, type Transaction } from '../../platform/db/transaction.ts';
import { cancel, schedule, type Due } from '../../platform/due/due.ts';
import type { Ctx } from '../../access/ctx.ts';
import { alertAt, isLikelyNoShow } from './appointment-time.domain.ts';
import { expectedById, misplacedAlerts } from './no-show.queries.ts';

/** What falls due: an appointment's patient has not been checked in; and all alerts of a clinic that changed its mind. */
export const noShowDue = { ALERT: 'NO_SHOW_ALERT', MOVE_ALERTS: 'NO_SHOW_ALERTS_MOVE' } as const;

/** The fact that somebody has probably not come. It changes nothing of the appointment. */
export const noShowSuspected = 'NO_SHOW_SUSPECTED';

/**
 * Runs with every step of an appointment: while it is approved its alert is due so many minutes after the start, in
 * every other state it never is. Source: domain.md A9.
 */
export async function keepNoShowAlert(tx: Transaction, { subjectId }: RecordedFact): Promise<void> {
  const [appointment] = await tx.rows(expectedById(clinicOf(tx), subjectId));
  if (appointment === undefined || appointment.status !== 'APPROVED')
    return cancel(tx, { kind: noShowDue.ALERT, subjectId });
  return schedule(tx, { kind: noShowDue.ALERT, subjectId, dueAt: alertAt(appointment) });
}

/** Tells of an appointment whose patient is still expected; one that was moved, ended or checked in meanwhile is none. */
export async function alertOfNoShow(ctx: Ctx, tx: Transaction, { subjectId }: Due): Promise<void> {
  const [found] = await tx.rows(expectedById(ctx.clinicId, subjectId));
  if (found === undefined) return;
  await lockInOrder(tx, [found.doctorId, found.patientId]);
  const [appointment] = await tx.rows(expectedById(ctx.clinicId, subjectId));
  if (appointment?.doctorId !== found.doctorId || appointment.patientId !== found.patientId) throw new Overtaken();
  if (!isLikelyNoShow(appointment, tx.now, appointment.timeZone)) return;
  const { doctorId, patientId } = appointment;
  tx.record({ type: noShowSuspected, subjectId, payload: { doctorId, patientId } });
}

/** Lets a clinic's alerts move to where its changed setting says, in a transaction of their own: it takes every doctor's lock. */
export const planMovingAlerts = (tx: Transaction): Promise<void> =>
  schedule(tx, { kind: noShowDue.MOVE_ALERTS, subjectId: clinicOf(tx), dueAt: tx.now });

/** Moves all alerts of a clinic to so many minutes after the start as its setting says now. */
export async function moveNoShowAlerts(ctx: Ctx, tx: Transaction): Promise<void> {
  const misplaced = () => tx.rows(misplacedAlerts(ctx.clinicId, noShowDue.ALERT));
  const doctors = new Set((await misplaced()).map(({ doctorId }) => doctorId));
  await lockInOrder(tx, [...doctors].sort());
  const alerts = await misplaced();
  if (alerts.some(({ doctorId }) => !doctors.has(doctorId))) throw new Overtaken();
  await schedule(
    tx,
    ...alerts.map((appointment) => ({
      kind: noShowDue.ALERT,
      subjectId: appointment.id,
      dueAt: alertAt(appointment),
    })),
  );
}

function clinicOf({ tenant }: Transaction): string {
  if (tenant.clinicId === null) throw new Error('An appointment belongs to a clinic; this transaction has none.');
  return tenant.clinicId;
}
