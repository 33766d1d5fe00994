import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { noteWriting } from '../audit/index.ts';
import { mergePatients } from './patient-merge.service.ts';
import { patientById } from './patient.queries.ts';
import { patientId } from './patient.service.ts';
import { archivePatient, restorePatient, setNotificationPreferences } from './patient-state.service.ts';
import {
  MergePatientsInput,
  NotificationPreferencesInput,
  Patient,
  PatientPayload,
  UpdatePatientInput,
} from './patient.type.ts';
import { updatePatient } from './patient-update.service.ts';

@Resolver(() => Patient)
export class PatientChangeResolver {
  @Mutation(() => PatientPayload, {
    nullable: true,
    description: 'Front desk; nurses; doctors their own patients; patients their own contact details.',
  })
  updatePatient(
    @Ctx() ctx: Context,
    @Arg('input', () => UpdatePatientInput) { patientId: id, version, ...changes }: UpdatePatientInput,
  ): Promise<PatientPayload> {
    const target = { id: patientId.parse(id, ['input', 'patientId']), version: version ?? null };
    return payload(ctx, () => updatePatient(ctx, target, changes));
  }

  @Mutation(() => PatientPayload, { nullable: true })
  archivePatient(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<PatientPayload> {
    const target = patientId.parse(id, ['id']);
    return payload(ctx, () => archivePatient(ctx, target));
  }

  @Mutation(() => PatientPayload, { nullable: true })
  restorePatient(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<PatientPayload> {
    const target = patientId.parse(id, ['id']);
    return payload(ctx, () => restorePatient(ctx, target));
  }

  @Mutation(() => PatientPayload, {
    nullable: true,
    description: 'Two records of one person become one; nothing is lost. The payload holds the record that stays.',
  })
  mergePatients(
    @Ctx() ctx: Context,
    @Arg('input', () => MergePatientsInput) { keepId, mergeId }: MergePatientsInput,
  ): Promise<PatientPayload> {
    const pair = {
      keepId: patientId.parse(keepId, ['input', 'keepId']),
      mergeId: patientId.parse(mergeId, ['input', 'mergeId']),
    };
    return payload(ctx, () => mergePatients(ctx, pair));
  }

  @Mutation(() => PatientPayload, { nullable: true })
  setNotificationPreferences(
    @Ctx() ctx: Context,
    @Arg('input', () => NotificationPreferencesInput) { patientId: id, ...consent }: NotificationPreferencesInput,
  ): Promise<PatientPayload> {
    const target = patientId.parse(id, ['input', 'patientId']);
    return payload(ctx, () => setNotificationPreferences(ctx, target, consent));
  }
}

/** The record after the change; with CONFLICT, the record as it is now. */
async function payload(ctx: Context, run: () => Promise<string>): Promise<PatientPayload> {
  const { result, refusal } = await outcomeOf(run);
  ctx.forget();
  if (result !== null) noteWriting(ctx, result);
  const id = result ?? refusal?.details['patientId'];
  const patient = typeof id === 'string' ? await ctx.load(patientById, id) : null;
  return { patient, userErrors: refusal?.userErrors ?? [] };
}
