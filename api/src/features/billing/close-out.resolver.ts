import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Ctx as Context } from '../../access/ctx.ts';
import {
  AppointmentActionInput,
  appointmentId,
  AppointmentPayload,
  appointmentPayload,
} from '../appointments/index.ts';
import { markTreated } from './close-out.service.ts';

@Resolver()
export class CloseOutResolver {
  @Mutation(() => AppointmentPayload, {
    nullable: true,
    description:
      'CHECKED_IN → TREATED, by the treating doctor; with AFTER_PAYMENT once no bill is PENDING. It is history then.',
  })
  markTreated(@Ctx() ctx: Context, @Arg('input', () => AppointmentActionInput) input: AppointmentActionInput) {
    const target = {
      id: appointmentId.parse(input.appointmentId, ['input', 'appointmentId']),
      version: input.version ?? null,
    };
    return appointmentPayload(ctx, () => markTreated(ctx, target));
  }
}
