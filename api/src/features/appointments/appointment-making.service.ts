import { z } from 'zod';
import { inTransaction, lockInOrder, type Transaction } from '../../platform/db/transaction.ts';
import { DomainError, forbidden, notFound } from '../../platform/errors.ts';
import { defineIdKind } from '../../platform/ids.ts';
import { checkInput } from '../../platform/input.ts';
import type { Ctx } from '../../access/ctx.ts';
import { doctorById } from '../accounts/index.ts';
import { assertRecordOpen, patientById, takeIntoCare } from '../patients/index.ts';
import { assertFree, assertWithinHours, type Wanted } from '../schedules/index.ts';
import { serviceById, whoOffer, type ServiceRow } from '../services/index.ts';
import { offeringAlternatives, ownClinic, type Appointment } from './appointment-change.service.ts';
import { appointmentLifecycle, type AppointmentSource, type AppointmentStatus } from './appointment.domain.ts';
import { holdsSlot } from './appointment-time.domain.ts';
import { AppointmentEntity } from './appointment.entity.ts';
import { recordStep } from './appointment.events.ts';
import { openRequestFor } from './appointment.queries.ts';
import { durationRule, overbookReasonRule, reasonRule } from './appointment.rules.ts';

export const appointmentId = defineIdKind('Appointment', 0xa01);

const minuteMs = 60_000;

const words = z.object({ reason: reasonRule, durationMinutes: durationRule, overbookReason: overbookReasonRule });

/** Ids are checked by now: malformed ones never get this far. */
export interface AppointmentRequest {
  patientId: string | null;
  doctorId: string;
  serviceId: string;
  startsAt: Date;
  reason?: string | null;
  durationMinutes?: number | null;
  overbookReason?: string | null;
}

export interface Plan {
  wanted: Wanted;
  service: ServiceRow;
  reason: string | null;
  overbookReason: string | null;
  source: AppointmentSource;
}

/**
 * A patient asks for a slot, or the front desk asks for a patient: REQUESTED, which holds no slot. With the clinic's
 * policy AUTOMATIC it is APPROVED at once.
 *
 * @throws DomainError OUTSIDE_SCHEDULE, SLOT_TAKEN with the nearest free slots; ALREADY_EXISTS when this very time is asked
 *   for already. Source: domain.md A1.
 */
export function requestAppointment(ctx: Ctx, request: AppointmentRequest): Promise<string> {
  return offeringAlternatives(ctx, async (remember) => {
    const plan = await planFor(ctx, request);
    remember(plan.wanted);
    const { requestPolicy } = await ownClinic(ctx);
    const step = requestPolicy === 'AUTOMATIC' ? 'REQUEST_APPROVED_AT_ONCE' : 'REQUEST';
    return inTransaction(ctx, async (tx) => {
      await lockInOrder(tx, [plan.wanted.doctorId, plan.wanted.patientId]);
      await assertRecordOpen(tx, ctx.clinicId, plan.wanted.patientId);
      await assertWithinHours(tx, plan.wanted, tx.now);
      await assertFree(tx, plan.wanted);
      await assertNotAskedFor(tx, plan.wanted);
      return (await make(tx, plan, appointmentLifecycle.create(step), 'appointment.request')).id;
    });
  });
}

/** A request holds no slot, so that many may ask for one; but nobody twice. The patient is locked. */
async function assertNotAskedFor(tx: Transaction, { clinicId, doctorId, patientId, startsAt }: Wanted): Promise<void> {
  const [asked] = await tx.rows(openRequestFor({ clinicId, doctorId, patientId, startsAt }));
  if (asked !== undefined)
    throw new DomainError('ALREADY_EXISTS', 'This time is asked for already. Wait for the answer.', ['startsAt']);
}

/**
 * Staff book for a patient: APPROVED at once.
 *
 * @throws DomainError OUTSIDE_SCHEDULE; SLOT_TAKEN with the nearest free slots, unless booked on top on purpose.
 *   Source: domain.md A2.
 */
export function bookAppointment(ctx: Ctx, request: AppointmentRequest): Promise<string> {
  return offeringAlternatives(ctx, async (remember) => {
    const plan = await planFor(ctx, request);
    remember(plan.wanted);
    return inTransaction(ctx, async (tx) => {
      await lockInOrder(tx, [plan.wanted.doctorId, plan.wanted.patientId]);
      await assertRecordOpen(tx, ctx.clinicId, plan.wanted.patientId);
      await assertWithinHours(tx, plan.wanted, tx.now);
      if (plan.overbookReason === null) await assertFree(tx, plan.wanted);
      return (await make(tx, plan, appointmentLifecycle.create('BOOK'), 'appointment.book')).id;
    });
  });
}

export interface OfferedSlot {
  patientId: string;
  doctorId: string;
  serviceId: string;
  startsAt: Date;
  endsAt: Date;
}

/**
 * Books a slot that was held for a patient until now, in the transaction that let go of it; doctor and patient are locked.
 *
 * @throws DomainError OUTSIDE_SCHEDULE when the doctor no longer works then, SLOT_TAKEN. Source: domain.md A2, Waitlist.
 */
export async function bookOffered(
  ctx: Ctx,
  tx: Transaction,
  { serviceId, ...offered }: OfferedSlot,
  remember: (wanted: Wanted) => void,
): Promise<string> {
  const service = await ctx.load(serviceById, serviceId);
  if (service === null) throw notFound();
  const { clinicId } = ctx;
  const { timeZone } = ctx.signedIn;
  const wanted = { ...offered, clinicId, timeZone, exceptAppointmentId: null, beginsNow: null };
  remember(wanted);
  await assertRecordOpen(tx, clinicId, wanted.patientId);
  await assertWithinHours(tx, wanted, tx.now);
  await assertFree(tx, wanted);
  const source = ctx.signedIn.role === 'PATIENT' ? 'PATIENT' : 'STAFF';
  const plan: Plan = { wanted, service, source, reason: null, overbookReason: null };
  return (await make(tx, plan, appointmentLifecycle.create('BOOK'), 'appointment.book')).id;
}

export interface WalkInRequest {
  patientId: string;
  doctorId: string;
  serviceId: string;
}

/** Whom somebody sees who came without an appointment, checked before anything is locked. */
export async function planWalkIn(ctx: Ctx, request: WalkInRequest): Promise<Plan> {
  const plan = await planFor(ctx, { ...request, startsAt: ctx.clock.now() });
  return { ...plan, source: 'WALK_IN' };
}

/**
 * Makes an appointment for now, APPROVED, that holds no slot: no schedule and nobody else's time stands in its way.
 * Source: domain.md, "A walk-in".
 */
export function makeWalkIn(tx: Transaction, plan: Plan): Promise<Appointment> {
  const { startsAt, endsAt } = plan.wanted;
  const lasts = endsAt.getTime() - startsAt.getTime();
  const wanted = { ...plan.wanted, startsAt: tx.now, endsAt: new Date(tx.now.getTime() + lasts) };
  return make(tx, { ...plan, wanted }, appointmentLifecycle.create('WALK_IN'), 'appointment.walk_in');
}

/** Resolves who, with whom, what and when. Reads only; the slot itself is checked under the locks. */
async function planFor(ctx: Ctx, request: AppointmentRequest): Promise<Plan> {
  const { viewer } = ctx;
  const checked = checkInput(words, request);
  const ofPatient = ctx.signedIn.role === 'PATIENT' ? ownRecord(ctx, request.patientId) : request.patientId;
  if (ofPatient === null) throw new DomainError('INVALID_INPUT', 'Choose the patient.', ['patientId']);
  if (viewer?.role === 'DOCTOR' && viewer.doctorId !== request.doctorId) throw forbidden('book for another doctor');
  const [patient, doctor, service] = await Promise.all([
    ctx.load(patientById, ofPatient),
    ctx.load(doctorById, request.doctorId),
    ctx.load(serviceById, request.serviceId),
  ]);
  if (patient === null || doctor === null || service === null) throw notFound();
  if (!doctor.active)
    throw new DomainError('INVALID_INPUT', 'This doctor cannot be booked now. Choose another one.', ['doctorId']);
  if (service.archivedAt !== null)
    throw new DomainError('INVALID_INPUT', `The clinic no longer offers ${service.name}. Choose another service.`, [
      'serviceId',
    ]);
  if ((await whoOffer(ctx, service.id, [doctor.id])).length === 0)
    throw new DomainError('INVALID_INPUT', 'This doctor does not offer this service. Choose another one.', [
      'serviceId',
    ]);
  const minutes = checked.durationMinutes ?? service.durationMinutes;
  return {
    service,
    reason: checked.reason === '' ? null : (checked.reason ?? null),
    overbookReason: checked.overbookReason ?? null,
    source: ctx.signedIn.role === 'PATIENT' ? 'PATIENT' : 'STAFF',
    wanted: {
      clinicId: ctx.clinicId,
      doctorId: doctor.id,
      patientId: patient.id,
      timeZone: ctx.signedIn.timeZone,
      exceptAppointmentId: null,
      beginsNow: null,
      startsAt: request.startsAt,
      endsAt: new Date(request.startsAt.getTime() + minutes * minuteMs),
    },
  };
}

/** A patient asks for themselves and nobody else. */
function ownRecord(ctx: Ctx, named: string | null): string | null {
  const { patientId } = ctx.signedIn;
  if (named !== null && named !== patientId) throw notFound();
  return patientId;
}

async function make(tx: Transaction, plan: Plan, status: AppointmentStatus, action: string): Promise<Appointment> {
  const { clinicId, doctorId, patientId, startsAt, endsAt } = plan.wanted;
  const id = appointmentId.make(tx.now);
  const appointment = tx.em.create(AppointmentEntity, {
    id,
    clinicId,
    doctorId,
    patientId,
    serviceId: plan.service.id,
    status,
    source: plan.source,
    startsAt,
    endsAt,
    reason: plan.reason,
    note: null,
    overbookReason: plan.overbookReason,
    holdsSlot: plan.source !== 'WALK_IN' && holdsSlot(status, plan.overbookReason),
    confirmedByPatientAt: null,
    createdAt: tx.now,
    updatedAt: tx.now,
    version: 1,
  });
  await tx.em.flush();
  await takeIntoCare(tx, doctorId, patientId);
  recordStep(tx, appointment, {
    type: status === 'REQUESTED' ? 'REQUESTED' : 'APPROVED',
    from: null,
    note: null,
    action,
    because: plan.source === 'WALK_IN' ? 'WALK_IN' : undefined,
    changes: plan.overbookReason === null ? {} : { overbookReason: [null, plan.overbookReason] },
  });
  return appointment;
}
