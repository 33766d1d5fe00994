import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { VisitEntity } from './visit.entity.ts';

const tables = queryBuilder<typeof VisitEntity>();

/** Whoever merges may not read what a doctor wrote: the database moves it by itself, along a merge that it can see. */
export const moveVisits = (fromPatient: string): Query<{ moved: number }> =>
  tables.selectNoFrom(sql<number>`directory.move_visits(${fromPatient}::uuid)`.as('moved'));

export const patientsWithVisits = (clinicId: string, patientIds: readonly string[]): Query<{ patientId: string }> =>
  tables
    .selectFrom('visit')
    .select('patientId')
    .distinct()
    .where('clinicId', '=', clinicId)
    .where('patientId', 'in', [...patientIds]);
