import { z } from 'zod';
import { violatedConstraint } from '../../platform/db/pg-errors.ts';
import type { Transaction } from '../../platform/db/transaction.ts';
import { DomainError, notFound } from '../../platform/errors.ts';
import { checkInput } from '../../platform/input.ts';
import type { Ctx } from '../../access/ctx.ts';
import { doctorById } from '../accounts/index.ts';
import { appointmentLifecycle, handOverAppointmentEvents, recordStep, touch } from '../appointments/index.ts';
import { takeIntoCare } from '../patients/index.ts';
import { takeVisitStep, type VisitPriority } from './visit.domain.ts';
import { changeVisit, touchVisit, visitCircumstances, type ChangingVisit } from './visit-change.service.ts';
import { recordVisitStep } from './visit.events.ts';
import { consultationRunning, lockNotes } from './visit.queries.ts';

/** WAITING → CALLED: the waiting board shows it. Source: domain.md V2. */
export const callPatient = (ctx: Ctx, id: string): Promise<string> =>
  changeVisit(ctx, { id }, (tx, { visit, state }) => {
    const from = visit.status;
    visit.status = takeVisitStep(state, 'CALL', visitCircumstances(ctx, tx.now));
    visit.calledAt = tx.now;
    touchVisit(tx, visit);
    recordVisitStep(tx, visit, { from, action: 'visit.call' });
    return Promise.resolve(visit.id);
  });

/**
 * CALLED or IN_PROGRESS → WAITING: nobody answered the call, a start was a mistake, or the patient goes out for drops or a
 * test. Number, place and notes stay. Source: domain.md V3, V7.
 */
export const returnToQueue = (ctx: Ctx, id: string): Promise<string> =>
  changeVisit(ctx, { id }, (tx, { visit, state }) => {
    const from = visit.status;
    visit.status = takeVisitStep(state, 'RETURN_TO_QUEUE', visitCircumstances(ctx, tx.now));
    touchVisit(tx, visit);
    recordVisitStep(tx, visit, { from, action: 'visit.return_to_queue' });
    return Promise.resolve(visit.id);
  });

/**
 * WAITING or CALLED → IN_PROGRESS: the desk sends the patient in, or the doctor takes them.
 *
 * @throws DomainError NOT_TODAY on another day than the check-in's, DOCTOR_BUSY while another consultation of today runs,
 *   INVALID_TRANSITION. Source: domain.md V4.
 */
export async function startConsultation(ctx: Ctx, id: string): Promise<string> {
  try {
    return await changeVisit(ctx, { id }, async (tx, { visit, appointment, state }) => {
      const from = visit.status;
      visit.status = takeVisitStep(state, 'START', visitCircumstances(ctx, tx.now));
      if (appointment.status !== 'CHECKED_IN')
        throw new DomainError(
          'INVALID_TRANSITION',
          'This appointment is not checked in. Reload to see it as it is now.',
        );
      const [running] = await tx.rows(consultationRunning(ctx.clinicId, visit.doctorId, visit.day));
      if (running !== undefined) throw doctorBusy();
      visit.startedAt = tx.now;
      touchVisit(tx, visit);
      await tx.em.flush();
      recordVisitStep(tx, visit, { from, action: 'visit.start' });
      return visit.id;
    });
  } catch (error) {
    throw violatedConstraint(error) === 'visit_one_consultation' ? doctorBusy() : error;
  }
}

const doctorBusy = () =>
  new DomainError('DOCTOR_BUSY', 'The doctor has another consultation open. Wait until it is completed.');

const reasonRule = z.object({
  reason: z.string().trim().max(300, 'Use at most 300 characters for the reason.').nullish(),
});

/**
 * The patient is gone: WAITING or CALLED → LEFT by the desk; IN_PROGRESS → LEFT by admin or owner, with a reason, when the
 * doctor is gone or forgot: the notes lock as they are. The appointment is CANCELLED.
 *
 * @throws DomainError NOTE_REQUIRED, INVALID_TRANSITION; RequestError FORBIDDEN. Source: domain.md V6, V8, A12.
 */
export async function markLeft(ctx: Ctx, id: string, given: string | null): Promise<string> {
  const { reason } = checkInput(reasonRule, { reason: given });
  return changeVisit(ctx, { id }, async (tx, changing) => {
    const { visit, state } = changing;
    const from = visit.status;
    visit.status = takeVisitStep(state, 'MARK_LEFT', visitCircumstances(ctx, tx.now));
    if (from === 'IN_PROGRESS' && (reason ?? '') === '')
      throw new DomainError('NOTE_REQUIRED', 'Say why a consultation that is running is closed.', ['reason']);
    visit.leftReason = reason ?? null;
    touchVisit(tx, visit);
    await tx.em.flush();
    if (from === 'IN_PROGRESS') await tx.rows(lockNotes(visit.id, tx.now));
    recordVisitStep(tx, visit, { from, action: 'visit.leave', changes: { reason: [null, reason ?? null] } });
    leaveAppointment(tx, changing);
    return visit.id;
  });
}

function leaveAppointment(tx: Transaction, { appointment }: ChangingVisit): void {
  const from = appointment.status;
  appointment.status = appointmentLifecycle.move(from, 'LEAVE');
  appointment.holdsSlot = false;
  touch(tx, appointment);
  recordStep(tx, appointment, {
    type: 'CANCELLED',
    from,
    note: null,
    action: 'appointment.leave',
    because: 'LEFT',
  });
}

export interface Reassignment {
  id: string;
  doctorId: string | null;
  priority: VisitPriority | null;
}

/**
 * Gives a patient who waits to another doctor, or another place. The appointment goes along and holds no slot any more: the
 * queue orders it.
 *
 * @throws DomainError INVALID_TRANSITION once the doctor has begun, or has written something. Source: domain.md, reassignVisit.
 */
export async function reassignVisit(ctx: Ctx, request: Reassignment): Promise<string> {
  const { id, doctorId, priority } = request;
  const other = doctorId === null ? null : await ctx.load(doctorById, doctorId);
  if (doctorId !== null && other === null) throw notFound();
  if (other?.active === false)
    throw new DomainError('INVALID_INPUT', 'This doctor does not see patients now. Choose another one.', ['doctorId']);
  return changeVisit(ctx, { id, otherDoctorId: doctorId }, async (tx, changing) => {
    const { visit, state } = changing;
    const from = visit.status;
    const before = { doctorId: visit.doctorId, priority: visit.priority };
    visit.status = takeVisitStep(state, 'REASSIGN', visitCircumstances(ctx, tx.now));
    visit.priority = priority ?? visit.priority;
    if (doctorId !== null && doctorId !== visit.doctorId) await handOver(tx, changing, doctorId);
    touchVisit(tx, visit);
    recordVisitStep(tx, visit, {
      from,
      action: 'visit.reassign',
      changes: { doctorId: [before.doctorId, visit.doctorId], priority: [before.priority, visit.priority] },
    });
    return visit.id;
  });
}

async function handOver(tx: Transaction, { visit, appointment, state }: ChangingVisit, doctorId: string) {
  if (state.hasClinical)
    throw new DomainError(
      'INVALID_TRANSITION',
      'The doctor has written notes on this visit already, so it stays with them. Check the patient in anew for another doctor.',
    );
  const before = { doctorId: appointment.doctorId, startsAt: appointment.startsAt };
  visit.doctorId = doctorId;
  appointment.doctorId = doctorId;
  appointment.holdsSlot = false;
  touch(tx, appointment);
  await tx.em.flush();
  await takeIntoCare(tx, doctorId, visit.patientId);
  await tx.rows(handOverAppointmentEvents(appointment.id));
  recordStep(tx, appointment, {
    type: 'RESCHEDULED',
    from: appointment.status,
    note: null,
    action: 'appointment.reassign',
    because: 'REASSIGNED',
    previous: before,
    changes: { doctorId: [before.doctorId, doctorId] },
  });
}
