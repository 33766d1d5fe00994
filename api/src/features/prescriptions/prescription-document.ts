import { paperAsked } from '../../platform/documents/paper.ts';
import { renderPdf } from '../../platform/documents/render-pdf.ts';
import type { Ctx } from '../../access/ctx.ts';
import type { DocumentKind } from '../../access/documents.ts';
import { doctorById } from '../accounts/index.ts';
import { auditBeside } from '../audit/index.ts';
import { clinicById } from '../clinics/index.ts';
import { fullName, patientById } from '../patients/index.ts';
import { layOutPrescription, type PrintedPrescription } from './prescription-layout.ts';
import { prescriptionReaders } from './prescription.permissions.ts';
import { prescriptionById, type PrescriptionRow } from './prescription.queries.ts';

/** A prescription on paper; `size` is a5 or a4. A void one says so across the page. */
export const prescriptionDocument: DocumentKind = {
  name: 'prescription',
  readers: prescriptionReaders,

  async open(ctx, id, { size }) {
    const prescription = await ctx.load(prescriptionById, id);
    const printed = prescription === null ? null : await printedOf(ctx, prescription);
    if (prescription === null || printed === null) return null;
    const body = await renderPdf(layOutPrescription(printed, paperAsked(size, ['a5', 'a4'])));
    await writeDown(ctx, prescription.patientId);
    return { fileName: 'prescription.pdf', contentType: 'application/pdf', body, isInline: true };
  },
};

async function printedOf(ctx: Ctx, prescription: PrescriptionRow): Promise<PrintedPrescription | null> {
  const [clinic, doctor, patient] = await Promise.all([
    ctx.load(clinicById, prescription.clinicId),
    ctx.load(doctorById, prescription.doctorId),
    ctx.load(patientById, prescription.patientId),
  ]);
  if (clinic === null || doctor === null || patient === null) return null;
  return {
    ...prescription,
    clinic,
    doctor,
    patient: { ...patient, name: fullName(patient) },
    timeZone: clinic.timeZone,
  };
}

/** Printing is reading, and written down before the paper leaves; their own is nobody's business. */
async function writeDown(ctx: Ctx, patientId: string): Promise<void> {
  if (ctx.signedIn.patientId === patientId) return;
  await auditBeside(ctx, ctx, [
    { action: 'patient.read', subjectId: patientId, changes: { what: 'prescription.pdf' } },
  ]);
}
