import type { Query } from '../../platform/db/query-builder.ts';
import { badUserInput, DomainError, notFound, unauthenticated } from '../../platform/errors.ts';
import type { Interval } from '../../platform/intervals.ts';
import { addDays, dayOf, daysBetween, eachDay, startOfDay } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import { doctorById, doctorsOfClinic } from '../accounts/index.ts';
import { publicClinicBySlug } from '../clinics/index.ts';
import { serviceById, whoOffer } from '../services/index.ts';
import { blocksOf, busyRanges, busySpans, patientIsBusy, timesWithout, type BlockRow } from './schedule.queries.ts';
import { freeSlots, isInsideHours, nearest, wallClockOf } from './slot.domain.ts';

export interface Slot extends Interval {
  doctorId: string;
}

export interface SlotRequest {
  slug?: string | null;
  serviceId: string;
  doctorId: string | null;
  from: string;
  to: string;
  first: number;
}

const dayLimit = 62;
const slotLimit = 500;
const alternativeCount = 3;
const daysBefore = 7;
const daysAfter = 21;
const minuteMs = 60_000;

/**
 * Returns the free slots of every doctor who offers a service, in order of start: the caller's clinic's, or with a slug
 * anybody's. It says nothing about who has the others.
 *
 * @throws RequestError BAD_USER_INPUT for more than 62 days or 500 slots, NOT_FOUND for an unknown slug
 */
export async function availableSlots(ctx: Ctx, request: SlotRequest): Promise<Slot[]> {
  const place = await placeOf(ctx, request.slug ?? null);
  if (request.to < request.from) throw badUserInput('The last day comes before the first.', ['to']);
  if (daysBetween(request.from, request.to) >= dayLimit)
    throw badUserInput(`Ask for at most ${dayLimit} days.`, ['to']);
  if (request.first < 1 || request.first > slotLimit) throw badUserInput(`Ask for 1 to ${slotLimit} slots.`, ['first']);
  const [service, doctorIds] = await Promise.all([
    place.ctx.load(serviceById, request.serviceId),
    bookableDoctors(place.ctx, request.doctorId, request.serviceId),
  ]);
  if (service === null || service.archivedAt !== null) return [];
  const slots = await slotsOf(place.ctx, doctorIds, {
    from: request.from,
    to: request.to,
    timeZone: place.timeZone,
    durationMinutes: service.durationMinutes,
    limit: request.first,
    exceptAppointmentId: null,
  });
  return slots.slice(0, request.first);
}

async function placeOf(ctx: Ctx, slug: string | null): Promise<{ ctx: Ctx; timeZone: string }> {
  if (slug === null) {
    if (ctx.viewer === null) throw unauthenticated();
    return { ctx, timeZone: ctx.viewer.timeZone };
  }
  const clinic = await ctx.first(publicClinicBySlug(slug));
  if (clinic === null) throw notFound();
  const { id: clinicId, clockOffsetMs, timeZone } = clinic;
  return { ctx: ctx.asSystem({ clinicId, clockOffsetMs }), timeZone };
}

async function bookableDoctors(ctx: Ctx, named: string | null, serviceId: string): Promise<string[]> {
  if (named === null) {
    const doctors = await ctx.rows(doctorsOfClinic(ctx.clinicId, false));
    return whoOffer(
      ctx,
      serviceId,
      doctors.map((doctor) => doctor.id),
    );
  }
  const doctor = await ctx.load(doctorById, named);
  return doctor === null || !doctor.active ? [] : whoOffer(ctx, serviceId, [doctor.id]);
}

interface SlotSearch {
  from: string;
  to: string;
  timeZone: string;
  durationMinutes: number;
  /** Enough to stop looking. */
  limit: number;
  /** One that is to move: its own time is free for it. */
  exceptAppointmentId: string | null;
}

/** Looks at so many days at least at a time; after days without enough, at twice as many. */
const fewestDays = 7;

/** What a doctor has free on a usual day, or less: whoever wants many slots looks at many days from the start. */
const slotsADay = 4;

async function slotsOf(ctx: Ctx, doctorIds: readonly string[], search: SlotSearch): Promise<Slot[]> {
  const { to, timeZone, limit } = search;
  const today = dayOf(ctx.clock.now(), timeZone);
  let day = search.from < today ? today : search.from;
  if (doctorIds.length === 0 || to < day) return [];
  const blocks = Map.groupBy(await ctx.rows(blocksOf(ctx.clinicId, doctorIds)), (block) => block.doctorId);
  const working = doctorIds.map((id) => ({ id, blocks: blocks.get(id) ?? [] }));
  const found: Slot[] = [];
  let dayCount = Math.max(fewestDays, Math.ceil(limit / (slotsADay * doctorIds.length)));
  while (day <= to && found.length < limit) {
    const last = addDays(day, dayCount - 1);
    found.push(...(await slotsWithin(ctx, working, { ...search, from: day, to: last < to ? last : to })));
    day = addDays(last, 1);
    dayCount *= 2;
  }
  return found;
}

interface WorkingDoctor {
  id: string;
  blocks: readonly BlockRow[];
}

/** The free slots of some days, in order of start. */
async function slotsWithin(
  ctx: Ctx,
  doctors: readonly WorkingDoctor[],
  { from, to, timeZone, durationMinutes, limit, exceptAppointmentId }: SlotSearch,
): Promise<Slot[]> {
  const now = ctx.clock.now();
  const at = wallClockOf(timeZone);
  const spans = await ctx.rows(
    busySpans(
      doctors.map(({ id }) => id),
      [startOfDay(from, timeZone), startOfDay(addDays(to, 1), timeZone)],
      exceptAppointmentId,
    ),
  );
  const busy = Map.groupBy(spans, (span) => span.doctorId);
  const found: Slot[] = [];
  for (const day of eachDay(from, to)) {
    // Days follow each other in time: once there are enough, later ones need not be worked out.
    if (found.length >= limit) break;
    const ofDay = doctors.flatMap(({ id: doctorId, blocks }) =>
      freeSlots({ day, at, durationMinutes, now, blocks, busy: busy.get(doctorId) ?? [] }).map((slot) => ({
        doctorId,
        ...slot,
      })),
    );
    found.push(...ofDay.sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime()));
  }
  return found;
}

export interface Wanted extends Interval {
  clinicId: string;
  doctorId: string;
  patientId: string;
  timeZone: string;
  /** The appointment that moves or is approved: its own slot does not stand in its way. */
  exceptAppointmentId: string | null;
  /** When that begins as it is: no alternative to itself. */
  beginsNow: Date | null;
}

/** What reads rows: a request's reader, or a writing transaction. */
export interface RowSource {
  rows<Row>(query: Query<Row>): Promise<Row[]>;
}

/**
 * Refuses a time at which the doctor does not work.
 *
 * @throws DomainError OUTSIDE_SCHEDULE in the past, outside working hours, or in time off
 */
export async function assertWithinHours(source: RowSource, wanted: Wanted, now: Date): Promise<void> {
  if (wanted.startsAt <= now) throw outside('This time has passed. Choose a later one.');
  const blocks: BlockRow[] = await source.rows(blocksOf(wanted.clinicId, [wanted.doctorId]));
  if (!isInsideHours(wanted, blocks, wanted.timeZone))
    throw outside('The doctor does not work at this time. Choose another one.');
  const busy = await source.rows(busyRanges([wanted.doctorId], wanted.startsAt, wanted.endsAt));
  if (busy.some((range) => range.isTimeOff)) throw outside('The doctor is away at this time. Choose another one.');
}

const outside = (message: string) => new DomainError('OUTSIDE_SCHEDULE', message, ['startsAt']);

/**
 * Refuses a time that somebody else holds, for the doctor or for the patient. The exclusion constraints say the same
 * once more; this gives the kind words.
 *
 * @throws DomainError SLOT_TAKEN
 */
export async function assertFree(source: RowSource, wanted: Wanted): Promise<void> {
  const busy = await source.rows(busyRanges([wanted.doctorId], wanted.startsAt, wanted.endsAt));
  const isTaken = busy.some((range) => !range.isTimeOff && range.holderId !== wanted.exceptAppointmentId);
  if (isTaken) throw slotTaken();
  const [patient] = await source.rows(
    patientIsBusy(wanted.patientId, wanted.startsAt, wanted.endsAt, wanted.exceptAppointmentId),
  );
  if (patient?.isBusy === true) {
    throw new DomainError('SLOT_TAKEN', 'The patient has another appointment at this time. Choose another one.', [
      'startsAt',
    ]);
  }
}

export const slotTaken = () =>
  new DomainError('SLOT_TAKEN', 'This time was just booked. Choose another one.', ['startsAt']);

/** So many of the nearest are held against the patient's other appointments. */
const candidateCount = 30;

/** The three free slots that are closest to a time which could not be had, and at which the patient is free as well. */
export async function alternativesTo(ctx: Ctx, wanted: Wanted): Promise<Slot[]> {
  const { doctorId, patientId, startsAt, endsAt, timeZone, exceptAppointmentId, beginsNow } = wanted;
  const day = dayOf(startsAt, timeZone);
  const range = {
    from: addDays(day, -daysBefore),
    to: addDays(day, daysAfter),
    timeZone,
    durationMinutes: (endsAt.getTime() - startsAt.getTime()) / minuteMs,
    limit: slotLimit,
    exceptAppointmentId,
  };
  const slots = await slotsOf(ctx, [doctorId], range);
  const others = slots.filter((slot) => slot.startsAt.getTime() !== beginsNow?.getTime());
  const candidates = nearest(others, startsAt, candidateCount);
  if (candidates.length === 0) return [];
  const free = await ctx.rows(timesWithout(patientId, candidates, exceptAppointmentId));
  const starts = new Set(free.map((time) => time.startsAt.getTime()));
  return candidates
    .filter((slot) => starts.has(slot.startsAt.getTime()))
    .slice(0, alternativeCount)
    .map((slot) => ({ doctorId, ...slot }));
}
