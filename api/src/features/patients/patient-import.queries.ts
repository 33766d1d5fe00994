import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { SexValue } from './patient.domain.ts';
import type {
  CareEntity,
  ImportProgressEntity,
  PatientClinicalEntity,
  PatientEntity,
  PatientImportEntity,
} from './patient.entity.ts';

const tables = queryBuilder<
  | typeof CareEntity
  | typeof ImportProgressEntity
  | typeof PatientClinicalEntity
  | typeof PatientEntity
  | typeof PatientImportEntity
>();

interface Wanted {
  row: number;
  nameFolded: string;
  nameSwapped: string;
  birthDate: string | null;
  phone: string | null;
}

interface KnownPerson {
  row: number;
  recordNumber: string;
  firstName: string;
  lastName: string | null;
}

/**
 * Which of these people seem to have a record: the same name, either way round, and the same birth date or phone. Each way
 * round is a row of its own: plain equality leaves the planner a good plan even when an import has just filled the table.
 */
export const knownPeople = (clinicId: string, people: readonly Wanted[]): Query<KnownPerson> => {
  const wanted = people.flatMap(({ row, birthDate, phone, ...names }) =>
    [...new Set([names.nameFolded, names.nameSwapped])].map((name) => ({ row, name, birthDate, phone })),
  );
  const rows = sql<{ row: number }>`unnest(${wanted.map(({ row }) => row)}::integer[],
    ${wanted.map(({ name }) => name)}::text[], ${wanted.map(({ birthDate }) => birthDate)}::date[],
    ${wanted.map(({ phone }) => phone)}::text[])`;
  return tables
    .selectFrom(rows.as<'wanted'>(sql`wanted(row, name, birth_date, phone)`))
    .innerJoin('patient', (join) =>
      join
        .on('patient.clinicId', '=', clinicId)
        .on('patient.mergedInto', 'is', null)
        .on(sql<boolean>`patient.name_folded = wanted.name`)
        .on(
          sql<boolean>`(patient.birth_date = wanted.birth_date or patient.phone = wanted.phone
            or (wanted.birth_date is null and wanted.phone is null))`,
        ),
    )
    .distinctOn('wanted.row')
    .select(['wanted.row', 'patient.recordNumber', 'patient.firstName', 'patient.lastName'])
    .orderBy('wanted.row')
    .orderBy('patient.createdAt');
};

export interface NewRecord {
  id: string;
  recordNumber: string;
  firstName: string;
  lastName: string | null;
  nameFolded: string;
  birthDate: string | null;
  birthDateEstimated: boolean;
  sex: SexValue;
  phone: string | null;
  email: string | null;
  address: string | null;
}

/** Writes many records with one statement of a fixed shape: arrays, not a parameter for every cell. */
export const insertRecords = (
  { clinicId, importId, byName, at }: { clinicId: string; importId: string; byName: string; at: Date },
  records: readonly NewRecord[],
): Query<unknown> => {
  const column = <Field extends keyof NewRecord>(field: Field) => records.map((record) => record[field]);
  return {
    compile: () =>
      sql`insert into patient (id, clinic_id, record_number, first_name, last_name, name_folded, birth_date,
          birth_date_estimated, sex, phone, email, address, email_consent, sms_consent, marketing_consent,
          preferences_updated_at, preferences_updated_by_name, import_id, created_at, updated_at, updated_by_name, version)
        select id, ${clinicId}::uuid, record_number, first_name, last_name, name_folded, birth_date, estimated, sex, phone,
          email, address, false, false, false, ${at}::timestamptz, ${byName}::text, ${importId}::uuid, ${at}::timestamptz,
          ${at}::timestamptz, ${byName}::text, 1
        from unnest(${column('id')}::uuid[], ${column('recordNumber')}::text[], ${column('firstName')}::text[],
          ${column('lastName')}::text[], ${column('nameFolded')}::text[], ${column('birthDate')}::date[],
          ${column('birthDateEstimated')}::boolean[], ${column('sex')}::text[], ${column('phone')}::text[],
          ${column('email')}::text[], ${column('address')}::text[])
        as made(id, record_number, first_name, last_name, name_folded, birth_date, estimated, sex, phone, email, address)`.compile(
        tables,
      ),
  };
};

export interface Progress {
  processed: number;
  total: number;
  isDone: boolean;
}

export const writeProgress = (
  { clinicId, userId, key }: { clinicId: string; userId: string; key: string },
  progress: Progress,
  at: Date,
) =>
  tables
    .insertInto('import_progress')
    .values({ clinicId, userId, key, ...progress, updatedAt: at })
    .onConflict((conflict) =>
      conflict.columns(['clinicId', 'userId', 'key']).doUpdateSet({ ...progress, updatedAt: at }),
    );

export const removeProgressBefore = (clinicId: string, at: Date) =>
  tables.deleteFrom('import_progress').where('clinicId', '=', clinicId).where('updatedAt', '<', at);

export const readProgress = (clinicId: string, userId: string, key: string): Query<Progress> =>
  tables
    .selectFrom('import_progress')
    .select(['processed', 'total', 'isDone'])
    .where('clinicId', '=', clinicId)
    .where('userId', '=', userId)
    .where('key', '=', key);

export interface ImportedRecord {
  id: string;
  isTouched: boolean;
}

/** The records of one import, locked, and whether anything was done to them since. */
export const lockImported = (clinicId: string, importId: string): Query<ImportedRecord> =>
  tables
    .selectFrom('patient')
    .select('id')
    .select(
      sql<boolean>`(version > 1 or user_id is not null or preferences_updated_at > created_at
        or exists (select from care where care.clinic_id = patient.clinic_id and care.patient_id = patient.id)
        or exists (select from patient_clinical c where c.clinic_id = patient.clinic_id and c.patient_id = patient.id))`.as(
        'isTouched',
      ),
    )
    .where('clinicId', '=', clinicId)
    .where('importId', '=', importId)
    .orderBy('id')
    .forUpdate();

export const removeRecords = (clinicId: string, ids: readonly string[]): Query<{ id: string }> =>
  tables
    .deleteFrom('patient')
    .where('clinicId', '=', clinicId)
    .where(sql<boolean>`id = any (${[...ids]}::uuid[])`)
    .returning('id');
