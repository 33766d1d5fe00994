import { loadById, Loader } from '../../access/ctx.ts';
import { queryBuilder, type Query } from '../../platform/db/query-builder.ts';
import type { DoctorEntity, DoctorTermsEntity } from './account.entity.ts';

export interface DoctorRow {
  id: string;
  clinicId: string;
  userId: string | null;
  name: string;
  specialty: string | null;
  licenceNumber: string | null;
  active: boolean;
}

const tables = queryBuilder<typeof DoctorEntity | typeof DoctorTermsEntity>();
const columns = ['id', 'clinicId', 'userId', 'name', 'specialty', 'licenceNumber', 'active'] as const;

export const doctorById = loadById<DoctorRow>((ids, ctx) =>
  tables
    .selectFrom('doctor')
    .select(columns)
    .where('clinicId', '=', ctx.clinicId)
    .where('id', 'in', [...ids]),
);

/** A clinic's doctors by name. A clinic has few: the limit only guards the answer's size. */
export const doctorsOfClinic = (clinicId: string, includeInactive: boolean): Query<DoctorRow> =>
  tables
    .selectFrom('doctor')
    .select(columns)
    .where('clinicId', '=', clinicId)
    .$if(!includeInactive, (query) => query.where('active', '=', true))
    .orderBy('name')
    .orderBy('id')
    .limit(500);

/** A doctor's own share; null where none was agreed, or it is not the caller's to know. */
export const shareByDoctor = new Loader<string, string | null>(async (ctx, ids) => {
  const rows = await ctx.rows(
    tables
      .selectFrom('doctor_terms')
      .select(['doctorId', 'sharePercent'])
      .where('clinicId', '=', ctx.clinicId)
      .where('doctorId', 'in', [...ids]),
  );
  const shares = new Map(rows.map((row) => [row.doctorId, String(row.sharePercent)]));
  return ids.map((id) => shares.get(id) ?? null);
});
