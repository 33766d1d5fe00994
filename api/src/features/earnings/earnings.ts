import { badUserInput } from '../../platform/errors.ts';
import { addDays, daysBetween, startOfDay } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import { doctorById, doctorId } from '../accounts/index.ts';
import { earningsByDay, type EarningsDayRow, type EarningsRange } from './earnings.queries.ts';
import type { EarningsArgs } from './earnings.type.ts';

const longestDays = 400;

export interface EarningsRow {
  range: EarningsRange;
  /** Clinic days, both included. */
  days: { from: string; to: string };
  byDay: EarningsDayRow[];
  paidMinor: number;
  pendingMinor: number;
  refundedMinor: number;
  doctorShareMinor: number;
}

/**
 * A doctor's money over clinic days; null where there is no such doctor. Whoever is a doctor reads their own, whatever
 * they name; the owner who names nobody and treats reads their own, too.
 *
 * @throws RequestError BAD_USER_INPUT for days the wrong way round, or more than 400 of them
 */
export async function earningsOf(ctx: Ctx, args: EarningsArgs): Promise<EarningsRow | null> {
  const { role, doctorId: own, timeZone } = ctx.signedIn;
  const { from, to } = args;
  if (to < from) throw badUserInput('The last day is before the first.', ['to']);
  if (daysBetween(from, to) >= longestDays) throw badUserInput(`Ask for at most ${longestDays} days.`, ['to']);
  const named = args.doctorId == null ? null : doctorId.parse(args.doctorId, ['doctorId']);
  const of = role === 'DOCTOR' ? own : (named ?? own);
  // A doctor who names a colleague finds nothing, as everywhere.
  if (of === null || (named !== null && named !== of) || (await ctx.load(doctorById, of)) === null) return null;
  const range = {
    clinicId: ctx.clinicId,
    doctorId: of,
    from: startOfDay(from, timeZone),
    to: startOfDay(addDays(to, 1), timeZone),
    timeZone,
    status: args.status ?? null,
    method: args.method ?? null,
  };
  const byDay = await ctx.rows(earningsByDay(range));
  const sum = (amountOf: (day: EarningsDayRow) => number) => byDay.reduce((total, day) => total + amountOf(day), 0);
  return {
    range,
    days: { from, to },
    byDay,
    paidMinor: sum((day) => day.paidMinor),
    pendingMinor: sum((day) => day.pendingMinor),
    refundedMinor: sum((day) => day.refundedMinor),
    doctorShareMinor: sum((day) => day.doctorShareMinor),
  };
}
