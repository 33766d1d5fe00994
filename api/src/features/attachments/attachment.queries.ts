import { loadById, loadByParent } from '../../access/ctx.ts';
import { loadLists } from '../../access/lists.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import { applyPage, type Ordering } from '../../platform/graphql/page.ts';
import type { AttachmentStatus, FileKind } from './attachment.domain.ts';
import type { AttachmentEntity } from './attachment.entity.ts';

export interface AttachmentRow {
  id: string;
  patientId: string;
  visitId: string | null;
  fileName: string;
  contentType: FileKind;
  /** Bytes. */
  size: number;
  status: AttachmentStatus;
  uploadedByUserId: string;
  uploadedByName: string;
  createdAt: Date;
  storageKey: string | null;
}

const tables = queryBuilder<typeof AttachmentEntity>();
const columns = [
  'attachment.id',
  'attachment.patientId',
  'attachment.visitId',
  'attachment.fileName',
  'attachment.contentType',
  'attachment.size',
  'attachment.status',
  'attachment.uploadedByUserId',
  'attachment.uploadedByName',
  'attachment.createdAt',
  'attachment.storageKey',
] as const;

/** Whoever began an upload sees it before its bytes are there; of the others each their readers, and of removed ones nobody. */
export const attachmentById = loadById<AttachmentRow>((ids, ctx) =>
  tables
    .selectFrom('attachment')
    .select(columns)
    .where('attachment.clinicId', '=', ctx.clinicId)
    .where('attachment.id', 'in', [...ids]),
);

const filesPerVisit = 100;

/** The files of visits that are there, newest first; so many times as many visits bound the answer. */
export const attachmentsOfVisit = loadByParent<AttachmentRow>(
  (row) => row.visitId ?? '',
  (visitIds, ctx) =>
    tables
      .selectFrom('attachment')
      .select(columns)
      .where('attachment.clinicId', '=', ctx.clinicId)
      .where('attachment.visitId', 'in', [...visitIds])
      .where('attachment.status', '=', 'READY')
      .orderBy('attachment.visitId')
      .orderBy('attachment.createdAt', 'desc')
      .orderBy('attachment.id', 'desc')
      .limit(visitIds.length * filesPerVisit),
);

const newestFirst: Ordering = { column: 'attachment.created_at', id: 'attachment.id', direction: 'desc' };

/** A patient's files that are there and that the caller may see, newest first. */
export const attachmentsOfPatient = loadLists<AttachmentRow, null>({
  ordering: newestFirst,
  positionOf: (row) => ({ value: row.createdAt.toISOString(), id: row.id }),
  rows: (ctx, parentIds, page) =>
    tables
      .selectFrom(sql<{ id: string }>`unnest(${[...parentIds]}::uuid[])`.as<'parent'>(sql`parent(id)`))
      .innerJoinLateral(
        (inner) =>
          applyPage(
            inner
              .selectFrom('attachment')
              .select(columns)
              .where('attachment.clinicId', '=', ctx.clinicId)
              .whereRef('attachment.patientId', '=', 'parent.id')
              .where('attachment.status', '=', 'READY'),
            page,
          ).as('child'),
        (join) => join.onTrue(),
      )
      .selectAll('child')
      .select('parent.id as parentId')
      .orderBy(sql`child.created_at desc, child.id desc`),
  counts: (ctx, parentIds) =>
    tables
      .selectFrom('attachment')
      .select(['attachment.patientId as parentId'])
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('attachment.clinicId', '=', ctx.clinicId)
      .where('attachment.patientId', 'in', [...parentIds])
      .where('attachment.status', '=', 'READY')
      .groupBy('attachment.patientId'),
});

/** As the app itself: whoever makes two records one need not be able to read what moves along. */
export const moveAttachments = (
  clinicId: string,
  { fromPatient, toPatient }: { fromPatient: string; toPatient: string },
): Query<{ id: string }> =>
  tables
    .updateTable('attachment')
    .set({ patientId: toPatient })
    .where('clinicId', '=', clinicId)
    .where('patientId', '=', fromPatient)
    .returning('id');

export const patientsWithAttachments = (
  clinicId: string,
  patientIds: readonly string[],
): Query<{ patientId: string }> =>
  tables
    .selectFrom('attachment')
    .select('patientId')
    .distinct()
    .where('clinicId', '=', clinicId)
    .where('patientId', 'in', [...patientIds]);
