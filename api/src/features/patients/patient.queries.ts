import { loadById, type Ctx } from '../../access/ctx.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import { toConnection, type Connection } from '../../platform/graphql/connection.ts';
import { applyPage, readPage, type Ordering, type PageArguments } from '../../platform/graphql/page.ts';
import { foldName, phoneDigits } from './patient.domain.ts';
import type { CareEntity, PatientClinicalEntity, PatientEntity, SexValue } from './patient.entity.ts';

export interface PatientRow {
  id: string;
  clinicId: string;
  userId: string | null;
  recordNumber: string;
  firstName: string;
  lastName: string | null;
  birthDate: string | null;
  sex: SexValue;
  phone: string | null;
  email: string | null;
  address: string | null;
  emailConsent: boolean;
  smsConsent: boolean;
  marketingConsent: boolean;
  preferencesUpdatedAt: Date;
  archivedAt: Date | null;
  createdAt: Date;
  version: number;
}

export interface PatientListFilter {
  search?: string | null;
  doctorId?: string | null;
  archived?: boolean | null;
}

const tables = queryBuilder<typeof PatientEntity | typeof PatientClinicalEntity | typeof CareEntity>();
const columns = [
  'patient.id',
  'patient.clinicId',
  'patient.userId',
  'patient.recordNumber',
  'patient.firstName',
  'patient.lastName',
  'patient.birthDate',
  'patient.sex',
  'patient.phone',
  'patient.email',
  'patient.address',
  'patient.emailConsent',
  'patient.smsConsent',
  'patient.marketingConsent',
  'patient.preferencesUpdatedAt',
  'patient.archivedAt',
  'patient.createdAt',
  'patient.version',
] as const;

export const patientById = loadById<PatientRow>((ids, ctx) =>
  tables
    .selectFrom('patient')
    .select(columns)
    .where('patient.clinicId', '=', ctx.clinicId)
    .where('patient.id', 'in', [...ids]),
);

export interface ClinicalRow {
  id: string;
  allergies: string[];
  medicalHistory: string | null;
}

/** The clinical part; null where it is not the caller's to read, or nothing was written yet. */
export const clinicalByPatient = loadById<ClinicalRow>((ids, ctx) =>
  tables
    .selectFrom('patient_clinical')
    .select(['patientId as id', 'allergies', 'medicalHistory'])
    .where('clinicId', '=', ctx.clinicId)
    .where('patientId', 'in', [...ids]),
);

const matching = (clinicId: string, filter: PatientListFilter) =>
  tables
    .selectFrom('patient')
    .where('patient.clinicId', '=', clinicId)
    .where('patient.archivedAt', filter.archived === true ? 'is not' : 'is', null)
    .$if(filter.doctorId != null, (query) =>
      query.where('patient.id', 'in', (inner) =>
        inner
          .selectFrom('care')
          .select('care.patientId')
          .where('care.clinicId', '=', clinicId)
          .where('care.doctorId', '=', filter.doctorId ?? ''),
      ),
    )
    .$if(isSearch(filter.search), (query) => query.where(searchCondition(filter.search ?? '')));

const isSearch = (search: string | null | undefined): boolean => search != null && search.trim() !== '';

/**
 * Every word is part of the name, or the whole is a record number (with or without its P and zeros) or part of a phone
 * number, however it is spelled.
 */
function searchCondition(search: string) {
  const words = foldName(search).split(' ');
  const number = /^(?:p-?)?0*(\d{1,9})$/i.exec(search.trim())?.[1];
  const named = sql.join(
    words.map((word) => sql`patient.name_folded like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`),
    sql` and `,
  );
  const phone = phoneDigits(search);
  const ways = [
    sql`(${named})`,
    ...(number === undefined ? [] : [sql`patient.record_number = ${`P-${number.padStart(5, '0')}`}`]),
    ...(phone === null ? [] : [sql`patient.phone like ${`%${phone}%`}`]),
  ];
  return sql<boolean>`(${sql.join(ways, sql` or `)})`;
}

const newestFirst: Ordering = { column: 'patient.created_at', id: 'patient.id', direction: 'desc' };

/** A page of the clinic's patients, newest first, as far as they are the caller's to see. */
export async function listPatients(
  ctx: Ctx,
  args: PageArguments,
  filter: PatientListFilter,
): Promise<Connection<PatientRow>> {
  const page = readPage(args, newestFirst);
  const query = matching(ctx.clinicId, filter);
  const rows = await ctx.rows(applyPage(query.select(columns), page));
  return toConnection(
    rows,
    page,
    (row) => ({ value: row.createdAt.toISOString(), id: row.id }),
    async () => (await ctx.first(query.select(({ fn }) => fn.countAll<number>().as('count'))))?.count ?? 0,
  );
}

/** Others with the same name, and the same birth date or phone: perhaps the same person. */
export const likelyDuplicates = (
  clinicId: string,
  person: { id: string; nameFolded: string; birthDate: string | null; phone: string | null },
): Query<PatientRow> =>
  tables
    .selectFrom('patient')
    .select(columns)
    .where('patient.clinicId', '=', clinicId)
    .where('patient.id', '!=', person.id)
    .where('patient.nameFolded', '=', person.nameFolded)
    .where((where) =>
      where.or([
        where('patient.birthDate', '=', person.birthDate),
        where('patient.phone', '=', person.phone),
        ...(person.birthDate === null && person.phone === null ? [sql<boolean>`true`] : []),
      ]),
    )
    .orderBy('patient.createdAt', 'desc')
    .limit(10);

/** Hands a record to an account; nothing for one that has an account already, or is archived. */
export const linkToAccount = (clinicId: string, id: string, userId: string): Query<{ id: string }> =>
  tables
    .updateTable('patient')
    .set((row) => ({ userId, version: row('version', '+', 1) }))
    .where('clinicId', '=', clinicId)
    .where('id', '=', id)
    .where('userId', 'is', null)
    .where('archivedAt', 'is', null)
    .returning('id');

export const setEmailIfNone = (clinicId: string, id: string, email: string) =>
  tables
    .updateTable('patient')
    .set((row) => ({ email, version: row('version', '+', 1) }))
    .where('clinicId', '=', clinicId)
    .where('id', '=', id)
    .where('email', 'is', null);

/** Makes a patient one of a doctor's; a second time changes nothing. */
export const insertCare = (care: { clinicId: string; doctorId: string; patientId: string; since: Date }) =>
  tables
    .insertInto('care')
    .values(care)
    .onConflict((conflict) => conflict.columns(['clinicId', 'doctorId', 'patientId']).doNothing());
