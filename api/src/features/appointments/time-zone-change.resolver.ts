import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { TimeZoneScalar } from '../../platform/graphql/scalars.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { appointmentById, type AppointmentRow } from './appointment.queries.ts';
import { previewTimeZone, type ZoneChange, type ZoneChangeExample } from './time-zone-change.service.ts';
import { TimeZoneChange, TimeZoneChangeExample } from './time-zone-change.type.ts';

@Resolver(() => TimeZoneChangeExample)
export class TimeZoneChangeResolver {
  @Query(() => TimeZoneChange, {
    nullable: true,
    description: 'What another time zone would mean for the clinic, before updateClinic takes it. Changes nothing.',
  })
  timeZoneChange(@Ctx() ctx: Context, @Arg('timeZone', () => TimeZoneScalar) timeZone: string): Promise<ZoneChange> {
    return previewTimeZone(ctx, timeZone);
  }

  @FieldResolver()
  appointment(@Root() example: ZoneChangeExample, @Ctx() ctx: Context): Promise<AppointmentRow | null> {
    return ctx.load(appointmentById, example.appointmentId);
  }
}
