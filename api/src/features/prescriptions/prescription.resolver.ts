import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { documentUrl } from '../../access/documents.ts';
import { doctorById, type DoctorRow } from '../accounts/index.ts';
import { Appointment, type AppointmentRow } from '../appointments/index.ts';
import { noteWriting } from '../audit/index.ts';
import { patientById, type PatientRow } from '../patients/index.ts';
import { appointmentBehind, Visit, visitById, visitId, type VisitRow } from '../visits/index.ts';
import type { Favourite } from './favourites.domain.ts';
import { readsWarnings } from './prescription.domain.ts';
import { prescriptionDocument } from './prescription-document.ts';
import { noted } from './prescription-reading.ts';
import {
  prescriptionById,
  prescriptionsOfAppointment,
  prescriptionsOfVisit,
  type PrescriptionRow,
} from './prescription.queries.ts';
import { createPrescription, favouriteMedications, prescriptionId, voidPrescription } from './prescription.service.ts';
import {
  CreatePrescriptionInput,
  FavouriteMedication,
  Prescription,
  PrescriptionPayload,
} from './prescription.type.ts';

@Resolver(() => Prescription)
export class PrescriptionResolver {
  @Query(() => [FavouriteMedication], {
    nullable: true,
    description: 'What the caller, a doctor, prescribes again and again: often and lately first. At most 50.',
  })
  favouriteMedications(
    @Ctx() ctx: Context,
    @Arg('search', () => String, { nullable: true, description: 'Beginnings of words of the medication.' })
    search: string | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 10 }) first: number | null,
  ): Promise<Favourite[]> {
    return favouriteMedications(ctx, { search: search ?? '', first: first ?? 10 });
  }

  @Mutation(() => PrescriptionPayload, {
    nullable: true,
    description: 'By the treating doctor, during or after the consultation.',
  })
  createPrescription(
    @Ctx() ctx: Context,
    @Arg('input', () => CreatePrescriptionInput)
    { visitId: id, overrideWarnings, ...input }: CreatePrescriptionInput,
  ): Promise<PrescriptionPayload> {
    const request = {
      visitId: visitId.parse(id, ['input', 'visitId']),
      overrideWarnings: overrideWarnings === true,
    };
    return prescriptionPayload(ctx, () => createPrescription(ctx, request, input));
  }

  @Mutation(() => PrescriptionPayload, {
    nullable: true,
    description: 'By the doctor who wrote it, with a reason of at most 300 characters.',
  })
  voidPrescription(
    @Ctx() ctx: Context,
    @Arg('id', () => ID) id: string,
    @Arg('reason', () => String) reason: string,
  ): Promise<PrescriptionPayload> {
    return prescriptionPayload(ctx, () => voidPrescription(ctx, prescriptionId.parse(id, ['id']), reason));
  }

  @FieldResolver()
  async appointment(@Root() { visitId: id }: PrescriptionRow, @Ctx() ctx: Context): Promise<AppointmentRow | null> {
    const visit = await ctx.load(visitById, id);
    return visit === null ? null : ctx.load(appointmentBehind, visit.appointmentId);
  }

  @FieldResolver()
  visit(@Root() { visitId: id }: PrescriptionRow, @Ctx() ctx: Context): Promise<VisitRow | null> {
    return ctx.load(visitById, id);
  }

  @FieldResolver()
  doctor(@Root() { doctorId }: PrescriptionRow, @Ctx() ctx: Context): Promise<DoctorRow | null> {
    return ctx.load(doctorById, doctorId);
  }

  @FieldResolver()
  patient(@Root() { patientId }: PrescriptionRow, @Ctx() ctx: Context): Promise<PatientRow | null> {
    return ctx.load(patientById, patientId);
  }

  @FieldResolver()
  overriddenWarnings(@Root() prescription: PrescriptionRow, @Ctx() ctx: Context): string[] {
    return readsWarnings(prescription, ctx.signedIn) ? prescription.overriddenWarnings : [];
  }

  @FieldResolver()
  pdfUrl(@Root() { id }: PrescriptionRow, @Ctx() ctx: Context): string {
    return documentUrl(ctx, prescriptionDocument, id);
  }
}

const newestFirst = { nullable: true, description: 'Newest first, void ones too; at most 50.' } as const;

@Resolver(() => Visit)
export class VisitPrescriptionsResolver {
  @FieldResolver(() => [Prescription], newestFirst)
  async prescriptions(@Root() visit: VisitRow, @Ctx() ctx: Context): Promise<PrescriptionRow[]> {
    return noted(ctx, await ctx.load(prescriptionsOfVisit, visit.id));
  }
}

@Resolver(() => Appointment)
export class AppointmentPrescriptionsResolver {
  @FieldResolver(() => [Prescription], newestFirst)
  async prescriptions(@Root() appointment: AppointmentRow, @Ctx() ctx: Context): Promise<PrescriptionRow[]> {
    return noted(ctx, await ctx.load(prescriptionsOfAppointment, appointment.id));
  }
}

/** The answer is read anew after the commit. */
async function prescriptionPayload(ctx: Context, run: () => Promise<string>): Promise<PrescriptionPayload> {
  const { result, refusal } = await outcomeOf(run);
  ctx.forget();
  if (refusal !== null) {
    const { warnings } = refusal.details;
    return { prescription: null, warnings: Array.isArray(warnings) ? warnings : [], userErrors: refusal.userErrors };
  }
  const prescription = await ctx.load(prescriptionById, result);
  if (prescription !== null) noteWriting(ctx, prescription.patientId);
  return { prescription, warnings: prescription?.overriddenWarnings ?? [], userErrors: [] };
}
