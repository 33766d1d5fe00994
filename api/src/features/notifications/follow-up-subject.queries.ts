import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { VisitEntity } from '../visits/index.ts';

const tables = queryBuilder<typeof VisitEntity>();

/** When a patient should come again after a visit, as a calendar day, and the appointment that the visit was of. */
export const followUpOf = (clinicId: string, id: string): Query<{ appointmentId: string; followUpOn: string }> =>
  tables
    .selectFrom('visit')
    .select(['appointmentId', sql<string>`to_char(follow_up_on, 'YYYY-MM-DD')`.as('followUpOn')])
    .where('clinicId', '=', clinicId)
    .where('id', '=', id);
