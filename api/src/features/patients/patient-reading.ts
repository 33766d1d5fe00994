import type { Ctx } from '../../access/ctx.ts';
import { noteReading } from '../audit/index.ts';
import { clinicalByPatient, patientById, type ClinicalRow, type PatientRow } from './patient.queries.ts';

/**
 * Opens one patient's record: whoever asks for it by its id reads it, and that is written down. Null, and no reading, when
 * it is not there or not the caller's. A patient among others, in a list or behind an appointment, is not opened.
 */
export async function openRecord(ctx: Ctx, id: string): Promise<PatientRow | null> {
  const patient = await ctx.load(patientById, id);
  if (patient !== null) noteReading(ctx, patient.id);
  return patient;
}

/**
 * Returns the clinical part of a record that the caller sees: a reading, whatever led there. That nothing was recorded is
 * something learnt as well; but an owner who treats sees every record, and the clinical part of their own patients alone.
 */
export async function clinicalPart(ctx: Ctx, patientId: string): Promise<ClinicalRow | null> {
  const clinical = await ctx.load(clinicalByPatient, patientId);
  const { role } = ctx.signedIn;
  if (clinical !== null || role === 'DOCTOR' || role === 'NURSE') noteReading(ctx, patientId);
  return clinical;
}
