import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { doctorById, doctorId, type DoctorRow } from '../accounts/index.ts';
import { appointmentById, AppointmentPayload, appointmentPayload, type AppointmentRow } from '../appointments/index.ts';
import { patientById, patientId, type PatientRow } from '../patients/index.ts';
import type { Slot } from '../schedules/index.ts';
import { serviceById, serviceId, type ServiceRow } from '../services/index.ts';
import { acceptWaitlistOffer } from './waitlist-accepting.service.ts';
import { waitlistEntryId } from './waitlist.events.ts';
import { JoinWaitlistInput } from './waitlist.inputs.ts';
import { waitlistEntryById, type WaitlistRow } from './waitlist.queries.ts';
import { declineWaitlistOffer, joinWaitlist, leaveWaitlist, waitlistOf } from './waitlist.service.ts';
import { WaitlistEntry, WaitlistPayload } from './waitlist.type.ts';

@Resolver(() => WaitlistEntry)
export class WaitlistResolver {
  @Query(() => [WaitlistEntry], {
    nullable: true,
    description:
      'Those who wait or have an offer, the first in the queue first: all of the clinic’s for the front desk, a patient’s own. With doctorId those who wait for this doctor or for any.',
  })
  waitlist(
    @Ctx() ctx: Context,
    @Arg('doctorId', () => ID, { nullable: true }) ofDoctor?: string | null,
  ): Promise<WaitlistRow[]> {
    return waitlistOf(ctx, ofDoctor == null ? null : doctorId.parse(ofDoctor, ['doctorId']));
  }

  @FieldResolver()
  patient(@Root() entry: WaitlistRow, @Ctx() ctx: Context): Promise<PatientRow | null> {
    return ctx.load(patientById, entry.patientId);
  }

  @FieldResolver()
  doctor(@Root() entry: WaitlistRow, @Ctx() ctx: Context): Promise<DoctorRow | null> | null {
    return entry.doctorId === null ? null : ctx.load(doctorById, entry.doctorId);
  }

  @FieldResolver()
  service(@Root() entry: WaitlistRow, @Ctx() ctx: Context): Promise<ServiceRow | null> {
    return ctx.load(serviceById, entry.serviceId);
  }

  @FieldResolver()
  appointment(@Root() entry: WaitlistRow, @Ctx() ctx: Context): Promise<AppointmentRow | null> | null {
    return entry.appointmentId === null ? null : ctx.load(appointmentById, entry.appointmentId);
  }

  @FieldResolver()
  offer(@Root() { offerDoctorId, offerStartsAt, offerEndsAt }: WaitlistRow): Slot | null {
    if (offerDoctorId === null || offerStartsAt === null || offerEndsAt === null) return null;
    return { doctorId: offerDoctorId, startsAt: offerStartsAt, endsAt: offerEndsAt };
  }

  @Mutation(() => WaitlistPayload, {
    nullable: true,
    description: 'Waits for a slot; a patient for themselves. Told by WAITLIST_OFFER as soon as one opens.',
  })
  joinWaitlist(
    @Ctx() ctx: Context,
    @Arg('input', () => JoinWaitlistInput) input: JoinWaitlistInput,
  ): Promise<WaitlistPayload> {
    const wish = {
      earliest: input.earliest,
      latest: input.latest,
      patientId: patientId.parse(input.patientId, ['input', 'patientId']),
      doctorId: input.doctorId == null ? null : doctorId.parse(input.doctorId, ['input', 'doctorId']),
      serviceId: serviceId.parse(input.serviceId, ['input', 'serviceId']),
    };
    return entryPayload(ctx, () => joinWaitlist(ctx, wish));
  }

  @Mutation(() => WaitlistPayload, { nullable: true })
  leaveWaitlist(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<WaitlistPayload> {
    return entryPayload(ctx, () => leaveWaitlist(ctx, waitlistEntryId.parse(id, ['id'])));
  }

  @Mutation(() => AppointmentPayload, {
    nullable: true,
    description: 'Books the slot on offer: APPROVED. OFFER_GONE once the hold has run out.',
  })
  acceptWaitlistOffer(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<AppointmentPayload> {
    return appointmentPayload(ctx, () => acceptWaitlistOffer(ctx, waitlistEntryId.parse(id, ['id'])));
  }

  @Mutation(() => WaitlistPayload, { nullable: true, description: 'Waits on, behind the others.' })
  declineWaitlistOffer(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<WaitlistPayload> {
    return entryPayload(ctx, () => declineWaitlistOffer(ctx, waitlistEntryId.parse(id, ['id'])));
  }
}

async function entryPayload(ctx: Context, run: () => Promise<string>): Promise<WaitlistPayload> {
  const { result, refusal } = await outcomeOf(run);
  if (refusal !== null) return { userErrors: refusal.userErrors };
  ctx.forget();
  return { entry: await ctx.load(waitlistEntryById, result), userErrors: [] };
}
