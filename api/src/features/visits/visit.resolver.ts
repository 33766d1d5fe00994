import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { DateScalar } from '../../platform/graphql/scalars.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { doctorById, doctorId, type DoctorRow } from '../accounts/index.ts';
import type { AppointmentRow } from '../appointments/index.ts';
import { noteReading } from '../audit/index.ts';
import { patientById, type PatientRow } from '../patients/index.ts';
import { serviceById, type ServiceRow } from '../services/index.ts';
import { visitId } from './check-in.service.ts';
import { consultationOfVisit, vitalsOfVisit, type ConsultationRow, type VitalsRow } from './consultation.queries.ts';
import { Consultation, Vitals } from './consultation.type.ts';
import { queueOf, type QueueRows } from './queue.ts';
import { allowedVisitSteps, estimateWaitMinutes, isInQueue, type VisitStep } from './visit.domain.ts';
import { visitCircumstances } from './visit-change.service.ts';
import { appointmentBehind, notesOf, paceOfDoctor, placeOfVisit, visitById, type VisitRow } from './visit.queries.ts';
import { Queue, Visit } from './visit.type.ts';

@Resolver(() => Visit)
export class VisitResolver {
  @Query(() => Visit, { nullable: true })
  visit(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<VisitRow | null> {
    return ctx.load(visitById, visitId.parse(id, ['id']));
  }

  @Query(() => Queue, {
    nullable: true,
    description:
      "Of the whole clinic or one doctor; today in the clinic's time zone unless a date is given. A doctor's is their own.",
  })
  queue(
    @Ctx() ctx: Context,
    @Arg('doctorId', () => ID, { nullable: true }) ofDoctor: string | null,
    @Arg('date', () => DateScalar, { nullable: true }) date: string | null,
  ): Promise<QueueRows> {
    return queueOf(ctx, { doctorId: ofDoctor == null ? null : doctorId.parse(ofDoctor, ['doctorId']), date });
  }

  @FieldResolver()
  async allowedActions(@Root() visit: VisitRow, @Ctx() ctx: Context): Promise<VisitStep[]> {
    const hasClinical = visit.status === 'IN_PROGRESS' && (await notesOf(ctx, visit.id));
    return allowedVisitSteps({ ...visit, hasClinical }, visitCircumstances(ctx));
  }

  @FieldResolver(() => Int)
  queuePosition(@Root() visit: VisitRow, @Ctx() ctx: Context): Promise<number | null> | null {
    return isInQueue(visit.status) ? ctx.load(placeOfVisit, visit.id) : null;
  }

  @FieldResolver(() => Int)
  async estimatedWaitMinutes(@Root() visit: VisitRow, @Ctx() ctx: Context): Promise<number | null> {
    if (!isInQueue(visit.status)) return null;
    const [place, pace] = await Promise.all([ctx.load(placeOfVisit, visit.id), ctx.load(paceOfDoctor, visit.doctorId)]);
    return place === null ? null : estimateWaitMinutes({ ...pace, ahead: place - 1 }, ctx.clock.now());
  }

  @FieldResolver()
  appointment(@Root() visit: VisitRow, @Ctx() ctx: Context): Promise<AppointmentRow | null> {
    return ctx.load(appointmentBehind, visit.appointmentId);
  }

  @FieldResolver()
  patient(@Root() visit: VisitRow, @Ctx() ctx: Context): Promise<PatientRow | null> {
    return ctx.load(patientById, visit.patientId);
  }

  @FieldResolver()
  doctor(@Root() visit: VisitRow, @Ctx() ctx: Context): Promise<DoctorRow | null> {
    return ctx.load(doctorById, visit.doctorId);
  }

  @FieldResolver()
  service(@Root() visit: VisitRow, @Ctx() ctx: Context): Promise<ServiceRow | null> {
    return ctx.load(serviceById, visit.serviceId);
  }

  @FieldResolver(() => Consultation, {
    nullable: true,
    description:
      'Clinical, all of it: the treating doctor and the patient read it, the patient once it is locked; a receptionist and an owner do not.',
  })
  async consultation(@Root() visit: VisitRow, @Ctx() ctx: Context): Promise<ConsultationRow | null> {
    const notes = await ctx.load(consultationOfVisit, visit.id);
    if (notes !== null) noteReading(ctx, visit.patientId);
    return notes;
  }

  @FieldResolver(() => Vitals, {
    nullable: true,
    description: 'Clinical: doctors who treat the patient, nurses, and the patient.',
  })
  async vitals(@Root() visit: VisitRow, @Ctx() ctx: Context): Promise<VitalsRow | null> {
    const vitals = await ctx.load(vitalsOfVisit, visit.id);
    if (vitals !== null) noteReading(ctx, visit.patientId);
    return vitals;
  }
}
