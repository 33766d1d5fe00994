import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Ctx as Context } from '../../access/ctx.ts';
import { watch, type LiveItem, type Topic } from '../../access/watch.ts';
import { doctorId } from '../accounts/index.ts';
import { stepOfFact } from './appointment.events.ts';
import { appointmentById, type AppointmentRow } from './appointment.queries.ts';
import { Appointment, AppointmentUpdate } from './appointment.type.ts';

@ArgsType()
class AppointmentChangedArgs {
  @Field(() => ID, { nullable: true, description: "Of one doctor alone; a doctor's are their own in any case." })
  doctorId?: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last update that was received.' })
  after?: string | null;
}

/**
 * All of the clinic's for staff, a doctor's own, a patient's own; narrowed to one doctor if asked. What moves to another
 * doctor is news for both.
 */
const appointmentTopic =
  (ofDoctor: string | null): Topic =>
  ({ type, payload }, viewer) => {
    if (stepOfFact(type) === null) return false;
    const concerns = (doctor: string | null) =>
      doctor !== null && [payload['doctorId'], payload['previousDoctorId']].includes(doctor);
    if (ofDoctor !== null && !concerns(ofDoctor)) return false;
    if (viewer.role === 'PATIENT') return payload['patientId'] === viewer.patientId;
    return viewer.role !== 'DOCTOR' || concerns(viewer.doctorId);
  };

@Resolver(() => AppointmentUpdate)
export class AppointmentLiveResolver {
  @Subscription(() => AppointmentUpdate, {
    description:
      "Appointments the caller may see: all of the clinic's for the front desk, a doctor's own, a patient's own.",
    subscribe: ({ args, context }: { args: AppointmentChangedArgs; context: Context }) => {
      const ofDoctor = args.doctorId == null ? null : doctorId.parse(args.doctorId, ['doctorId']);
      return watch(context, appointmentTopic(ofDoctor), args.after);
    },
  })
  appointmentChanged(
    @Root() item: LiveItem,
    @Args(() => AppointmentChangedArgs) _args: AppointmentChangedArgs,
  ): LiveItem {
    return item;
  }

  @FieldResolver()
  type(@Root() item: LiveItem): string | null {
    return item.event === null ? null : stepOfFact(item.event.type);
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: 'Its id; null with resync. Alone for a doctor whose appointment was moved to another doctor.',
  })
  appointmentId(@Root() item: LiveItem): string | null {
    return item.event?.subjectId ?? null;
  }

  @FieldResolver(() => Appointment, { nullable: true })
  appointment(@Root() item: LiveItem, @Ctx() ctx: Context): Promise<AppointmentRow | null> | null {
    return item.event === null ? null : ctx.load(appointmentById, item.event.subjectId);
  }
}
