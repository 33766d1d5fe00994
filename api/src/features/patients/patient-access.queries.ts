import { loadLists } from '../../access/lists.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import { applyPage } from '../../platform/graphql/page.ts';
import {
  auditColumns,
  entryPosition,
  newestEntriesFirst,
  type AuditEntryEntity,
  type AuditRow,
} from '../audit/index.ts';
import type { PatientEntity } from './patient.entity.ts';

const tables = queryBuilder<typeof AuditEntryEntity | typeof PatientEntity>();

/** Entries about a record and those merged into it; whoever was refused neither opened nor changed it. */
const aboutRecord = (clinicId: string, record: string) =>
  sql<boolean>`audit_entry.clinic_id = ${clinicId}
    and audit_entry.subject_id in (select directory.records_of(${sql.ref(record)}))
    and audit_entry.action not like '%.refuse'`;

/** Who opened or changed each of many records, newest first. */
export const accessOfPatient = loadLists<AuditRow, null>({
  ordering: newestEntriesFirst,
  positionOf: entryPosition,
  rows: (ctx, parentIds, page) =>
    tables
      .selectFrom(sql<{ id: string }>`unnest(${[...parentIds]}::uuid[])`.as<'parent'>(sql`parent(id)`))
      .innerJoinLateral(
        (inner) =>
          applyPage(
            inner.selectFrom('audit_entry').select(auditColumns(ctx)).where(aboutRecord(ctx.clinicId, 'parent.id')),
            page,
          ).as('child'),
        (join) => join.onTrue(),
      )
      .selectAll('child')
      .select('parent.id as parentId')
      .orderBy(sql`child.at desc, child.sequence desc`),
  counts: (ctx, parentIds) =>
    tables
      .selectFrom(sql<{ id: string }>`unnest(${[...parentIds]}::uuid[])`.as<'parent'>(sql`parent(id)`))
      .innerJoin('audit_entry', (join) => join.on(aboutRecord(ctx.clinicId, 'parent.id')))
      .select('parent.id as parentId')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .groupBy('parent.id'),
});

/** The record with this number, or the one it was merged into at last. */
export const recordByNumber = (
  clinicId: string,
  recordNumber: string,
): Query<{ id: string; recordNumber: string; clinicId: string }> =>
  tables
    .withRecursive('found', (query) =>
      query
        .selectFrom('patient')
        .select(['id', 'recordNumber', 'mergedInto', 'clinicId'])
        .where('clinicId', '=', clinicId)
        .where('recordNumber', '=', recordNumber)
        .unionAll((next) =>
          next
            .selectFrom('patient')
            .innerJoin('found', 'found.mergedInto', 'patient.id')
            .select(['patient.id', 'patient.recordNumber', 'patient.mergedInto', 'patient.clinicId']),
        ),
    )
    .selectFrom('found')
    .select(['id', 'recordNumber', 'clinicId'])
    .where('mergedInto', 'is', null);
