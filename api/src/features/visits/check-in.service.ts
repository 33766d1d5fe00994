import { inTransaction, lockInOrder, type Transaction } from '../../platform/db/transaction.ts';
import { DomainError } from '../../platform/errors.ts';
import { defineIdKind } from '../../platform/ids.ts';
import { dayOf } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import {
  changeAppointment,
  circumstancesOf,
  makeWalkIn,
  ownClinic,
  planWalkIn,
  recordStep,
  takeStep,
  touch,
  type WalkInRequest,
} from '../appointments/index.ts';
import { assertRecordOpen } from '../patients/index.ts';
import { isUntouched, visitLifecycle } from './visit.domain.ts';
import { VisitEntity, type Visit } from './visit.entity.ts';
import { recordVisitStep, visitFacts } from './visit.events.ts';
import { hasNotes, takeQueueNumber } from './visit.queries.ts';

export const visitId = defineIdKind('Visit', 0xa07);

export interface CheckInRequest {
  id: string;
  version: number | null;
}

/**
 * The patient is here: APPROVED → CHECKED_IN, or NO_SHOW → CHECKED_IN for one who comes late, which holds no slot any
 * more. Opens the visit, WAITING, with the day's next number. Returns the visit's id.
 *
 * @throws DomainError NOT_TODAY on another clinic day, INVALID_TRANSITION, CONFLICT. Source: domain.md A7, A10, V1.
 */
export async function checkIn(ctx: Ctx, request: CheckInRequest): Promise<string> {
  const circumstances = circumstancesOf(ctx, await ownClinic(ctx));
  return changeAppointment(ctx, request, async (tx, appointment) => {
    const from = appointment.status;
    appointment.status = takeStep(appointment, 'CHECK_IN', { ...circumstances, now: tx.now });
    if (from === 'NO_SHOW') appointment.holdsSlot = false;
    touch(tx, appointment);
    recordStep(tx, appointment, { type: 'CHECKED_IN', from, note: null, action: 'appointment.check_in' });
    return openVisit(tx, appointment, ctx.signedIn.timeZone);
  });
}

/**
 * Somebody came without an appointment: one is made for now and checked in, in one step. It holds no slot: the queue orders
 * it. Returns the visit's id. Source: domain.md, "A walk-in".
 */
export async function checkInWalkIn(ctx: Ctx, request: WalkInRequest): Promise<string> {
  const plan = await planWalkIn(ctx, request);
  const circumstances = circumstancesOf(ctx, await ownClinic(ctx));
  return inTransaction(ctx, async (tx) => {
    await lockInOrder(tx, [plan.wanted.doctorId, plan.wanted.patientId]);
    await assertRecordOpen(tx, ctx.clinicId, plan.wanted.patientId);
    const appointment = await makeWalkIn(tx, plan);
    const from = appointment.status;
    appointment.status = takeStep(appointment, 'CHECK_IN', { ...circumstances, now: tx.now });
    touch(tx, appointment);
    recordStep(tx, appointment, { type: 'CHECKED_IN', from, note: null, action: 'appointment.check_in' });
    return openVisit(tx, appointment, ctx.signedIn.timeZone);
  });
}

/**
 * CHECKED_IN → APPROVED while the patient still waits; the visit is gone, and a later check-in opens a new one. Returns the
 * appointment's id.
 *
 * @throws DomainError INVALID_TRANSITION once the patient was called, or a doctor has seen them. Source: domain.md A8.
 */
export async function undoCheckIn(ctx: Ctx, request: CheckInRequest): Promise<string> {
  const circumstances = circumstancesOf(ctx, await ownClinic(ctx));
  return changeAppointment(ctx, request, async (tx, appointment) => {
    const from = appointment.status;
    appointment.status = takeStep(appointment, 'UNDO_CHECK_IN', { ...circumstances, now: tx.now });
    const visit = await tx.em.findOne(VisitEntity, { clinicId: ctx.clinicId, appointmentId: appointment.id });
    if (visit !== null) {
      const [notes] = await tx.rows(hasNotes(visit.id));
      if (!isUntouched(visit, notes?.hasNotes === true)) throw notUndoable();
      tx.em.remove(visit);
      tx.record({ type: visitFacts.STATUS_CHANGED, subjectId: visit.id, payload: removed(visit) });
    }
    touch(tx, appointment);
    recordStep(tx, appointment, { type: 'CHECK_IN_UNDONE', from, note: null, action: 'appointment.undo_check_in' });
    return appointment.id;
  });
}

const notUndoable = () =>
  new DomainError('INVALID_TRANSITION', 'The patient was called already. Mark the visit as left instead.');

const removed = ({
  doctorId,
  patientId,
  appointmentId,
  status,
}: Pick<Visit, 'doctorId' | 'patientId' | 'appointmentId' | 'status'>) => ({
  doctorId,
  patientId,
  appointmentId,
  from: status,
  status: null,
});

interface CheckedIn {
  id: string;
  clinicId: string;
  doctorId: string;
  patientId: string;
  serviceId: string;
}

/** The number comes last: its counter is a lock that all check-ins of a clinic share. */
async function openVisit(tx: Transaction, appointment: CheckedIn, timeZone: string): Promise<string> {
  const { clinicId, doctorId, patientId, serviceId } = appointment;
  const day = dayOf(tx.now, timeZone);
  await tx.em.flush();
  const [counter] = await tx.rows(takeQueueNumber(clinicId, day));
  if (counter === undefined) throw new Error('A clinic day gave no number.');
  const visit = tx.em.create(VisitEntity, {
    id: visitId.make(tx.now),
    clinicId,
    appointmentId: appointment.id,
    doctorId,
    patientId,
    serviceId,
    day,
    queueNumber: counter.lastNumber,
    priority: 'NORMAL',
    status: visitLifecycle.create('CHECK_IN'),
    checkedInAt: tx.now,
    calledAt: null,
    startedAt: null,
    completedAt: null,
    leftReason: null,
    followUpOn: null,
    updatedAt: tx.now,
    version: 1,
  });
  recordVisitStep(tx, visit, { from: null, action: 'visit.open' });
  return visit.id;
}
