import { z } from 'zod';
import type { Transaction } from '../../platform/db/transaction.ts';
import { DomainError, forbidden, notFound } from '../../platform/errors.ts';
import { checkInput } from '../../platform/input.ts';
import type { Ctx } from '../../access/ctx.ts';
import { doctorById } from '../accounts/index.ts';
import { assertRecordOpen, takeIntoCare } from '../patients/index.ts';
import { assertFree, assertWithinHours, type Wanted } from '../schedules/index.ts';
import { serviceById, whoOffer, type ServiceRow } from '../services/index.ts';
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
import { appointmentById, handOverAppointmentEvents } from './appointment.queries.ts';
import { durationRule, overbookReasonRule, readNote } from './appointment.rules.ts';

const words = z.object({ durationMinutes: durationRule, overbookReason: overbookReasonRule });
const minuteMs = 60_000;

/** Ids are checked by now: malformed ones never get this far. */
export interface MoveRequest {
  id: string;
  version: number | null;
  startsAt: Date;
  /** The service's when null. */
  durationMinutes: number | null;
  /** The same doctor when null. */
  doctorId: string | null;
  note: string | null;
  overbookReason: string | null;
}

/**
 * Gives an appointment another time, length or doctor; it stays APPROVED, and its history keeps where it was. One that
 * is where it is wanted already stays as it is, and nobody is told.
 *
 * @throws RequestError FORBIDDEN for a doctor who names a colleague; DomainError TOO_LATE for a patient past the cutoff,
 *   INVALID_TRANSITION, CONFLICT; OUTSIDE_SCHEDULE and SLOT_TAKEN with the nearest free slots. Source: domain.md A6.
 */
export function rescheduleAppointment(ctx: Ctx, request: MoveRequest): Promise<string> {
  return offeringAlternatives(ctx, async (remember) => {
    const { role, doctorId: own, timeZone } = ctx.signedIn;
    if (role === 'DOCTOR' && request.doctorId !== null && request.doctorId !== own)
      throw forbidden('move an appointment to another doctor');
    const { overbookReason = null } = checkInput(words, request);
    const note = request.note === null ? null : readNote(request.note);
    const circumstances = circumstancesOf(ctx, await ownClinic(ctx));
    const service = await serviceToMove(ctx, request);
    const minutes = request.durationMinutes ?? service.durationMinutes;
    const target = { id: request.id, version: request.version, otherDoctorId: request.doctorId };
    return changeAppointment(ctx, target, async (tx, appointment) => {
      const next = takeStep(appointment, 'RESCHEDULE', circumstances);
      const { id, clinicId, patientId } = appointment;
      const wanted: Wanted = {
        clinicId,
        patientId,
        timeZone,
        doctorId: request.doctorId ?? appointment.doctorId,
        exceptAppointmentId: id,
        beginsNow: appointment.startsAt,
        startsAt: request.startsAt,
        endsAt: new Date(request.startsAt.getTime() + minutes * minuteMs),
      };
      if (isThere(appointment, wanted, overbookReason)) {
        tx.audit({ action: 'appointment.reschedule', subjectId: id, changes: {} });
        return id;
      }
      remember(wanted);
      await assertRecordOpen(tx, clinicId, patientId);
      await assertWithinHours(tx, wanted, tx.now);
      if (overbookReason === null) await assertFree(tx, wanted);
      const from = appointment.status;
      appointment.status = next;
      await move(tx, appointment, wanted, { from, note, overbookReason });
      return id;
    });
  });
}

/**
 * Looks at what the move needs before anything is locked: a doctor who can be booked and, if it is another one than
 * before, offers the service. Returns the service.
 */
async function serviceToMove(ctx: Ctx, { id, doctorId }: MoveRequest): Promise<ServiceRow> {
  const appointment = await ctx.load(appointmentById, id);
  if (appointment === null) throw notFound();
  const [doctor, service] = await Promise.all([
    ctx.load(doctorById, doctorId ?? appointment.doctorId),
    ctx.load(serviceById, appointment.serviceId),
  ]);
  if (doctor === null || service === null) throw notFound();
  if (!doctor.active)
    throw new DomainError('INVALID_INPUT', 'This doctor cannot be booked now. Choose another one.', ['doctorId']);
  if (doctor.id !== appointment.doctorId && (await whoOffer(ctx, service.id, [doctor.id])).length === 0)
    throw new DomainError('INVALID_INPUT', 'This doctor does not offer this service. Choose another one.', [
      'doctorId',
    ]);
  return service;
}

const isThere = (appointment: Appointment, wanted: Wanted, overbookReason: string | null): boolean =>
  appointment.doctorId === wanted.doctorId &&
  appointment.startsAt.getTime() === wanted.startsAt.getTime() &&
  appointment.endsAt.getTime() === wanted.endsAt.getTime() &&
  (appointment.overbookReason ?? null) === overbookReason;

interface Move {
  from: Appointment['status'];
  note: string | null;
  overbookReason: string | null;
}

async function move(
  tx: Transaction,
  appointment: Appointment,
  { doctorId, startsAt, endsAt }: Wanted,
  { from, note, overbookReason }: Move,
): Promise<void> {
  const before = { ...appointment };
  const isHandedOver = before.doctorId !== doctorId;
  appointment.doctorId = doctorId;
  appointment.startsAt = startsAt;
  appointment.endsAt = endsAt;
  appointment.note = note;
  appointment.overbookReason = overbookReason;
  appointment.holdsSlot = holdsSlot(appointment.status, overbookReason);
  // What the patient said yes to was another time.
  appointment.confirmedByPatientAt = null;
  touch(tx, appointment);
  // The exclusion constraint speaks here, inside the transaction that can still say whose slot it was.
  await tx.em.flush();
  if (isHandedOver) {
    await takeIntoCare(tx, doctorId, appointment.patientId);
    await tx.rows(handOverAppointmentEvents(appointment.id));
  }
  recordStep(tx, appointment, {
    type: 'RESCHEDULED',
    from,
    note,
    action: 'appointment.reschedule',
    previous: { doctorId: before.doctorId, startsAt: before.startsAt },
    changes: {
      ...changed('startsAt', before.startsAt.toISOString(), startsAt.toISOString()),
      ...changed('endsAt', before.endsAt.toISOString(), endsAt.toISOString()),
      ...changed('doctorId', before.doctorId, doctorId),
      ...changed('overbookReason', before.overbookReason ?? null, overbookReason),
    },
  });
}

const changed = (name: string, before: string | null, after: string | null): Record<string, unknown> =>
  before === after ? {} : { [name]: [before, after] };
