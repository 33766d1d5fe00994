import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Ctx as Context } from '../../access/ctx.ts';
import { TimeOffPayload, type TimeOffRow } from '../schedules/index.ts';
import { affectedAppointments, affectedCount } from './affected-appointments.queries.ts';
import { appointmentById, type AppointmentRow } from './appointment.queries.ts';
import { Appointment } from './appointment.type.ts';

/** What was added or removed; nothing after a refusal. */
interface Answer {
  timeOff?: TimeOffRow | null;
  isRemoved?: boolean;
}

/** Nothing falls into what was removed. */
const absenceOf = ({ timeOff = null, isRemoved }: Answer): TimeOffRow | null => (isRemoved === true ? null : timeOff);

@Resolver(() => TimeOffPayload)
export class AffectedAppointmentsResolver {
  @FieldResolver(() => [Appointment], {
    description:
      'Appointments to come that fall into it, asked for or booked: they need a new time; none after a removal. The first hundred, the soonest first; affectedCount says how many there are, and appointments(filter: { from, to }) has the others.',
  })
  async affectedAppointments(@Root() answer: Answer, @Ctx() ctx: Context): Promise<(AppointmentRow | null)[]> {
    const absence = absenceOf(answer);
    if (absence === null) return [];
    const rows = await ctx.rows(affectedAppointments(ctx, absence));
    return Promise.all(rows.map(({ id }) => ctx.load(appointmentById, id)));
  }

  @FieldResolver(() => Int, { description: 'How many appointments to come fall into it.' })
  async affectedCount(@Root() answer: Answer, @Ctx() ctx: Context): Promise<number> {
    const absence = absenceOf(answer);
    return absence === null ? 0 : ((await ctx.first(affectedCount(ctx, absence)))?.count ?? 0);
  }
}
