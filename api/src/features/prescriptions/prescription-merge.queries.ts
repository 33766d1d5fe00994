import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { PrescriptionEntity } from './prescription.entity.ts';

const tables = queryBuilder<typeof PrescriptionEntity>();

/** Whoever merges writes no prescriptions: the database moves them by itself, along a merge that it can see. */
export const movePrescriptions = (fromPatient: string): Query<{ moved: number }> =>
  tables.selectNoFrom(sql<number>`directory.move_prescriptions(${fromPatient}::uuid)`.as('moved'));

export const patientsWithPrescriptions = (
  clinicId: string,
  patientIds: readonly string[],
): Query<{ patientId: string }> =>
  tables
    .selectFrom('prescription')
    .select('patientId')
    .distinct()
    .where('clinicId', '=', clinicId)
    .where('patientId', 'in', [...patientIds]);
