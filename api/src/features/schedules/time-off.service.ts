import { z } from 'zod';
import { inTransaction, lockInOrder, type Transaction } from '../../platform/db/transaction.ts';
import { forbidden, notFound } from '../../platform/errors.ts';
import { checkInput } from '../../platform/input.ts';
import type { Ctx } from '../../access/ctx.ts';
import { doctorById, doctorsOfClinic } from '../accounts/index.ts';
import { TimeOffEntity } from './schedule.entity.ts';
import { scheduleFacts } from './schedule.events.ts';
import { timeOffById, type TimeOffRow } from './schedule.queries.ts';
import { timeOffId } from './schedule.service.ts';

const dayMs = 24 * 60 * 60 * 1_000;
const longestDays = 366;

const rulesAt = (now: Date) =>
  z
    .object({
      startsAt: z.date(),
      endsAt: z.date(),
      reason: z.string().trim().max(300, 'Use at most 300 characters for the reason.').nullish(),
    })
    .superRefine(({ startsAt, endsAt }, check) => {
      const wrong = (message: string) => check.addIssue({ code: 'custom', path: ['endsAt'], message });
      if (endsAt <= startsAt) wrong('The end must come after the start.');
      else if (endsAt <= now) wrong('This time has passed. Choose a later end.');
      else if (endsAt.getTime() - startsAt.getTime() > longestDays * dayMs)
        wrong(`Enter at most ${longestDays} days at a time.`);
    });

export interface TimeOffRequest {
  /** The whole clinic when null. */
  doctorId: string | null;
  startsAt: Date;
  endsAt: Date;
  reason?: string | null;
}

/**
 * Takes a doctor, or the whole clinic, out of the calendar for a while. What is booked stays where it is: whoever asks is
 * shown what falls into it. Under the doctors' locks, so that no booking slips in between. Asked for twice, it is there
 * once.
 *
 * @throws RequestError FORBIDDEN for a doctor who closes the clinic, NOT_FOUND for a doctor who is not the caller's to
 *   keep; InputRefused. Source: domain.md, addTimeOff: doctor (own); admin, owner.
 */
export async function addTimeOff(ctx: Ctx, request: TimeOffRequest): Promise<string> {
  const ofDoctor = request.doctorId;
  if (ofDoctor === null && ctx.signedIn.role === 'DOCTOR') throw forbidden('close the whole clinic');
  if (ofDoctor !== null && (!isTheirs(ctx, ofDoctor) || (await ctx.load(doctorById, ofDoctor)) === null))
    throw notFound();
  const { startsAt, endsAt, reason } = checkInput(rulesAt(ctx.clock.now()), request);
  return inTransaction(ctx, async (tx) => {
    await lockCalendars(tx, ctx.clinicId, ofDoctor);
    const place = { clinicId: ctx.clinicId, doctorId: ofDoctor, startsAt, endsAt };
    const known = await tx.em.findOne(TimeOffEntity, place);
    if (known !== null) {
      tx.audit({ action: 'time_off.add', subjectId: known.id, changes: {} });
      return known.id;
    }
    const id = timeOffId.make(tx.now);
    tx.em.create(TimeOffEntity, {
      id,
      ...place,
      reason: reason == null || reason === '' ? null : reason,
      createdAt: tx.now,
    });
    note(tx, 'TIME_OFF_ADDED', { id, doctorId: ofDoctor, startsAt, endsAt });
    return id;
  });
}

/**
 * Opens the calendar again.
 *
 * @returns the time off as it was
 * @throws RequestError NOT_FOUND when it is gone, or not the caller's to remove
 */
export async function removeTimeOff(ctx: Ctx, id: string): Promise<TimeOffRow> {
  const known = await ctx.load(timeOffById, id);
  if (known === null || !isTheirs(ctx, known.doctorId)) throw notFound();
  return inTransaction(ctx, async (tx) => {
    await lockCalendars(tx, ctx.clinicId, known.doctorId);
    const removed = await tx.em.nativeDelete(TimeOffEntity, { id, clinicId: ctx.clinicId });
    if (removed === 0) throw notFound();
    note(tx, 'TIME_OFF_REMOVED', known);
    return known;
  });
}

/** A doctor keeps their own calendar, management everybody's and the clinic's. */
const isTheirs = ({ signedIn }: Ctx, ofDoctor: string | null): boolean =>
  signedIn.role !== 'DOCTOR' || signedIn.doctorId === ofDoctor;

/** For the whole clinic every doctor's, in the order of their ids, like everybody who locks more than one. */
async function lockCalendars(tx: Transaction, clinicId: string, ofDoctor: string | null): Promise<void> {
  if (ofDoctor !== null) return lockInOrder(tx, [ofDoctor]);
  const doctors = await tx.rows(doctorsOfClinic(clinicId, true));
  return lockInOrder(tx, doctors.map(({ id }) => id).sort());
}

function note(
  tx: Transaction,
  type: keyof typeof scheduleFacts,
  { id, doctorId, startsAt, endsAt }: Pick<TimeOffRow, 'id' | 'doctorId' | 'startsAt' | 'endsAt'>,
): void {
  const changes = { doctorId, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
  tx.audit({ action: type === 'TIME_OFF_ADDED' ? 'time_off.add' : 'time_off.remove', subjectId: id, changes });
  tx.record({ type: scheduleFacts[type], subjectId: id, payload: { doctorId } });
}
