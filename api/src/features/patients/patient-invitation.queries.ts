import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { InvitationEntity } from '../accounts/index.ts';

const tables = queryBuilder<typeof InvitationEntity>();

export const moveInvitations = (
  clinicId: string,
  { fromPatient, toPatient }: { fromPatient: string; toPatient: string },
): Query<{ id: string }> =>
  tables
    .updateTable('invitation')
    .set({ patientId: toPatient })
    .where('clinicId', '=', clinicId)
    .where('patientId', '=', fromPatient)
    .returning('id');

export const patientsWithInvitations = (
  clinicId: string,
  patientIds: readonly string[],
): Query<{ patientId: string | null }> =>
  tables
    .selectFrom('invitation')
    .select('patientId')
    .distinct()
    .where('clinicId', '=', clinicId)
    .where(sql<boolean>`patient_id = any (${[...patientIds]}::uuid[])`);
