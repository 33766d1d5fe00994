import { Loader, loadByParent } from '../../access/ctx.ts';
import { queryBuilder } from '../../platform/db/query-builder.ts';
import type { StoredEyeExam } from './eye-exam.domain.ts';
import type { AddendumEntity, ConsultationEntity, VitalsEntity } from './visit.entity.ts';

const tables = queryBuilder<typeof AddendumEntity | typeof ConsultationEntity | typeof VitalsEntity>();

export interface ConsultationRow {
  visitId: string;
  patientId: string;
  symptoms: string | null;
  diagnosis: string | null;
  notes: string | null;
  eyeExam: StoredEyeExam | null;
  lockedAt: Date | null;
  updatedAt: Date;
  version: number;
}

/** What was written during a visit; null for whom the database does not let read it. */
export const consultationOfVisit = new Loader<string, ConsultationRow | null>(async (ctx, visitIds) => {
  const rows = await ctx.rows<ConsultationRow>(
    tables
      .selectFrom('consultation')
      .select(['visitId', 'patientId', 'symptoms', 'diagnosis', 'notes', 'eyeExam', 'lockedAt', 'updatedAt', 'version'])
      .where('clinicId', '=', ctx.clinicId)
      .where('visitId', 'in', [...visitIds]),
  );
  const found = new Map(rows.map((row) => [row.visitId, row]));
  return visitIds.map((id) => found.get(id) ?? null);
});

export interface AddendumRow {
  visitId: string;
  doctorId: string;
  authorUserId: string;
  text: string;
  createdAt: Date;
}

const addendaPerVisit = 100;

/** What was added to locked notes, oldest first; the latest hundred times as many visits bound the answer. */
export const addendaOfVisit = loadByParent<AddendumRow>(
  (row) => row.visitId,
  (visitIds, ctx) =>
    tables
      .selectFrom('addendum')
      .select(['visitId', 'doctorId', 'authorUserId', 'text', 'createdAt'])
      .where('clinicId', '=', ctx.clinicId)
      .where('visitId', 'in', [...visitIds])
      .orderBy('visitId')
      .orderBy('createdAt')
      .orderBy('id')
      .limit(visitIds.length * addendaPerVisit),
);

export interface VitalsRow {
  visitId: string;
  patientId: string;
  temperature: string | null;
  systolic: number | null;
  diastolic: number | null;
  pulse: number | null;
  weight: string | null;
  height: string | null;
  recordedAt: Date;
}

export const vitalsOfVisit = new Loader<string, VitalsRow | null>(async (ctx, visitIds) => {
  const rows = await ctx.rows<VitalsRow>(
    tables
      .selectFrom('vitals')
      .select([
        'visitId',
        'patientId',
        'temperature',
        'systolic',
        'diastolic',
        'pulse',
        'weight',
        'height',
        'recordedAt',
      ])
      .where('clinicId', '=', ctx.clinicId)
      .where('visitId', 'in', [...visitIds]),
  );
  const found = new Map(rows.map((row) => [row.visitId, row]));
  return visitIds.map((id) => found.get(id) ?? null);
});
