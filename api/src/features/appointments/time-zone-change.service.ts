import { sqlState } from '../../platform/db/pg-errors.ts';
import { badUserInput } from '../../platform/errors.ts';
import { dayOf, wallTimeOf } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import {
  zoneChangeCounts,
  zoneChangeExamples,
  type ZoneChangeCounts,
  type ZoneChangeExampleRow,
} from './time-zone-change.queries.ts';

export interface ZoneChangeExample {
  appointmentId: string;
  dayBefore: string;
  timeBefore: string;
  dayAfter: string;
  timeAfter: string;
  outsideHours: boolean;
}

export interface ZoneChange extends ZoneChangeCounts {
  from: string;
  to: string;
  examples: ZoneChangeExample[];
}

/**
 * Tells what another time zone would mean for what is to come: instants stay, working hours keep their wall-clock times.
 * Reads only, in two statements however many appointments there are.
 *
 * @throws RequestError BAD_USER_INPUT for a zone that the database does not know
 */
export async function previewTimeZone(ctx: Ctx, to: string): Promise<ZoneChange> {
  const from = ctx.signedIn.timeZone;
  const now = ctx.clock.now();
  const [counts, rows] = await refusingUnknownZone(() =>
    Promise.all([
      ctx.first(zoneChangeCounts(ctx.clinicId, now, from, to)),
      ctx.rows(zoneChangeExamples(ctx.clinicId, now, to)),
    ]),
  );
  return {
    from,
    to,
    ...(counts ?? { upcomingCount: 0, outsideHoursCount: 0, outsideHoursNowCount: 0 }),
    examples: rows.map((row) => exampleOf(row, from, to)),
  };
}

const exampleOf = (
  { appointmentId, startsAt, isOutsideHours }: ZoneChangeExampleRow,
  from: string,
  to: string,
): ZoneChangeExample => ({
  appointmentId,
  dayBefore: dayOf(startsAt, from),
  timeBefore: wallTimeOf(startsAt, from),
  dayAfter: dayOf(startsAt, to),
  timeAfter: wallTimeOf(startsAt, to),
  outsideHours: isOutsideHours,
});

const unknownZone = '22023';

/** The runtime and the database each have a list of zones of their own, and one may be newer. */
async function refusingUnknownZone<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (sqlState(error) !== unknownZone) throw error;
    throw badUserInput('Expected a TimeZone such as Asia/Manila.', ['timeZone']);
  }
}
