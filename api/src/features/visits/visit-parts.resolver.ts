import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import type { Connection } from '../../platform/graphql/connection.ts';
import { PageArgs, pagingOf } from '../../platform/graphql/page-args.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { doctorById, doctorId } from '../accounts/index.ts';
import { Appointment, type AppointmentRow } from '../appointments/index.ts';
import { Patient, type PatientRow } from '../patients/index.ts';
import { addendaOfVisit, type AddendumRow, type ConsultationRow } from './consultation.queries.ts';
import { Addendum, Consultation } from './consultation.type.ts';
import { waitOf, type QueueRows } from './queue.ts';
import { visitOfAppointment, visitsOfPatient, type VisitRow } from './visit.queries.ts';
import { Queue, Visit, VisitConnection } from './visit.type.ts';

@Resolver(() => Queue)
export class QueueResolver {
  @FieldResolver(() => Int)
  estimatedWaitMinutes(@Root() queue: QueueRows, @Ctx() ctx: Context): Promise<number | null> {
    return waitOf(ctx, queue);
  }
}

@Resolver(() => Consultation)
export class ConsultationResolver {
  @FieldResolver()
  locked(@Root() notes: ConsultationRow): boolean {
    return notes.lockedAt !== null;
  }

  @FieldResolver()
  addenda(@Root() notes: ConsultationRow, @Ctx() ctx: Context): Promise<AddendumRow[]> {
    return ctx.load(addendaOfVisit, notes.visitId);
  }
}

@Resolver(() => Addendum)
export class AddendumResolver {
  @FieldResolver()
  // The treating doctor alone adds, and everybody in a clinic knows its doctors; members of the team a patient does not see.
  async author(@Root() addendum: AddendumRow, @Ctx() ctx: Context): Promise<{ id: string; name: string }> {
    const doctor = await ctx.load(doctorById, addendum.doctorId);
    return { id: addendum.authorUserId, name: doctor?.name ?? '' };
  }
}

@Resolver(() => Appointment)
export class AppointmentVisitResolver {
  @FieldResolver(() => Visit, { nullable: true, description: 'From the check-in on.' })
  visit(@Root() appointment: AppointmentRow, @Ctx() ctx: Context): Promise<VisitRow | null> {
    return ctx.load(visitOfAppointment, appointment.id);
  }
}

@ArgsType()
class VisitsArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'The visits with that doctor alone.' }) doctorId?: string | null;
}

@Resolver(() => Patient)
export class PatientVisitsResolver {
  @FieldResolver(() => VisitConnection, { nullable: true, description: 'Newest first: those the caller may see.' })
  visits(
    @Root() patient: PatientRow,
    @Ctx() ctx: Context,
    @Args(() => VisitsArgs) args: VisitsArgs,
  ): Promise<Connection<VisitRow>> {
    const ofDoctor = args.doctorId == null ? null : doctorId.parse(args.doctorId, ['doctorId']);
    return ctx.load(visitsOfPatient, { parentId: patient.id, args: pagingOf(args), filter: { doctorId: ofDoctor } });
  }
}
