import { outcomeOf } from '../../platform/graphql/payload.ts';
import type { Ctx } from '../../access/ctx.ts';
import type { SlotRow } from '../schedules/index.ts';
import { appointmentById } from './appointment.queries.ts';
import type { AppointmentPayload } from './appointment.type.ts';

/** The answer is read anew after the commit; a conflict shows the appointment as it is now. */
export async function appointmentPayload(ctx: Ctx, run: () => Promise<string>): Promise<AppointmentPayload> {
  const { result, refusal } = await outcomeOf(run);
  ctx.forget();
  if (refusal === null) {
    return { appointment: await ctx.load(appointmentById, result), alternativeSlots: [], userErrors: [] };
  }
  const { appointmentId: conflicting, alternativeSlots } = refusal.details;
  return {
    appointment: typeof conflicting === 'string' ? await ctx.load(appointmentById, conflicting) : null,
    alternativeSlots: Array.isArray(alternativeSlots) ? (alternativeSlots satisfies SlotRow[]) : [],
    userErrors: refusal.userErrors,
  };
}
