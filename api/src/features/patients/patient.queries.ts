import { loadById, type Ctx } from '../../access/ctx.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import { toConnection, type Connection } from '../../platform/graphql/connection.ts';
import { applyPage, readPage, type Ordering, type PageArguments } from '../../platform/graphql/page.ts';
import { searchTerms, type SearchTerms } from './patient-search.domain.ts';
import { foldName, fullName, type SexValue } from './patient.domain.ts';
import type { CareEntity, PatientClinicalEntity, PatientEntity } from './patient.entity.ts';

export interface PatientRow {
  id: string;
  clinicId: string;
  userId: string | null;
  recordNumber: string;
  firstName: string;
  lastName: string | null;
  birthDate: string | null;
  birthDateEstimated: boolean;
  sex: SexValue;
  phone: string | null;
  email: string | null;
  address: string | null;
  emailConsent: boolean;
  smsConsent: boolean;
  marketingConsent: boolean;
  preferencesUpdatedAt: Date;
  preferencesUpdatedByName: string | null;
  archivedAt: Date | null;
  mergedInto: string | null;
  createdAt: Date;
  updatedAt: Date;
  updatedByName: string | null;
  version: number;
}

export interface PatientListFilter {
  search?: string | null;
  doctorId?: string | null;
  archived?: boolean | null;
}

const tables = queryBuilder<typeof PatientEntity | typeof PatientClinicalEntity | typeof CareEntity>();
export const patientColumns = [
  'patient.id',
  'patient.clinicId',
  'patient.userId',
  'patient.recordNumber',
  'patient.firstName',
  'patient.lastName',
  'patient.birthDate',
  'patient.birthDateEstimated',
  'patient.sex',
  'patient.phone',
  'patient.email',
  'patient.address',
  'patient.emailConsent',
  'patient.smsConsent',
  'patient.marketingConsent',
  'patient.preferencesUpdatedAt',
  'patient.preferencesUpdatedByName',
  'patient.archivedAt',
  'patient.mergedInto',
  'patient.createdAt',
  'patient.updatedAt',
  'patient.updatedByName',
  'patient.version',
] as const;

export const patientById = loadById<PatientRow>((ids, ctx) =>
  tables
    .selectFrom('patient')
    .select(patientColumns)
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

/** What a patient is noted as allergic to, for whoever may read it: a treating doctor. No row where nothing was noted. */
export const allergiesOf = (clinicId: string, patientId: string): Query<{ allergies: string[] }> =>
  tables
    .selectFrom('patient_clinical')
    .select('allergies')
    .where('clinicId', '=', clinicId)
    .where('patientId', '=', patientId);

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
          .where('care.doctorId', '=', filter.doctorId ?? '')
          .where('care.until', 'is', null),
      ),
    );

const newestFirst: Ordering = { column: 'patient.created_at', id: 'patient.id', direction: 'desc' };

/** A page of the clinic's patients as far as they are the caller's to see: newest first, best match first in a search. */
export async function listPatients(
  ctx: Ctx,
  args: PageArguments,
  filter: PatientListFilter,
): Promise<Connection<PatientRow>> {
  const terms = searchTerms(filter.search ?? '');
  if (terms !== null) return listFound(ctx, args, terms, filter);
  const page = readPage(args, newestFirst);
  const query = matching(ctx.clinicId, filter);
  const rows = await ctx.rows(applyPage(query.select(patientColumns), page));
  return toConnection(
    rows,
    page,
    (row) => ({ value: row.createdAt.toISOString(), id: row.id }),
    async () => (await ctx.first(query.select(({ fn }) => fn.countAll<number>().as('count'))))?.count ?? 0,
  );
}

const bestFirst: Ordering = { column: 'found.score', id: 'patient.id', direction: 'desc', kind: 'score' };

/** More than this nobody reads through: a word more finds the one who is meant. */
const mostFound = 200;

async function listFound(
  ctx: Ctx,
  args: PageArguments,
  { words, recordNumber, digits }: SearchTerms,
  filter: PatientListFilter,
): Promise<Connection<PatientRow>> {
  const page = readPage(args, bestFirst);
  const found = sql<{
    patientId: string;
    score: number;
  }>`directory.find_patients(${words}::text[], ${recordNumber}::text,
    ${digits}::text, ${filter.archived === true}::boolean, ${filter.doctorId ?? null}::uuid, ${mostFound}::integer)`;
  const query = tables
    .selectFrom('patient')
    .innerJoin(found.as<'found'>(sql`found`), 'found.patientId', 'patient.id')
    .where('patient.clinicId', '=', ctx.clinicId);
  const rows = await ctx.rows(applyPage(query.select(patientColumns).select('found.score'), page));
  return toConnection(
    rows,
    page,
    (row) => ({ value: String(row.score), id: row.id }),
    async () => (await ctx.first(query.select(({ fn }) => fn.countAll<number>().as('count'))))?.count ?? 0,
  );
}

/**
 * The ids of those whom a search means, for lists that hang off patients; null for a search that says nothing. As many as a
 * search finds at all.
 */
export async function patientIdsFound(ctx: Ctx, search: string): Promise<string[] | null> {
  const terms = searchTerms(search);
  if (terms === null) return null;
  const { words, recordNumber, digits } = terms;
  const found = sql<{ patientId: string }>`directory.find_patients(${words}::text[], ${recordNumber}::text,
    ${digits}::text, false, null::uuid, ${mostFound}::integer)`;
  const rows = await ctx.rows(tables.selectFrom(found.as<'found'>(sql`found`)).select('found.patientId'));
  return rows.map((row) => row.patientId);
}

/** Others with the same name, and the same birth date or phone: perhaps the same person. */
export const likelyDuplicates = (
  clinicId: string,
  person: { id: string; nameFolded: string; birthDate: string | null; phone: string | null },
): Query<PatientRow> =>
  tables
    .selectFrom('patient')
    .select(patientColumns)
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
/** Longer than any name that a record may have: nobody is called so. */
const longestName = 500;

/** How alike two names must be to be taken for one: a letter or two apart, or their parts in another order. */
const likeness = 0.6;

/** Records that may be of this person: nearly the same name, its parts in any order, and the same birth date or phone. */
const lookalikes = (
  clinicId: string,
  person: { nameFolded: string; birthDate: string | null; phone: string | null },
): Query<PatientRow> =>
  tables
    .selectFrom('patient')
    .select(patientColumns)
    .where('patient.clinicId', '=', clinicId)
    .where('patient.mergedInto', 'is', null)
    .where((where) =>
      person.birthDate === null && person.phone === null
        ? where('patient.nameFolded', '=', person.nameFolded)
        : where.and([
            where.or([where('patient.birthDate', '=', person.birthDate), where('patient.phone', '=', person.phone)]),
            sql<boolean>`similarity(patient.name_folded, ${person.nameFolded}) >= ${likeness}`,
          ]),
    )
    .orderBy(sql`similarity(patient.name_folded, ${person.nameFolded})`, 'desc')
    .orderBy('patient.id', 'desc')
    .limit(10);

/** Who may be the person that somebody is about to register; nobody while no name has been typed. */
export async function findLookalikes(
  ctx: Ctx,
  person: { firstName: string; lastName?: string | null; birthDate?: string | null; phone?: string | null },
): Promise<PatientRow[]> {
  const nameFolded = foldName(fullName({ firstName: person.firstName, lastName: person.lastName ?? null }));
  if (nameFolded === '' || nameFolded.length > longestName) return [];
  const { birthDate = null, phone = null } = person;
  return ctx.rows(lookalikes(ctx.clinicId, { nameFolded, birthDate, phone }));
}

export const recordNumberOf = (clinicId: string, id: string): Query<{ recordNumber: string }> =>
  tables.selectFrom('patient').select('recordNumber').where('clinicId', '=', clinicId).where('id', '=', id);

/** The record as it is now; nobody may merge or remove it until the transaction ends. */
export const recordState = (
  clinicId: string,
  id: string,
): Query<{ archivedAt: Date | null; mergedInto: string | null }> =>
  tables
    .selectFrom('patient')
    .select(['archivedAt', 'mergedInto'])
    .where('clinicId', '=', clinicId)
    .where('id', '=', id)
    .forKeyShare();
