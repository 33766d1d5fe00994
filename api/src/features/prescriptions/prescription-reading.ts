import type { Ctx } from '../../access/ctx.ts';
import { noteReading } from '../audit/index.ts';
import { prescriptionById, type PrescriptionRow } from './prescription.queries.ts';

/** What somebody takes is clinical: whoever comes to see it opened their record, and that is written down. */
export function noted<Row extends PrescriptionRow>(ctx: Ctx, rows: Row[]): Row[] {
  for (const { patientId } of rows) noteReading(ctx, patientId);
  return rows;
}

/** Opens one prescription by its id; null, and no reading, when it is not there or not the caller's. */
export async function openPrescription(ctx: Ctx, id: string): Promise<PrescriptionRow | null> {
  const prescription = await ctx.load(prescriptionById, id);
  if (prescription !== null) noteReading(ctx, prescription.patientId);
  return prescription;
}
