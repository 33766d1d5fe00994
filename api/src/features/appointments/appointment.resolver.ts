import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Connection } from '../../platform/graphql/connection.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { doctorById, doctorId, type DoctorRow } from '../accounts/index.ts';
import { clinicById, type ClinicRow } from '../clinics/index.ts';
import { patientById, patientId, type PatientRow } from '../patients/index.ts';
import { serviceById, serviceId, type ServiceRow } from '../services/index.ts';
import { circumstancesOf, ownClinic } from './appointment-change.service.ts';
import { appointmentPayload } from './appointment-payload.ts';
import { checkInUndoable } from './check-in-undo.ts';
import {
  approveAppointment,
  cancelAppointment,
  markNoShow,
  rejectAppointment,
  type StepRequest,
} from './appointment-deciding.service.ts';
import { appointmentId, bookAppointment, requestAppointment } from './appointment-making.service.ts';
import { rescheduleAppointment } from './appointment-moving.service.ts';
import { allowedSteps } from './appointment.domain.ts';
import { mayClose } from './close-out.ts';
import { isArchived, isOverdue } from './appointment-time.domain.ts';
import { readFilter } from './appointment.filters.ts';
import {
  AppointmentActionInput,
  AppointmentsArgs,
  BookAppointmentInput,
  CancelAppointmentInput,
  RejectAppointmentInput,
  RequestAppointmentInput,
  RescheduleAppointmentInput,
} from './appointment.inputs.ts';
import {
  appointmentById,
  listAppointments,
  newestFirst,
  timelineOf,
  type AppointmentRow,
  type TimelineRow,
} from './appointment.queries.ts';
import { Appointment, AppointmentConnection, AppointmentPayload } from './appointment.type.ts';

@Resolver(() => Appointment)
export class AppointmentResolver {
  @Query(() => Appointment, { nullable: true })
  appointment(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<AppointmentRow | null> {
    return ctx.load(appointmentById, appointmentId.parse(id, ['id']));
  }

  @Query(() => AppointmentConnection, {
    nullable: true,
    description:
      'Those the caller may see: all of the clinic for staff, a doctor’s own, a patient’s own. Latest start first unless ordered.',
  })
  appointments(
    @Ctx() ctx: Context,
    @Args(() => AppointmentsArgs) args: AppointmentsArgs,
  ): Promise<Connection<AppointmentRow>> {
    return listAppointments(ctx, args, readFilter(ctx, args.filter), args.orderBy ?? newestFirst);
  }

  @FieldResolver()
  overdue(@Root() appointment: AppointmentRow, @Ctx() ctx: Context): boolean {
    return isOverdue(appointment, ctx.clock.now(), ctx.signedIn.timeZone);
  }

  @FieldResolver()
  archived(@Root() appointment: AppointmentRow, @Ctx() ctx: Context): boolean {
    return isArchived(appointment, ctx.clock.now(), ctx.signedIn.timeZone);
  }

  @FieldResolver()
  async allowedActions(@Root() appointment: AppointmentRow, @Ctx() ctx: Context): Promise<string[]> {
    const circumstances = circumstancesOf(ctx, await ownClinic(ctx));
    const isUndoable = appointment.status === 'CHECKED_IN' && (await checkInUndoable(ctx, appointment.id));
    const steps = allowedSteps(appointment, circumstances, isUndoable);
    return (await mayClose(ctx, appointment)) ? [...steps, 'MARK_TREATED'] : steps;
  }

  @FieldResolver()
  clinic(@Root() appointment: AppointmentRow, @Ctx() ctx: Context): Promise<ClinicRow | null> {
    return ctx.load(clinicById, appointment.clinicId);
  }

  @FieldResolver()
  doctor(@Root() appointment: AppointmentRow, @Ctx() ctx: Context): Promise<DoctorRow | null> {
    return ctx.load(doctorById, appointment.doctorId);
  }

  @FieldResolver()
  patient(@Root() appointment: AppointmentRow, @Ctx() ctx: Context): Promise<PatientRow | null> {
    return ctx.load(patientById, appointment.patientId);
  }

  @FieldResolver()
  service(@Root() appointment: AppointmentRow, @Ctx() ctx: Context): Promise<ServiceRow | null> {
    return ctx.load(serviceById, appointment.serviceId);
  }

  @FieldResolver()
  timeline(@Root() appointment: AppointmentRow, @Ctx() ctx: Context): Promise<TimelineRow[]> {
    return ctx.load(timelineOf, appointment.id);
  }

  @Mutation(() => AppointmentPayload, { nullable: true, description: 'A patient asks for a slot: REQUESTED.' })
  requestAppointment(@Ctx() ctx: Context, @Arg('input', () => RequestAppointmentInput) input: RequestAppointmentInput) {
    const request = {
      ...input,
      ...parties(input),
      patientId: input.patientId == null ? null : patientId.parse(input.patientId, ['input', 'patientId']),
    };
    return appointmentPayload(ctx, () => requestAppointment(ctx, request));
  }

  @Mutation(() => AppointmentPayload, { nullable: true, description: 'Staff book for a patient: APPROVED at once.' })
  bookAppointment(@Ctx() ctx: Context, @Arg('input', () => BookAppointmentInput) input: BookAppointmentInput) {
    const request = {
      ...input,
      ...parties(input),
      patientId: patientId.parse(input.patientId, ['input', 'patientId']),
    };
    return appointmentPayload(ctx, () => bookAppointment(ctx, request));
  }

  @Mutation(() => AppointmentPayload, { nullable: true })
  approveAppointment(@Ctx() ctx: Context, @Arg('input', () => AppointmentActionInput) input: AppointmentActionInput) {
    return appointmentPayload(ctx, () => approveAppointment(ctx, target(input)));
  }

  @Mutation(() => AppointmentPayload, { nullable: true, description: 'The note is required, and reaches the patient.' })
  rejectAppointment(@Ctx() ctx: Context, @Arg('input', () => RejectAppointmentInput) input: RejectAppointmentInput) {
    return appointmentPayload(ctx, () => rejectAppointment(ctx, target(input), input.note));
  }

  @Mutation(() => AppointmentPayload, {
    nullable: true,
    description:
      'Another time, length or doctor for what is approved; tells patient and doctors. A patient moves until the clinic’s cutoff.',
  })
  rescheduleAppointment(
    @Ctx() ctx: Context,
    @Arg('input', () => RescheduleAppointmentInput) input: RescheduleAppointmentInput,
  ) {
    const request = {
      ...target(input),
      startsAt: input.startsAt,
      durationMinutes: input.durationMinutes ?? null,
      doctorId: input.doctorId == null ? null : doctorId.parse(input.doctorId, ['input', 'doctorId']),
      note: input.note ?? null,
      overbookReason: input.overbookReason ?? null,
    };
    return appointmentPayload(ctx, () => rescheduleAppointment(ctx, request));
  }

  @Mutation(() => AppointmentPayload, {
    nullable: true,
    description: 'Whoever did not come, once the start has passed.',
  })
  markNoShow(@Ctx() ctx: Context, @Arg('input', () => AppointmentActionInput) input: AppointmentActionInput) {
    return appointmentPayload(ctx, () => markNoShow(ctx, target(input)));
  }

  @Mutation(() => AppointmentPayload, { nullable: true })
  cancelAppointment(@Ctx() ctx: Context, @Arg('input', () => CancelAppointmentInput) input: CancelAppointmentInput) {
    return appointmentPayload(ctx, () => cancelAppointment(ctx, target(input), input.note ?? null));
  }
}

const parties = (input: { doctorId: string; serviceId: string }) => ({
  doctorId: doctorId.parse(input.doctorId, ['input', 'doctorId']),
  serviceId: serviceId.parse(input.serviceId, ['input', 'serviceId']),
});

const target = (input: AppointmentActionInput): StepRequest => ({
  id: appointmentId.parse(input.appointmentId, ['input', 'appointmentId']),
  version: input.version ?? null,
});
