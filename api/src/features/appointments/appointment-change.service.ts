import { LockMode, type InferEntity } from '@mikro-orm/postgresql';
import { violatedConstraint } from '../../platform/db/pg-errors.ts';
import { inTransaction, lockInOrder, Overtaken, type Transaction } from '../../platform/db/transaction.ts';
import { DomainError, notFound } from '../../platform/errors.ts';
import { sinceWords } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import { rolesOf } from '../../access/viewer.ts';
import { clinicById, type ClinicRow } from '../clinics/index.ts';
import { alternativesTo, slotTaken, type Wanted } from '../schedules/index.ts';
import type { Circumstances } from './appointment.domain.ts';
import { AppointmentEntity } from './appointment.entity.ts';
import { lastStepOf, partiesOf } from './appointment.queries.ts';

export type Appointment = InferEntity<typeof AppointmentEntity>;

/** The caller's clinic with its settings. */
export async function ownClinic(ctx: Ctx): Promise<ClinicRow> {
  const clinic = await ctx.load(clinicById, ctx.clinicId);
  if (clinic === null) throw notFound();
  return clinic;
}

export function circumstancesOf(ctx: Ctx, clinic: ClinicRow): Circumstances {
  const { requestPolicy, selfServiceCutoffHours } = clinic;
  const { timeZone } = ctx.signedIn;
  return { roles: rolesOf(ctx.signedIn), requestPolicy, selfServiceCutoffHours, now: ctx.clock.now(), timeZone };
}

export interface ChangeTarget {
  id: string;
  version: number | null;
  /** Whose day it may move into: locked together with the doctor whose it is. */
  otherDoctorId?: string | null;
}

/**
 * Opens a transaction on one appointment, locked after its doctors and its patient, so that whatever is decided on it is
 * decided on its latest state.
 *
 * @throws RequestError NOT_FOUND when it is not there or not the caller's; DomainError CONFLICT when the caller read an
 *   older version
 */
export async function changeAppointment<Result>(
  ctx: Ctx,
  target: ChangeTarget,
  change: (tx: Transaction, appointment: Appointment) => Promise<Result>,
): Promise<Result> {
  return inTransaction(ctx, async (tx) => {
    const [parties] = await tx.rows(partiesOf(ctx.clinicId, target.id));
    if (parties === undefined) throw notFound();
    // Two doctors in the order of their ids, like everybody who locks more than one.
    const doctors = new Set([parties.doctorId, target.otherDoctorId ?? parties.doctorId]);
    await lockInOrder(tx, [...[...doctors].sort(), parties.patientId]);
    const appointment = await tx.em.findOne(
      AppointmentEntity,
      { id: target.id, clinicId: ctx.clinicId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (appointment === null) throw notFound();
    if (target.version !== null && target.version !== appointment.version)
      throw await changedSince(ctx, tx, appointment);
    if (appointment.doctorId !== parties.doctorId || appointment.patientId !== parties.patientId) throw new Overtaken();
    return change(tx, appointment);
  });
}

async function changedSince(ctx: Ctx, tx: Transaction, { id, clinicId, updatedAt }: Appointment): Promise<DomainError> {
  const [step] = await tx.rows(lastStepOf(clinicId, id));
  const when = sinceWords(step?.at ?? updatedAt, tx.now, ctx.signedIn.timeZone);
  return new DomainError(
    'CONFLICT',
    `${step?.actorName ?? 'Somebody'} changed this appointment ${when}. Look at it as it is now, then try again.`,
    null,
    { appointmentId: id },
  );
}

/** Marks a row as changed: its version is what a client hands back to prove that it has seen the latest. */
export function touch(tx: Transaction, appointment: Appointment): void {
  appointment.updatedAt = tx.now;
  appointment.version += 1;
}

const overlapConstraints = ['held_time_doctor_overlap', 'held_time_patient_overlap'];

/**
 * Runs what may lose a race for a slot. The loser is told so in kind words, whichever guard caught it, and gets the
 * nearest free slots; they are looked up after the locks are gone.
 */
export async function offeringAlternatives<Result>(
  ctx: Ctx,
  run: (remember: (wanted: Wanted) => void) => Promise<Result>,
): Promise<Result> {
  let lost: Wanted | null = null;
  const remember = (wanted: Wanted) => {
    lost = wanted;
  };
  try {
    return await run(remember);
  } catch (error) {
    const refusal = overlapConstraints.includes(violatedConstraint(error) ?? '') ? slotTaken() : error;
    const isAboutSlots = refusal instanceof DomainError && ['SLOT_TAKEN', 'OUTSIDE_SCHEDULE'].includes(refusal.code);
    if (!isAboutSlots || lost === null) throw refusal;
    throw new DomainError(refusal.code, refusal.message, refusal.field, {
      ...refusal.details,
      alternativeSlots: await alternativesTo(ctx, lost),
    });
  }
}
