import { defineIdKind, instantOf } from '../../platform/ids.ts';
import { addDays, dayOf, startOfDay } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import { doctorById } from '../accounts/index.ts';
import { auditBeside } from '../audit/index.ts';
import { estimateWaitMinutes, isInQueue, type VisitStatus } from './visit.domain.ts';
import { pacesOf, visitsOfDay, type VisitRow } from './visit.queries.ts';
import { boardPlace } from './waiting-board.queries.ts';

/** One board: the time in its id is the end of the clinic's day that it shows. */
const boardId = defineIdKind('Board', 0xa2b);
const linkKind = 'board';
const minuteMs = 60_000;

/**
 * The address of the waiting room's screen: good until the clinic's day ends, whoever opens it, and without anybody signed
 * in. The token stands behind the #, which no server is sent: it is in no log.
 */
export async function openWaitingBoard(ctx: Ctx): Promise<string> {
  const { clinicId, userId, timeZone } = ctx.signedIn;
  const now = ctx.clock.now();
  const endsAt = startOfDay(addDays(dayOf(now, timeZone), 1), timeZone);
  const claims = { kind: linkKind, clinicId, subjectId: boardId.make(endsAt), askedBy: userId };
  const token = ctx.runtime.links.sign(claims, Math.ceil((endsAt.getTime() - now.getTime()) / minuteMs));
  await auditBeside(ctx, ctx, [{ action: 'board.open', subjectId: clinicId }]);
  return `${ctx.runtime.settings.publicUrl}/board#${token}`;
}

export interface BoardEntry {
  queueNumber: number;
  doctorName: string;
  status: VisitStatus;
  estimatedWaitMinutes: number | null;
}

export interface WaitingBoardRows {
  clinicName: string;
  date: string;
  timeZone: string;
  entries: BoardEntry[];
}

/**
 * What the waiting room may know: numbers, doctors, waits; nobody's name. Read by the app itself inside that one clinic,
 * so that whoever looks on plays no part.
 *
 * @returns null for a token that is forged, or whose day is over by the clinic's clock
 */
export async function waitingBoard(ctx: Ctx, token: string): Promise<WaitingBoardRows | null> {
  const claims = ctx.runtime.links.read(linkKind, token);
  if (claims === null) return null;
  const { clinicId } = claims;
  const place = await ctx.asSystem({ clinicId, clockOffsetMs: 0 }).first(boardPlace(clinicId));
  if (place === null) return null;
  const inside = ctx.asSystem({ clinicId, clockOffsetMs: place.clockOffsetMs });
  const now = inside.clock.now();
  if (instantOf(claims.subjectId) <= now) return null;
  const date = dayOf(now, place.timeZone);
  const visits = (await inside.rows(visitsOfDay(clinicId, date, null))).filter(isShown);
  const { timeZone } = place;
  return { clinicName: place.name, date, timeZone, entries: await entriesOf(inside, visits, { date, now }) };
}

/** Whoever was seen or has left is not waited for. */
const isShown = ({ status }: VisitRow): boolean => isInQueue(status) || status === 'IN_PROGRESS';

async function entriesOf(
  ctx: Ctx,
  visits: readonly VisitRow[],
  { date, now }: { date: string; now: Date },
): Promise<BoardEntry[]> {
  const doctorIds = [...new Set(visits.map(({ doctorId }) => doctorId))];
  const [paces, doctors] = await Promise.all([
    ctx.rows(pacesOf(doctorIds, date, now)),
    Promise.all(doctorIds.map((id) => ctx.load(doctorById, id))),
  ]);
  const ahead = new Map<string, number>();
  return visits.map(({ doctorId, queueNumber, status }) => {
    const pace = paces.find((each) => each.doctorId === doctorId);
    const place = ahead.get(doctorId) ?? 0;
    if (isInQueue(status)) ahead.set(doctorId, place + 1);
    return {
      queueNumber,
      status,
      doctorName: doctors.find((doctor) => doctor?.id === doctorId)?.name ?? '',
      estimatedWaitMinutes:
        isInQueue(status) && pace !== undefined ? estimateWaitMinutes({ ...pace, ahead: place }, now) : null,
    };
  });
}
