import type { Ctx } from '../../access/ctx.ts';

/** Whether a check-in can still be taken back: visits know, and come later. Source: domain.md A8. */
export type CheckInUndoable = (ctx: Ctx, appointmentId: string) => Promise<boolean>;

let connected: CheckInUndoable | null = null;

/** Connects whoever knows the visits. */
export function connectCheckInUndo(undoable: CheckInUndoable): void {
  connected = undoable;
}

export function checkInUndoable(ctx: Ctx, appointmentId: string): Promise<boolean> {
  if (connected === null) throw new Error('Nobody is connected who knows the visits.');
  return connected(ctx, appointmentId);
}
