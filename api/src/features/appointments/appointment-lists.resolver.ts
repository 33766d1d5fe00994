import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Connection } from '../../platform/graphql/connection.ts';
import { pagingOf } from '../../platform/graphql/page-args.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { Doctor, type DoctorRow } from '../accounts/index.ts';
import { Patient, type PatientRow } from '../patients/index.ts';
import { readFilter } from './appointment.filters.ts';
import { FilteredAppointmentsArgs } from './appointment.inputs.ts';
import { appointmentsOfDoctor, appointmentsOfPatient, type AppointmentRow } from './appointment.queries.ts';
import { AppointmentConnection } from './appointment.type.ts';

@Resolver(() => Doctor)
export class DoctorAppointmentsResolver {
  @FieldResolver(() => AppointmentConnection, { description: 'Those the caller may see, the latest start first.' })
  appointments(
    @Root() doctor: DoctorRow,
    @Ctx() ctx: Context,
    @Args(() => FilteredAppointmentsArgs) args: FilteredAppointmentsArgs,
  ): Promise<Connection<AppointmentRow>> {
    return ctx.load(appointmentsOfDoctor, {
      parentId: doctor.id,
      args: pagingOf(args),
      filter: readFilter(ctx, args.filter),
    });
  }
}

@Resolver(() => Patient)
export class PatientAppointmentsResolver {
  @FieldResolver(() => AppointmentConnection, {
    nullable: true,
    description: 'Those the caller may see, the latest start first.',
  })
  appointments(
    @Root() patient: PatientRow,
    @Ctx() ctx: Context,
    @Args(() => FilteredAppointmentsArgs) args: FilteredAppointmentsArgs,
  ): Promise<Connection<AppointmentRow>> {
    return ctx.load(appointmentsOfPatient, {
      parentId: patient.id,
      args: pagingOf(args),
      filter: readFilter(ctx, args.filter),
    });
  }
}
