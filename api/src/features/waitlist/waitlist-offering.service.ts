import { lockInOrder, type RecordedFact, type Transaction } from '../../platform/db/transaction.ts';
import { schedule, type Due } from '../../platform/due/due.ts';
import { merge, type Interval } from '../../platform/intervals.ts';
import { addDays, dayOf, eachDay, startOfDay } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import { doctorById } from '../accounts/index.ts';
import { clinicById } from '../clinics/index.ts';
import { patientById } from '../patients/index.ts';
import {
  blocksOf,
  busySpans,
  freeSlots,
  patientIsBusy,
  wallClockOf,
  type BlockRow,
  type WallClock,
} from '../schedules/index.ts';
import { serviceById, whoOffer } from '../services/index.ts';
import { lockedEntry, recordStep, withdrawOffer } from './waitlist-change.service.ts';
import { inOpenedTime, isHeld, offerEndsAt, suits, waitlistLifecycle, type DoctorsSlot } from './waitlist.domain.ts';
import { waitlistDue } from './waitlist.events.ts';
import { candidatesFor, partiesOfEntry, type CandidateRow } from './waitlist.queries.ts';
import { endOf, sendBack } from './waitlist.service.ts';

/** Longer time off that is taken back is looked at as far as this, days: what lies beyond can be booked by everybody. */
const daysLookedAt = 62;
const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Offers a doctor's time that has opened to those who wait: each slot that lies in it, or reaches into it, to the first
 * whom it suits and who is free. The doctor's lock makes everybody who books, moves or accepts there wait.
 *
 * Runs when a slot opens, by `waitlist.slot`; the cause says from when to when. Source: domain.md, Waitlist.
 */
export async function offerOpenedTime(ctx: Ctx, tx: Transaction, { subjectId, cause }: Due): Promise<void> {
  await lockInOrder(tx, [subjectId]);
  const time = await openedTime(ctx, tx, subjectId, readRange(cause));
  if (time === null) return;
  for (const candidate of await tx.rows(candidatesFor(ctx.clinicId, time))) {
    for (const slot of await slotsFor(ctx, time, candidate)) {
      if (await offer(ctx, tx, candidate, slot)) {
        time.busy = merge([...time.busy, slot]);
        break;
      }
    }
  }
}

/** Hours that a doctor works from now on may suit somebody who waits: all of the coming weeks is looked at as if it opened. */
export async function lookThroughCalendar(tx: Transaction, fact: RecordedFact): Promise<void> {
  const end = new Date(tx.now.getTime() + daysLookedAt * dayMs);
  const cause = `${tx.now.toISOString()}/${end.toISOString()}`;
  await schedule(tx, { kind: waitlistDue.slot, subjectId: fact.subjectId, cause, dueAt: tx.now });
}

interface OpenedTime {
  doctorId: string;
  opened: Interval;
  timeZone: string;
  at: WallClock;
  from: string;
  to: string;
  now: Date;
  blocks: readonly BlockRow[];
  /** Ascending and apart. */
  busy: readonly Interval[];
}

async function openedTime(ctx: Ctx, tx: Transaction, doctorId: string, range: Interval): Promise<OpenedTime | null> {
  const [clinic, doctor] = [await ctx.load(clinicById, ctx.clinicId), await ctx.load(doctorById, doctorId)];
  if (clinic === null || doctor === null || !doctor.active || range.endsAt <= tx.now) return null;
  const { timeZone } = clinic;
  const from = dayOf(range.startsAt < tx.now ? tx.now : range.startsAt, timeZone);
  const last = dayOf(new Date(range.endsAt.getTime() - 1), timeZone);
  const horizon = addDays(from, daysLookedAt - 1);
  const to = last < horizon ? last : horizon;
  const rows = await rowsOf(tx, { clinicId: ctx.clinicId, doctorId, timeZone, from, to });
  return { doctorId, opened: range, timeZone, at: wallClockOf(timeZone), from, to, now: tx.now, ...rows };
}

async function rowsOf(
  tx: Transaction,
  { clinicId, doctorId, timeZone, from, to }: Record<'clinicId' | 'doctorId' | 'timeZone' | 'from' | 'to', string>,
) {
  const blocks = await tx.rows(blocksOf(clinicId, [doctorId]));
  const days = [startOfDay(from, timeZone), startOfDay(addDays(to, 1), timeZone)] as const;
  return { blocks, busy: await tx.rows(busySpans([doctorId], days, null)) };
}

/** The free slots in the opened time that suit somebody, the best first. */
async function slotsFor(ctx: Ctx, time: OpenedTime, candidate: CandidateRow): Promise<DoctorsSlot[]> {
  const { doctorId, opened, timeZone, at, now, blocks, busy } = time;
  const service = await ctx.load(serviceById, candidate.serviceId);
  if (service === null || service.archivedAt !== null) return [];
  if ((await whoOffer(ctx, service.id, [doctorId])).length === 0) return [];
  const days = eachDay(time.from, time.to).filter((day) => candidate.earliest <= day && day <= candidate.latest);
  const { durationMinutes } = service;
  const free = days.flatMap((day) => freeSlots({ day, blocks, at, busy, durationMinutes, now }));
  return inOpenedTime(free, opened)
    .map((slot) => ({ doctorId, ...slot }))
    .filter((slot) => suits(candidate, slot, timeZone));
}

/** Offers a slot, unless the patient is not free for it, or no longer waits. */
async function offer(ctx: Ctx, tx: Transaction, candidate: CandidateRow, slot: DoctorsSlot): Promise<boolean> {
  if (await isBusy(tx, candidate.patientId, slot)) return false;
  await lockInOrder(tx, [candidate.patientId]);
  const patient = await ctx.load(patientById, candidate.patientId);
  const entry = await lockedEntry(tx, candidate.id);
  if (patient === null || patient.archivedAt !== null || entry === null || entry.status !== 'WAITING') return false;
  if (await isBusy(tx, candidate.patientId, slot)) return false;
  entry.status = waitlistLifecycle.move(entry.status, 'OFFER');
  entry.offerDoctorId = slot.doctorId;
  entry.offerStartsAt = slot.startsAt;
  entry.offerEndsAt = slot.endsAt;
  entry.offerExpiresAt = offerEndsAt(tx.now, slot);
  // The exclusion constraint speaks here, in the transaction that can still be tried again.
  await tx.em.flush();
  await schedule(tx, { kind: waitlistDue.offer, subjectId: entry.id, dueAt: entry.offerExpiresAt });
  await recordStep(tx, entry, { fact: 'OFFERED', from: 'WAITING', action: 'waitlist.offer' });
  return true;
}

async function isBusy(tx: Transaction, patientId: string, { startsAt, endsAt }: Interval): Promise<boolean> {
  const [patient] = await tx.rows(patientIsBusy(patientId, startsAt, endsAt, null));
  return patient?.isBusy === true;
}

/** From when to when, as the database writes it. */
function readRange(cause: string): Interval {
  const [from = '', to = ''] = cause.split('/');
  return { startsAt: new Date(from), endsAt: new Date(to) };
}

/** An offer's hold has run out: the entry waits again behind the others, and the slot goes to the next. */
export async function endOffer(ctx: Ctx, tx: Transaction, { subjectId }: Due): Promise<void> {
  const entry = await entryOf(ctx, tx, subjectId);
  if (entry === null || entry.status !== 'OFFERED' || isHeld(entry.offerExpiresAt ?? null, tx.now)) return;
  const clinic = await ctx.load(clinicById, ctx.clinicId);
  await sendBack(tx, entry, clinic?.timeZone ?? 'UTC', 'waitlist.expire');
}

/**
 * The last day of an entry has passed: it leaves. In a clinic that moved to another zone meanwhile the day may end later
 * than it was to.
 */
export async function endWaiting(ctx: Ctx, tx: Transaction, { subjectId }: Due): Promise<void> {
  const entry = await entryOf(ctx, tx, subjectId);
  const clinic = await ctx.load(clinicById, ctx.clinicId);
  if (entry === null || clinic === null || (entry.status !== 'WAITING' && entry.status !== 'OFFERED')) return;
  const end = endOf(entry.latest, clinic.timeZone);
  if (tx.now < end) {
    await schedule(tx, { kind: waitlistDue.lastDay, subjectId, cause: entry.latest, dueAt: end });
    return;
  }
  const from = entry.status;
  entry.status = waitlistLifecycle.move(from, 'RUN_OUT');
  await withdrawOffer(tx, entry);
  await recordStep(tx, entry, { fact: 'LEFT', from, action: 'waitlist.run-out' });
}

async function entryOf(ctx: Ctx, tx: Transaction, id: string) {
  const [parties] = await tx.rows(partiesOfEntry(ctx.clinicId, id));
  if (parties === undefined) return null;
  await lockInOrder(tx, [parties.patientId]);
  return lockedEntry(tx, id);
}
