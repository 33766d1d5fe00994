import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Connection } from '../../platform/graphql/connection.ts';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import { ageOn, dayOf } from '../../platform/zone.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import type { Viewer as ViewerRow } from '../../access/viewer.ts';
import { noteWriting } from '../audit/index.ts';
import { doctorId, Viewer } from '../accounts/index.ts';
import { fullName } from './patient.domain.ts';
import { findLookalikes, listPatients, patientById, type PatientRow } from './patient.queries.ts';
import { clinicalPart, openRecord } from './patient-reading.ts';
import { createPatient, patientId } from './patient.service.ts';
import {
  CreatePatientInput,
  NotificationPreferences,
  Patient,
  PatientConnection,
  PatientPayload,
  PatientsArgs,
  PossibleDuplicatesArgs,
} from './patient.type.ts';

@Resolver(() => Patient)
export class PatientResolver {
  @Query(() => Patient, { nullable: true })
  patient(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<PatientRow | null> {
    return openRecord(ctx, patientId.parse(id, ['id']));
  }

  @Query(() => PatientConnection, {
    nullable: true,
    description: 'Newest first, in a search the best match first; for a doctor, their own patients.',
  })
  patients(@Ctx() ctx: Context, @Args(() => PatientsArgs) args: PatientsArgs): Promise<Connection<PatientRow>> {
    const { filter } = args;
    const ofDoctor = filter?.doctorId == null ? null : doctorId.parse(filter.doctorId, ['filter', 'doctorId']);
    return listPatients(ctx, args, { ...filter, doctorId: ofDoctor });
  }

  @Query(() => [Patient], {
    nullable: true,
    description:
      'Records that may be of the person who is about to be registered: nearly the same name, its parts in any order, and ' +
      'the same birth date or phone; of the same name when neither is given. Ten at most, the most alike first.',
  })
  possibleDuplicates(
    @Ctx() ctx: Context,
    @Args(() => PossibleDuplicatesArgs) person: PossibleDuplicatesArgs,
  ): Promise<PatientRow[]> {
    return findLookalikes(ctx, person);
  }

  @FieldResolver(() => Patient, { nullable: true })
  mergedInto(@Root() patient: PatientRow, @Ctx() ctx: Context): Promise<PatientRow | null> | null {
    return patient.mergedInto === null ? null : ctx.load(patientById, patient.mergedInto);
  }

  @FieldResolver()
  name(@Root() patient: PatientRow): string {
    return fullName(patient);
  }

  @FieldResolver(() => Int, { nullable: true })
  age(@Root() patient: PatientRow, @Ctx() ctx: Context): number | null {
    if (patient.birthDate === null) return null;
    return ageOn(patient.birthDate, dayOf(ctx.clock.now(), ctx.signedIn.timeZone));
  }

  @FieldResolver(() => [String], { nullable: true })
  async allergies(@Root() patient: PatientRow, @Ctx() ctx: Context): Promise<string[] | null> {
    return (await clinicalPart(ctx, patient.id))?.allergies ?? null;
  }

  @FieldResolver(() => String, { nullable: true })
  async medicalHistory(@Root() patient: PatientRow, @Ctx() ctx: Context): Promise<string | null> {
    return (await clinicalPart(ctx, patient.id))?.medicalHistory ?? null;
  }

  @FieldResolver(() => NotificationPreferences, { nullable: true })
  notificationPreferences(@Root() patient: PatientRow): NotificationPreferences {
    return {
      email: patient.emailConsent,
      sms: patient.smsConsent,
      marketing: patient.marketingConsent,
      updatedAt: patient.preferencesUpdatedAt,
      updatedByName: patient.preferencesUpdatedByName,
    };
  }

  @FieldResolver()
  archived(@Root() patient: PatientRow): boolean {
    return patient.archivedAt !== null;
  }

  @Mutation(() => PatientPayload, { nullable: true })
  async createPatient(
    @Ctx() ctx: Context,
    @Arg('input', () => CreatePatientInput) input: CreatePatientInput,
  ): Promise<PatientPayload> {
    const { result, refusal } = await outcomeOf(() => createPatient(ctx, input));
    if (refusal !== null) return { userErrors: refusal.userErrors };
    ctx.forget();
    noteWriting(ctx, result.id);
    const [patient, ...others] = await Promise.all(
      [result.id, ...result.duplicateIds].map((id) => ctx.load(patientById, id)),
    );
    return { patient, possibleDuplicates: others.filter((other) => other !== null), userErrors: [] };
  }
}

@Resolver(() => Viewer)
export class ViewerPatientResolver {
  @FieldResolver(() => Patient, {
    nullable: true,
    description: "The caller's own patient record, when role is PATIENT.",
  })
  patient(@Root() viewer: ViewerRow, @Ctx() ctx: Context): Promise<PatientRow | null> | null {
    return viewer.patientId === null ? null : ctx.load(patientById, viewer.patientId);
  }
}
