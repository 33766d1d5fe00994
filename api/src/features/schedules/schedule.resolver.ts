import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import { DateTimeScalar } from '../../platform/graphql/scalars.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { Doctor, doctorById, doctorId, DoctorPayload, type DoctorRow } from '../accounts/index.ts';
import { serviceId } from '../services/index.ts';
import { blocksByDoctor, timeOffById, timeOffOfDoctor, type BlockRow, type TimeOffRow } from './schedule.queries.ts';
import { setSchedule, timeOffId } from './schedule.service.ts';
import {
  AddTimeOffInput,
  AvailableSlotsArgs,
  ScheduleBlock,
  SetScheduleInput,
  Slot,
  TimeOff,
  TimeOffPayload,
} from './schedule.type.ts';
import { availableSlots, type Slot as SlotRow } from './slot.service.ts';
import { addTimeOff, removeTimeOff } from './time-off.service.ts';

@Resolver(() => Doctor)
export class DoctorScheduleResolver {
  @FieldResolver(() => [ScheduleBlock], { description: 'The weekly working hours, Monday first.' })
  schedule(@Root() doctor: DoctorRow, @Ctx() ctx: Context): Promise<BlockRow[]> {
    return ctx.load(blocksByDoctor, doctor.id);
  }

  @FieldResolver(() => [TimeOff], { nullable: true, description: "The doctor's own and the whole clinic's." })
  timeOff(
    @Root() doctor: DoctorRow,
    @Ctx() ctx: Context,
    @Arg('from', () => DateTimeScalar, { nullable: true }) from: Date | null,
    @Arg('to', () => DateTimeScalar, { nullable: true }) to: Date | null,
  ): Promise<TimeOffRow[]> {
    return ctx.load(timeOffOfDoctor, { doctorId: doctor.id, from: from ?? null, to: to ?? null });
  }

  @Mutation(() => DoctorPayload, { nullable: true, description: 'Replaces the whole weekly schedule.' })
  async setSchedule(
    @Ctx() ctx: Context,
    @Arg('input', () => SetScheduleInput) input: SetScheduleInput,
  ): Promise<DoctorPayload> {
    const ofDoctor = doctorId.parse(input.doctorId, ['input', 'doctorId']);
    const { result, refusal } = await outcomeOf(() => setSchedule(ctx, ofDoctor, input));
    if (refusal !== null) return { userErrors: refusal.userErrors };
    ctx.forget();
    return { doctor: await ctx.load(doctorById, result), userErrors: [] };
  }

  @Mutation(() => TimeOffPayload, { nullable: true, description: 'Wins over working hours; what is booked stays.' })
  async addTimeOff(
    @Ctx() ctx: Context,
    @Arg('input', () => AddTimeOffInput) input: AddTimeOffInput,
  ): Promise<TimeOffPayload> {
    const ofDoctor = input.doctorId == null ? null : doctorId.parse(input.doctorId, ['input', 'doctorId']);
    const { result, refusal } = await outcomeOf(() => addTimeOff(ctx, { ...input, doctorId: ofDoctor }));
    if (refusal !== null) return { userErrors: refusal.userErrors };
    ctx.forget();
    return { timeOff: await ctx.load(timeOffById, result), userErrors: [] };
  }

  @Mutation(() => TimeOffPayload, { nullable: true, description: 'The answer holds it as it was.' })
  async removeTimeOff(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<TimeOffPayload> {
    const wanted = timeOffId.parse(id, ['id']);
    const { result, refusal } = await outcomeOf(() => removeTimeOff(ctx, wanted));
    ctx.forget();
    return refusal === null ? { timeOff: result, isRemoved: true, userErrors: [] } : { userErrors: refusal.userErrors };
  }

  @Query(() => [Slot], {
    description:
      "Free start times in order, of every doctor who offers the service unless one is named; 62 days and 500 slots at most. Public with slug; the caller's clinic without. Says nothing about who has the others.",
  })
  availableSlots(@Ctx() ctx: Context, @Args(() => AvailableSlotsArgs) args: AvailableSlotsArgs): Promise<SlotRow[]> {
    return availableSlots(ctx, {
      ...args,
      serviceId: serviceId.parse(args.serviceId, ['serviceId']),
      doctorId: args.doctorId == null ? null : doctorId.parse(args.doctorId, ['doctorId']),
      first: args.first ?? 100,
    });
  }
}
