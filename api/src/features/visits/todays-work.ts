import { addDays, dayOf, startOfDay } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import { queueOf, type QueueRows } from './queue.ts';
import { countsOfAppointments, countsOfVisits } from './todays-work.queries.ts';

export interface TodaysWorkRow {
  date: string;
  visitCount: number;
  waitingCount: number;
  activeConsultationCount: number;
  completedCount: number;
  upcomingAppointmentCount: number;
  pendingRequestCount: number;
  overdueCount: number;
  queue: QueueRows;
}

const daysAhead = 7;

/** A doctor's day in figures, by the clinic's clock and zone; null for whoever treats nobody. */
export async function todaysWorkOf(ctx: Ctx): Promise<TodaysWorkRow | null> {
  const { doctorId, timeZone } = ctx.signedIn;
  if (doctorId === null) return null;
  const now = ctx.clock.now();
  const date = dayOf(now, timeZone);
  const range = {
    now,
    today: startOfDay(date, timeZone),
    // The seven days after today, whole ones.
    from: startOfDay(addDays(date, 1), timeZone),
    to: startOfDay(addDays(date, daysAhead + 1), timeZone),
  };
  const [visits, appointments, queue] = await Promise.all([
    ctx.first(countsOfVisits(ctx.clinicId, doctorId, date)),
    ctx.first(countsOfAppointments(ctx.clinicId, doctorId, range)),
    queueOf(ctx, { doctorId, date: null }),
  ]);
  if (visits === null || appointments === null) throw new Error('Counting gave no row.');
  return { date, ...visits, ...appointments, queue };
}
