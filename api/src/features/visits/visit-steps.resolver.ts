import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { doctorId } from '../accounts/index.ts';
import { AppointmentActionInput, appointmentById, appointmentId, AppointmentPayload } from '../appointments/index.ts';
import { patientId } from '../patients/index.ts';
import { serviceId } from '../services/index.ts';
import { checkIn, checkInWalkIn, undoCheckIn, visitId } from './check-in.service.ts';
import { addAddendum, completeConsultation, recordConsultation } from './consultation.service.ts';
import { CompleteConsultationInput, RecordConsultationInput, RecordVitalsInput } from './consultation.type.ts';
import { callPatient, markLeft, reassignVisit, returnToQueue, startConsultation } from './queue.service.ts';
import { visitById } from './visit.queries.ts';
import { ReassignVisitInput, VisitPayload, WalkInInput } from './visit.type.ts';
import { recordVitals } from './vitals.service.ts';

const payload = { nullable: true } as const;

@Resolver()
export class VisitStepsResolver {
  @Mutation(() => VisitPayload, { ...payload, description: 'The patient is here: opens the visit, WAITING.' })
  checkIn(@Ctx() ctx: Context, @Arg('input', () => AppointmentActionInput) input: AppointmentActionInput) {
    return visitPayload(ctx, () => checkIn(ctx, target(input)));
  }

  @Mutation(() => AppointmentPayload, {
    ...payload,
    description: 'While the patient still waits: the visit is gone, a later check-in opens a new one.',
  })
  async undoCheckIn(@Ctx() ctx: Context, @Arg('input', () => AppointmentActionInput) input: AppointmentActionInput) {
    const { result, refusal } = await outcomeOf(() => undoCheckIn(ctx, target(input)));
    ctx.forget();
    const conflicting = refusal?.details['appointmentId'];
    const shown = result ?? (typeof conflicting === 'string' ? conflicting : null);
    return {
      appointment: shown === null ? null : await ctx.load(appointmentById, shown),
      alternativeSlots: [],
      userErrors: refusal?.userErrors ?? [],
    };
  }

  @Mutation(() => VisitPayload, {
    ...payload,
    description: 'Someone came without an appointment: books now and checks in.',
  })
  checkInWalkIn(@Ctx() ctx: Context, @Arg('input', () => WalkInInput) input: WalkInInput) {
    const request = {
      patientId: patientId.parse(input.patientId, ['input', 'patientId']),
      doctorId: doctorId.parse(input.doctorId, ['input', 'doctorId']),
      serviceId: serviceId.parse(input.serviceId, ['input', 'serviceId']),
    };
    return visitPayload(ctx, () => checkInWalkIn(ctx, request));
  }

  @Mutation(() => VisitPayload, { ...payload, description: 'WAITING → CALLED.' })
  callPatient(@Ctx() ctx: Context, @Arg('visitId', () => ID) id: string) {
    return visitPayload(ctx, () => callPatient(ctx, ofVisit(id)));
  }

  @Mutation(() => VisitPayload, {
    ...payload,
    description:
      "WAITING or CALLED → IN_PROGRESS: the front desk sends the patient in, or the doctor takes them. Pushes the patient to the doctor's screen.",
  })
  startConsultation(@Ctx() ctx: Context, @Arg('visitId', () => ID) id: string) {
    return visitPayload(ctx, () => startConsultation(ctx, ofVisit(id)));
  }

  @Mutation(() => VisitPayload, {
    ...payload,
    description:
      'CALLED or IN_PROGRESS → WAITING: no answer to the call, a start undone, or out again for drops or a test. Notes stay.',
  })
  returnToQueue(@Ctx() ctx: Context, @Arg('visitId', () => ID) id: string) {
    return visitPayload(ctx, () => returnToQueue(ctx, ofVisit(id)));
  }

  @Mutation(() => VisitPayload, {
    ...payload,
    description: 'WAITING or CALLED → LEFT; IN_PROGRESS → LEFT by admin or owner, with a reason.',
  })
  markLeft(
    @Ctx() ctx: Context,
    @Arg('visitId', () => ID) id: string,
    @Arg('reason', () => String, { nullable: true, description: 'At most 300 characters.' }) reason: string | null,
  ) {
    return visitPayload(ctx, () => markLeft(ctx, ofVisit(id), reason));
  }

  @Mutation(() => VisitPayload, {
    ...payload,
    description: 'Another doctor, or another priority, while WAITING or CALLED.',
  })
  reassignVisit(@Ctx() ctx: Context, @Arg('input', () => ReassignVisitInput) input: ReassignVisitInput) {
    const request = {
      id: ofVisit(input.visitId, ['input', 'visitId']),
      doctorId: input.doctorId == null ? null : doctorId.parse(input.doctorId, ['input', 'doctorId']),
      priority: input.priority ?? null,
    };
    return visitPayload(ctx, () => reassignVisit(ctx, request));
  }

  @Mutation(() => VisitPayload, { ...payload, description: 'What is left out stays, null clears.' })
  recordVitals(
    @Ctx() ctx: Context,
    @Arg('input', () => RecordVitalsInput) { visitId: id, ...input }: RecordVitalsInput,
  ) {
    return visitPayload(ctx, () => recordVitals(ctx, ofVisit(id, ['input', 'visitId']), input));
  }

  @Mutation(() => VisitPayload, {
    ...payload,
    description: "The treating doctor's notes; may be saved again and again until completion.",
  })
  recordConsultation(
    @Ctx() ctx: Context,
    @Arg('input', () => RecordConsultationInput) { visitId: id, version, ...input }: RecordConsultationInput,
  ) {
    const request = { visitId: ofVisit(id, ['input', 'visitId']), version: version ?? null };
    return visitPayload(ctx, () => recordConsultation(ctx, request, input));
  }

  @Mutation(() => VisitPayload, {
    ...payload,
    description: 'IN_PROGRESS → COMPLETED, by the treating doctor alone.',
  })
  completeConsultation(
    @Ctx() ctx: Context,
    @Arg('input', () => CompleteConsultationInput)
    { visitId: id, version, notes, followUpOn }: CompleteConsultationInput,
  ) {
    const request = {
      visitId: ofVisit(id, ['input', 'visitId']),
      version: version ?? null,
      followUpOn: followUpOn ?? null,
      ...(notes === undefined ? {} : { notes }),
    };
    return visitPayload(ctx, () => completeConsultation(ctx, request));
  }

  @Mutation(() => VisitPayload, { ...payload, description: 'To locked notes, by the treating doctor.' })
  addAddendum(
    @Ctx() ctx: Context,
    @Arg('visitId', () => ID) id: string,
    @Arg('text', () => String, { description: 'At most 10,000 characters.' }) text: string,
  ) {
    return visitPayload(ctx, () => addAddendum(ctx, ofVisit(id), text));
  }
}

const ofVisit = (id: string, field: string[] = ['visitId']): string => visitId.parse(id, field);

const target = (input: AppointmentActionInput) => ({
  id: appointmentId.parse(input.appointmentId, ['input', 'appointmentId']),
  version: input.version ?? null,
});

/** The answer is read anew after the commit; a conflict shows the visit as it is now. */
async function visitPayload(ctx: Context, run: () => Promise<string>): Promise<VisitPayload> {
  const { result, refusal } = await outcomeOf(run);
  ctx.forget();
  if (refusal === null) return { visit: await ctx.load(visitById, result), userErrors: [] };
  const conflicting = refusal.details['visitId'];
  return {
    visit: typeof conflicting === 'string' ? await ctx.load(visitById, conflicting) : null,
    userErrors: refusal.userErrors,
  };
}
