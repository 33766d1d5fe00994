import { dayOf } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import { estimateWaitMinutes } from './visit.domain.ts';
import { paceOfDoctor, visitsOfDay, type VisitRow } from './visit.queries.ts';

export interface QueueRows {
  date: string;
  /** Null for the whole clinic. */
  doctorId: string | null;
  waiting: VisitRow[];
  called: VisitRow[];
  inProgress: VisitRow[];
  completed: VisitRow[];
}

/** A day's queue as the caller sees it: the clinic's for the desk, a doctor's own, of a patient their own visit. */
export async function queueOf(
  ctx: Ctx,
  { doctorId, date }: { doctorId: string | null; date: string | null },
): Promise<QueueRows> {
  const { role, doctorId: own, timeZone } = ctx.signedIn;
  const day = date ?? dayOf(ctx.clock.now(), timeZone);
  const ofDoctor = role === 'DOCTOR' ? own : doctorId;
  // A doctor who names a colleague finds nothing.
  const isForeign = role === 'DOCTOR' && doctorId !== null && doctorId !== own;
  const visits = isForeign ? [] : await ctx.rows(visitsOfDay(ctx.clinicId, day, ofDoctor));
  const inState = (status: VisitRow['status']) => visits.filter((visit) => visit.status === status);
  return {
    date: day,
    doctorId: ofDoctor,
    waiting: inState('WAITING'),
    called: inState('CALLED'),
    inProgress: inState('IN_PROGRESS'),
    completed: inState('COMPLETED'),
  };
}

/** How long somebody waits who checks in now; of the whole clinic, with the doctor who would see them first. */
export async function waitOf(ctx: Ctx, queue: QueueRows): Promise<number | null> {
  const { doctorId } = queue;
  const doctors =
    doctorId === null
      ? [...new Set([...queue.waiting, ...queue.called, ...queue.inProgress].map((visit) => visit.doctorId))]
      : [doctorId];
  const waits = await Promise.all(
    doctors.map(async (id) => {
      const pace = await ctx.load(paceOfDoctor, id);
      return estimateWaitMinutes({ ...pace, ahead: pace.inQueue }, ctx.clock.now());
    }),
  );
  const known = waits.filter((minutes) => minutes !== null);
  return known.length === 0 ? null : Math.min(...known);
}
