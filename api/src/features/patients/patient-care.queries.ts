import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { CareEntity } from './patient.entity.ts';

const tables = queryBuilder<typeof CareEntity>();

/** Makes a patient one of a doctor's for good; a second time changes nothing. */
export const insertCare = (care: { clinicId: string; doctorId: string; patientId: string; since: Date }) =>
  tables
    .insertInto('care')
    .values({ ...care, until: null, reason: null })
    .onConflict((conflict) =>
      conflict
        .columns(['clinicId', 'doctorId', 'patientId'])
        .doUpdateSet({ since: care.since, until: null, reason: null })
        .where('care.until', 'is not', null),
    );

/** Opens a record for a doctor until an instant, or for longer than it is open; one that is theirs for good stays so. */
export const openCare = (care: {
  clinicId: string;
  doctorId: string;
  patientId: string;
  since: Date;
  until: Date;
  reason: string;
}) =>
  tables
    .insertInto('care')
    .values(care)
    .onConflict((conflict) =>
      conflict
        .columns(['clinicId', 'doctorId', 'patientId'])
        .doUpdateSet({ since: care.since, until: care.until, reason: care.reason })
        .where('care.until', 'is not', null),
    );

/** Whether a patient is one of the doctor's at this instant, for good or for an hour. */
export const isInCare = (
  { clinicId, doctorId, patientId }: { clinicId: string; doctorId: string; patientId: string },
  at: Date,
): Query<{ until: Date | null }> =>
  tables
    .selectFrom('care')
    .select('until')
    .where('clinicId', '=', clinicId)
    .where('doctorId', '=', doctorId)
    .where('patientId', '=', patientId)
    .where((where) => where.or([where('until', 'is', null), where('until', '>', at)]));

/** Makes everybody who cares for the merged patient care for the one that stays; what is open for an hour stays so. */
export const copyCare = ({ clinicId, keepId, mergeId }: { clinicId: string; keepId: string; mergeId: string }) =>
  tables
    .insertInto('care')
    .columns(['clinicId', 'doctorId', 'patientId', 'since', 'until', 'reason'])
    .expression((from) =>
      from
        .selectFrom('care')
        .select(['clinicId', 'doctorId', sql<string>`${keepId}::uuid`.as('patientId'), 'since', 'until', 'reason'])
        .where('clinicId', '=', clinicId)
        .where('patientId', '=', mergeId),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['clinicId', 'doctorId', 'patientId'])
        .doUpdateSet({
          until: (row) => row.ref('excluded.until'),
          reason: (row) => row.ref('excluded.reason'),
        })
        // For good wins over for an hour, and the longer hour over the shorter.
        .where(sql<boolean>`care.until is not null and (excluded.until is null or excluded.until > care.until)`),
    );
