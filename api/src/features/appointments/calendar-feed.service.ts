import { timingSafeEqual } from 'node:crypto';
import { inTransaction } from '../../platform/db/transaction.ts';
import { notFound } from '../../platform/errors.ts';
import { packId, unpackId } from '../../platform/ids.ts';
import type { Limit } from '../../platform/rate-limits.ts';
import { Ctx } from '../../access/ctx.ts';
import { membershipId } from '../accounts/index.ts';
import { clinicById } from '../clinics/index.ts';
import { calendarFile } from './calendar-file.ts';
import {
  calendarEntries,
  calendarKeyOf,
  calendarOwner,
  countUpCalendar,
  type CalendarKey,
  type CalendarOwner,
} from './calendar-feed.queries.ts';

const dayMs = 24 * 60 * 60 * 1_000;
const pastDays = 30;

/** A calendar program asks a few times an hour; wrong addresses are counted by where they come from. */
export const calendarLimits = {
  feed: { name: 'calendar', tries: 60, minutes: 15 },
  address: { name: 'calendar-address', tries: 60, minutes: 15 },
} as const satisfies Record<string, Limit>;

/** What the caller's own calendar is called on the web; null for whoever has no appointments of their own. */
export async function calendarUrl(ctx: Ctx): Promise<string | null> {
  const { clinicId, userId, doctorId, patientId } = ctx.signedIn;
  if (doctorId === null && patientId === null) return null;
  const key = await ctx.first(calendarKeyOf(clinicId, userId));
  return key === null ? null : `${ctx.runtime.settings.publicUrl}/calendar/${tokenOf(ctx, key)}.ics`;
}

/** Gives the caller's calendar another address; the old one leads nowhere from now on. */
export async function resetCalendarUrl(ctx: Ctx): Promise<void> {
  const { userId, clinicId } = ctx.signedIn;
  // Nobody may change their own membership: this one number the app changes for them.
  await inTransaction(ctx.asSystem(ctx.place, userId, ctx.actor), async (tx) => {
    const [key] = await tx.rows(countUpCalendar(clinicId, userId));
    if (key === undefined) throw notFound();
    tx.audit({ action: 'calendar.reset', subjectId: key.membershipId });
  });
}

/**
 * Whose it is, and a proof that only this installation can make. The address can be shown again although nothing but a
 * number is kept of it: see api/decisions.
 */
function tokenOf(ctx: Ctx, { membershipId: id, calendarVersion }: CalendarKey): string {
  const whose = packId(id).toString('base64url');
  return `${whose}${ctx.runtime.secrets.linkToken(`calendar ${id} ${calendarVersion}`)}`;
}

/**
 * Writes the calendar behind a secret address: the owner's own appointments, read as the owner.
 *
 * @returns null for an address that leads nowhere: wrong, reset, or of somebody who is no member any more
 * @throws RequestError RATE_LIMITED
 */
export async function calendarByToken(ctx: Ctx, token: string): Promise<string | null> {
  const { limits } = ctx.runtime;
  const from = ctx.caller.ipAddress ?? 'unknown';
  await limits.take(calendarLimits.address, from);
  const owner = await ownerOf(ctx, token);
  if (owner === null) return null;
  await limits.giveBack(calendarLimits.address, from);
  await limits.take(calendarLimits.feed, owner.membershipId);
  const own = asOwner(ctx, owner);
  const since = new Date(own.clock.now().getTime() - pastDays * dayMs);
  const [clinic, entries] = await Promise.all([
    own.load(clinicById, owner.clinicId),
    own.rows(calendarEntries(owner, since)),
  ]);
  if (clinic === null) return null;
  return calendarFile({ clinic, isDoctors: owner.doctorId !== null, entries });
}

/** 16 bytes and 32, each as text. */
const tokenForm = /^([\w-]{22})[\w-]{43}$/;

async function ownerOf(ctx: Ctx, token: string): Promise<CalendarOwner | null> {
  const whose = tokenForm.exec(token)?.[1];
  if (whose === undefined) return null;
  const id = unpackId(Buffer.from(whose, 'base64url'));
  if (!membershipId.is(id)) return null;
  const owner = await ctx.first(calendarOwner(id));
  if (owner === null) return null;
  const [given, right] = [Buffer.from(token), Buffer.from(tokenOf(ctx, owner))];
  return given.length === right.length && timingSafeEqual(given, right) ? owner : null;
}

/** Reads as that doctor or patient and as nobody else, whatever else they are in the clinic. */
function asOwner(ctx: Ctx, { clinicId, clockOffsetMs, userId, doctorId, patientId }: CalendarOwner): Ctx {
  const isDoctor = doctorId !== null;
  const tenant = {
    pool: isDoctor ? 'doctor' : 'patient',
    role: isDoctor ? 'DOCTOR' : 'PATIENT',
    clinicId,
    clockOffsetMs,
    userId,
    doctorId,
    patientId: isDoctor ? null : patientId,
  } as const;
  return new Ctx(ctx.runtime, ctx.caller, null, { tenant, actor: ctx.actor });
}
