import { z } from 'zod';
import { inTransaction, lockInOrder, type Transaction } from '../../platform/db/transaction.ts';
import { violatedConstraint } from '../../platform/db/pg-errors.ts';
import { schedule } from '../../platform/due/due.ts';
import { DomainError, notFound } from '../../platform/errors.ts';
import { checkInput } from '../../platform/input.ts';
import { addDays, dayOf, daysBetween, startOfDay } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import { doctorById } from '../accounts/index.ts';
import { assertRecordOpen, patientById } from '../patients/index.ts';
import { serviceById, whoOffer } from '../services/index.ts';
import { lockedEntry, offeredSlot, recordStep, withdrawOffer, type WaitlistEntry } from './waitlist-change.service.ts';
import { afterOffer, isHeld, offerGone, waitlistLifecycle, withPassed } from './waitlist.domain.ts';
import { WaitlistEntryEntity } from './waitlist.entity.ts';
import { waitlistDue, waitlistEntryId } from './waitlist.events.ts';
import { liveEntries, liveEntryCount, partiesOfEntry, placesOnWaitlist, type WaitlistRow } from './waitlist.queries.ts';

/** How far ahead somebody may wait, days. */
const longestWait = 366;
/** How many places one person may have at once. */
const placesOfPatient = 20;

/** Ids are checked by now. */
export interface WaitlistWish {
  patientId: string;
  doctorId: string | null;
  serviceId: string;
  earliest: string;
  latest: string;
}

/** The clinic's queue for staff, a patient's own places for a patient; those who wait or have an offer. */
export function waitlistOf(ctx: Ctx, doctorId: string | null): Promise<WaitlistRow[]> {
  return ctx.rows(liveEntries(ctx.clinicId, doctorId));
}

/**
 * Lets a patient wait for a slot between two clinic days, both included: with one doctor, or with any who offers the
 * service.
 *
 * @throws DomainError INVALID_INPUT for days that have passed or do not fit, a doctor or service that cannot be booked;
 *   ALREADY_EXISTS for somebody who waits for the same already. Source: domain.md, Waitlist.
 */
export async function joinWaitlist(ctx: Ctx, wish: WaitlistWish): Promise<string> {
  const { timeZone, role, patientId: own } = ctx.signedIn;
  if (role === 'PATIENT' && wish.patientId !== own) throw notFound();
  checkInput(daysFrom(dayOf(ctx.clock.now(), timeZone)), wish);
  await assertBookable(ctx, wish);
  const places = await ctx.first(liveEntryCount(ctx.clinicId));
  if ((places?.count ?? 0) >= (role === 'PATIENT' ? placesOfPatient : placesOnWaitlist))
    throw new DomainError(
      'INVALID_INPUT',
      'The waitlist is full. Remove somebody who no longer waits, then try again.',
    );
  try {
    return await inTransaction(ctx, (tx) => addEntry(tx, ctx.clinicId, wish, timeZone));
  } catch (error) {
    if (violatedConstraint(error) !== 'waitlist_once') throw error;
    throw new DomainError('ALREADY_EXISTS', 'This patient waits for the same already. Look at the waitlist.');
  }
}

async function addEntry(tx: Transaction, clinicId: string, wish: WaitlistWish, timeZone: string): Promise<string> {
  await lockInOrder(tx, [wish.patientId]);
  await assertRecordOpen(tx, clinicId, wish.patientId);
  const entry = tx.em.create(WaitlistEntryEntity, {
    ...wish,
    id: waitlistEntryId.make(tx.now),
    clinicId,
    status: waitlistLifecycle.create('JOIN'),
    waitingSince: tx.now,
    offerDoctorId: null,
    offerStartsAt: null,
    offerEndsAt: null,
    offerExpiresAt: null,
    passedOffers: [],
    appointmentId: null,
    createdAt: tx.now,
    updatedAt: tx.now,
  });
  await tx.em.flush();
  await schedule(tx, { kind: waitlistDue.lastDay, subjectId: entry.id, dueAt: endOf(wish.latest, timeZone) });
  await recordStep(tx, entry, { fact: 'JOINED', from: null, action: 'waitlist.join' });
  return entry.id;
}

/** The first instant after a clinic day. */
export const endOf = (day: string, timeZone: string): Date => startOfDay(addDays(day, 1), timeZone);

const daysFrom = (today: string) =>
  z.object({ earliest: z.string(), latest: z.string() }).superRefine(({ earliest, latest }, check) => {
    const refuse = (message: string, field: string) => check.addIssue({ code: 'custom', message, path: [field] });
    if (latest < today) refuse('Choose a last day that has not passed.', 'latest');
    else if (latest < earliest) refuse('Choose a last day that does not come before the first.', 'latest');
    else if (daysBetween(today, latest) > longestWait) refuse('Choose a last day within a year from now.', 'latest');
  });

async function assertBookable(ctx: Ctx, { patientId, doctorId, serviceId }: WaitlistWish): Promise<void> {
  const [patient, service, doctor] = await Promise.all([
    ctx.load(patientById, patientId),
    ctx.load(serviceById, serviceId),
    doctorId === null ? null : ctx.load(doctorById, doctorId),
  ]);
  if (patient === null || service === null || (doctorId !== null && doctor === null)) throw notFound();
  if (service.archivedAt !== null)
    throw new DomainError('INVALID_INPUT', `The clinic no longer offers ${service.name}. Choose another service.`, [
      'serviceId',
    ]);
  if (doctor === null) return;
  if (!doctor.active)
    throw new DomainError('INVALID_INPUT', 'This doctor cannot be booked now. Choose another one.', ['doctorId']);
  if ((await whoOffer(ctx, serviceId, [doctor.id])).length === 0)
    throw new DomainError('INVALID_INPUT', 'This doctor does not offer this service. Choose another one.', [
      'serviceId',
    ]);
}

/**
 * WAITING or OFFERED → LEFT; a slot that was on offer goes to the next.
 *
 * @throws DomainError INVALID_TRANSITION for somebody who has left or was booked
 */
export function leaveWaitlist(ctx: Ctx, id: string): Promise<string> {
  return changeEntry(ctx, id, async (tx, entry) => {
    const from = entry.status;
    entry.status = waitlistLifecycle.move(from, 'LEAVE');
    await withdrawOffer(tx, entry);
    await recordStep(tx, entry, { fact: 'LEFT', from, action: 'waitlist.leave' });
  });
}

/**
 * OFFERED → WAITING, behind the others; the slot goes to the next.
 *
 * @throws DomainError OFFER_GONE without an offer that is still held
 */
export function declineWaitlistOffer(ctx: Ctx, id: string): Promise<string> {
  const { timeZone } = ctx.signedIn;
  return changeEntry(ctx, id, async (tx, entry) => {
    if (entry.status !== 'OFFERED' || !isHeld(entry.offerExpiresAt ?? null, tx.now)) throw offerGone();
    await sendBack(tx, entry, timeZone, 'waitlist.decline');
  });
}

/** An offer was not taken: the entry waits behind the others, or has come to its end with its last day. */
export async function sendBack(tx: Transaction, entry: WaitlistEntry, timeZone: string, action: string): Promise<void> {
  const slot = offeredSlot(entry);
  if (slot === null) throw new Error('An offer that is not there cannot be given back.');
  entry.status = afterOffer(entry.latest, tx.now, timeZone);
  entry.waitingSince = tx.now;
  entry.passedOffers = withPassed(entry.passedOffers, slot, tx.now);
  await withdrawOffer(tx, entry);
  await recordStep(tx, entry, { fact: entry.status === 'LEFT' ? 'LEFT' : 'BACK', from: 'OFFERED', action });
}

function changeEntry(
  ctx: Ctx,
  id: string,
  change: (tx: Transaction, entry: WaitlistEntry) => Promise<void>,
): Promise<string> {
  return inTransaction(ctx, async (tx) => {
    const [parties] = await tx.rows(partiesOfEntry(ctx.clinicId, id));
    if (parties === undefined) throw notFound();
    await lockInOrder(tx, [parties.patientId]);
    const entry = await lockedEntry(tx, id);
    if (entry === null) throw notFound();
    await change(tx, entry);
    return id;
  });
}
