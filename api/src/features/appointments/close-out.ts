import type { Ctx, Loader } from '../../access/ctx.ts';
import type { Condition } from '../../platform/db/query-builder.ts';
import { appointmentLifecycle, type AppointmentStatus } from './appointment.domain.ts';

/** What later features know of the end of a treatment: the visit is over, and nothing is owed where that matters. */
export interface CloseOut {
  /** Whether A11 is possible now, of appointments that are CHECKED_IN. */
  isReady: Loader<string, boolean>;
  /** The same as a condition on the table appointment. */
  condition: Condition;
}

let connected: CloseOut | null = null;

/** Connected in app/: visits and bills come after appointments. */
export function connectCloseOut(closeOut: CloseOut): void {
  connected = closeOut;
}

export function readyToClose(): Condition {
  if (connected === null) throw new Error('Nobody knows when a treatment may be closed.');
  return connected.condition;
}

/** Whether the caller may close this treatment now: their own, seen, and settled as the clinic wants it. Source: A11. */
export async function mayClose(
  ctx: Ctx,
  { id, status, doctorId }: { id: string; status: AppointmentStatus; doctorId: string },
): Promise<boolean> {
  const isOwn = ctx.signedIn.doctorId === doctorId;
  const isPossible = appointmentLifecycle.allowedActions(status, ['DOCTOR']).includes('MARK_TREATED');
  return isOwn && isPossible && connected !== null && (await ctx.load(connected.isReady, id));
}
