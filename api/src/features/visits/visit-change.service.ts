import { LockMode } from '@mikro-orm/postgresql';
import { inTransaction, lockInOrder, Overtaken, type Transaction } from '../../platform/db/transaction.ts';
import { notFound } from '../../platform/errors.ts';
import type { Ctx } from '../../access/ctx.ts';
import { rolesOf } from '../../access/viewer.ts';
import { AppointmentEntity, type AppointmentRecord } from '../appointments/index.ts';
import type { VisitCircumstances, VisitState } from './visit.domain.ts';
import { VisitEntity, type Visit } from './visit.entity.ts';
import { hasNotes, partiesOfVisit } from './visit.queries.ts';

export function visitCircumstances(ctx: Ctx, now: Date = ctx.clock.now()): VisitCircumstances {
  const { doctorId, timeZone } = ctx.signedIn;
  return { roles: rolesOf(ctx.signedIn), doctorId, timeZone, now };
}

export interface ChangingVisit {
  visit: Visit;
  appointment: AppointmentRecord;
  state: VisitState;
}

/**
 * Opens a transaction on one visit and its appointment, locked after their doctors and their patient, so that whatever is
 * decided is decided on their latest state.
 *
 * @param otherDoctorId  who else's queue it may move into
 * @throws RequestError NOT_FOUND when it is not there, or not the caller's to change
 */
export function changeVisit<Result>(
  ctx: Ctx,
  target: { id: string; otherDoctorId?: string | null },
  change: (tx: Transaction, changing: ChangingVisit) => Promise<Result>,
): Promise<Result> {
  return inTransaction(ctx, async (tx) => {
    const [parties] = await tx.rows(partiesOfVisit(ctx.clinicId, target.id));
    if (parties === undefined) throw notFound();
    const doctors = new Set([parties.doctorId, target.otherDoctorId ?? parties.doctorId]);
    await lockInOrder(tx, [...[...doctors].sort(), parties.patientId]);
    const visit = await tx.em.findOne(
      VisitEntity,
      { id: target.id, clinicId: ctx.clinicId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (visit === null) throw notFound();
    if (visit.doctorId !== parties.doctorId || visit.patientId !== parties.patientId) throw new Overtaken();
    const appointment = await tx.em.findOne(
      AppointmentEntity,
      { id: visit.appointmentId, clinicId: ctx.clinicId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (appointment === null) throw notFound();
    const [notes] = await tx.rows(hasNotes(visit.id));
    const state = { ...visit, startedAt: visit.startedAt ?? null, hasClinical: notes?.hasNotes === true };
    return change(tx, { visit, appointment, state });
  });
}

export function touchVisit(tx: Transaction, visit: Visit): void {
  visit.updatedAt = tx.now;
  visit.version += 1;
}
