import { clockOffsetOf } from '../../platform/db/clinic-clock.queries.ts';
import { queryBuilder, type Query } from '../../platform/db/query-builder.ts';
import type { ClinicEntity } from '../clinics/index.ts';

const tables = queryBuilder<typeof ClinicEntity>();

/** Which clinic's board it is, and what its clock shows. */
export const boardPlace = (clinicId: string): Query<{ name: string; timeZone: string; clockOffsetMs: number }> =>
  tables
    .selectFrom('clinic')
    .select(['name', 'timeZone', clockOffsetOf('id')])
    .where('id', '=', clinicId);
