import type { Ctx } from '../../access/ctx.ts';
import { isUntouched } from './visit.domain.ts';
import { notesOf, visitOfAppointment } from './visit.queries.ts';

/** Whether the visit behind an appointment has only been opened: nobody has called the patient, seen them or written. */
export async function isCheckInUndoable(ctx: Ctx, appointmentId: string): Promise<boolean> {
  const visit = await ctx.load(visitOfAppointment, appointmentId);
  return visit !== null && isUntouched(visit, visit.status === 'WAITING' && (await notesOf(ctx, visit.id)));
}
