import { DomainError } from '../../platform/errors.ts';
import type { Ctx } from '../../access/ctx.ts';
import { assertFree, assertWithinHours, type Wanted } from '../schedules/index.ts';
import {
  changeAppointment,
  circumstancesOf,
  offeringAlternatives,
  ownClinic,
  touch,
  type Appointment,
} from './appointment-change.service.ts';
import { takeStep } from './appointment.domain.ts';
import { holdsSlot } from './appointment-time.domain.ts';
import { recordStep } from './appointment.events.ts';
import { readNote } from './appointment.rules.ts';

export interface StepRequest {
  id: string;
  version: number | null;
}

/**
 * REQUESTED → APPROVED, when the slot is still free.
 *
 * @throws DomainError INVALID_TRANSITION; OUTSIDE_SCHEDULE and SLOT_TAKEN with the nearest free slots. Source: domain.md A3.
 */
export function approveAppointment(ctx: Ctx, request: StepRequest): Promise<string> {
  return offeringAlternatives(ctx, async (remember) => {
    const circumstances = circumstancesOf(ctx, await ownClinic(ctx));
    return changeAppointment(ctx, request, async (tx, appointment) => {
      const next = takeStep(appointment, 'APPROVE', circumstances);
      const wanted = placeOf(ctx, appointment);
      remember(wanted);
      await assertWithinHours(tx, wanted, tx.now);
      await assertFree(tx, wanted);
      const from = appointment.status;
      appointment.status = next;
      appointment.holdsSlot = holdsSlot(next, appointment.overbookReason ?? null);
      touch(tx, appointment);
      // The exclusion constraint speaks here, inside the transaction that can still say whose slot it was.
      await tx.em.flush();
      recordStep(tx, appointment, { type: 'APPROVED', from, note: null, action: 'appointment.approve' });
      return appointment.id;
    });
  });
}

function placeOf(ctx: Ctx, appointment: Appointment): Wanted {
  const { id, clinicId, doctorId, patientId, startsAt, endsAt } = appointment;
  const { timeZone } = ctx.signedIn;
  return { clinicId, doctorId, patientId, startsAt, endsAt, timeZone, exceptAppointmentId: id, beginsNow: null };
}

/**
 * REQUESTED → REJECTED, with words for the patient.
 *
 * @throws DomainError NOTE_REQUIRED without them, INVALID_TRANSITION. Source: domain.md A4.
 */
export async function rejectAppointment(ctx: Ctx, request: StepRequest, given: string): Promise<string> {
  const note = readNote(given);
  if (note === null) throw new DomainError('NOTE_REQUIRED', 'Write a note: it tells the patient why.', ['note']);
  return endAppointment(ctx, request, 'REJECT', note);
}

/**
 * REQUESTED or APPROVED → CANCELLED; the slot is free again.
 *
 * @throws DomainError TOO_LATE for a patient past the cutoff, INVALID_TRANSITION. Source: domain.md A5.
 */
export async function cancelAppointment(ctx: Ctx, request: StepRequest, given: string | null): Promise<string> {
  return endAppointment(ctx, request, 'CANCEL', given === null ? null : readNote(given));
}

/**
 * APPROVED → NO_SHOW, once its start has passed; its time is free for others.
 *
 * @throws DomainError INVALID_TRANSITION from another state, or before the start. Source: domain.md A9.
 */
export async function markNoShow(ctx: Ctx, request: StepRequest): Promise<string> {
  const circumstances = circumstancesOf(ctx, await ownClinic(ctx));
  return changeAppointment(ctx, request, (tx, appointment) => {
    const from = appointment.status;
    appointment.status = takeStep(appointment, 'MARK_NO_SHOW', circumstances);
    appointment.holdsSlot = false;
    touch(tx, appointment);
    recordStep(tx, appointment, { type: 'NO_SHOW', from, note: null, action: 'appointment.no_show' });
    return Promise.resolve(appointment.id);
  });
}

async function endAppointment(
  ctx: Ctx,
  request: StepRequest,
  step: 'REJECT' | 'CANCEL',
  note: string | null,
): Promise<string> {
  const circumstances = circumstancesOf(ctx, await ownClinic(ctx));
  return changeAppointment(ctx, request, async (tx, appointment) => {
    const from = appointment.status;
    appointment.status = takeStep(appointment, step, circumstances);
    appointment.holdsSlot = false;
    appointment.note = note;
    touch(tx, appointment);
    const isRejection = step === 'REJECT';
    recordStep(tx, appointment, {
      type: isRejection ? 'REJECTED' : 'CANCELLED',
      from,
      note,
      action: isRejection ? 'appointment.reject' : 'appointment.cancel',
    });
    return appointment.id;
  });
}
