import { loadById, type Ctx } from '../../access/ctx.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { Transaction } from '../../platform/db/transaction.ts';
import { toConnection, type Connection } from '../../platform/graphql/connection.ts';
import { applyPage, readPage, type Ordering, type PageArguments } from '../../platform/graphql/page.ts';
import type { AuditEntryEntity } from './audit.entity.ts';
import { auditEntryId } from './audit.ids.ts';

export interface AuditRow {
  id: string;
  /** Its place in the clinic's chain, counted from 1. */
  sequence: number;
  at: Date;
  actorUserId: string | null;
  actorName: string;
  role: string | null;
  action: string;
  subjectId: string | null;
  changes: Record<string, unknown> | null;
  ipAddress: string | null;
}

export interface AuditListFilter {
  actorId: string | null;
  subjectId: string | null;
  action: string | null;
  from: Date | null;
  to: Date | null;
}

const table = queryBuilder<typeof AuditEntryEntity>();

/** Its place and its hash are the database's to give. */
export const insertAuditEntries = (clinicId: string, tx: Transaction) =>
  table.insertInto('audit_entry').values(
    tx.auditNotes.map((note) => ({
      id: auditEntryId.make(tx.now),
      clinicId,
      at: tx.now,
      actorUserId: tx.actor.userId,
      actorName: tx.actor.name,
      role: tx.actor.role,
      action: note.action,
      subjectId: note.subjectId,
      changes: note.changes ?? null,
      ipAddress: tx.actor.ipAddress,
    })),
  );

/**
 * The columns that a caller may read. A patient sees who opened their record, and neither from where nor what was changed;
 * the database refuses them the other columns.
 */
export function auditColumns(ctx: Ctx) {
  const isPatient = ctx.viewer?.role === 'PATIENT';
  const unless = <Value>(column: string) =>
    isPatient ? sql<Value | null>`null` : sql<Value | null>`${sql.ref(column)}`;
  return [
    sql<string>`audit_entry.id`.as('id'),
    sql<number>`audit_entry.sequence`.as('sequence'),
    sql<Date>`audit_entry.at`.as('at'),
    sql<string>`audit_entry.actor_name`.as('actorName'),
    sql<string | null>`audit_entry.role`.as('role'),
    sql<string>`audit_entry.action`.as('action'),
    sql<string | null>`audit_entry.subject_id`.as('subjectId'),
    unless<string>('audit_entry.actor_user_id').as('actorUserId'),
    unless<Record<string, unknown>>('audit_entry.changes').as('changes'),
    unless<string>('audit_entry.ip_address').as('ipAddress'),
  ] as const;
}

export const auditEntryById = loadById<AuditRow>((ids, ctx) =>
  table
    .selectFrom('audit_entry')
    .select(auditColumns(ctx))
    .where('audit_entry.clinicId', '=', ctx.clinicId)
    .where('audit_entry.id', 'in', [...ids]),
);

export const newestEntriesFirst: Ordering = {
  column: 'audit_entry.at',
  id: 'audit_entry.sequence',
  idKind: 'number',
  direction: 'desc',
};
export const entryPosition = (row: AuditRow) => ({ value: row.at.toISOString(), id: String(row.sequence) });

function condition(clinicId: string, { actorId, subjectId, action, from, to }: AuditListFilter) {
  const ofAction = action?.includes('.')
    ? sql`audit_entry.action = ${action}`
    : sql`${action} = any (string_to_array(audit_entry.action, '.'))`;
  const parts = [
    sql`audit_entry.clinic_id = ${clinicId}`,
    actorId === null ? null : sql`audit_entry.actor_user_id = ${actorId}`,
    subjectId === null ? null : sql`audit_entry.subject_id = ${subjectId}`,
    action === null ? null : ofAction,
    from === null ? null : sql`audit_entry.at >= ${from}`,
    to === null ? null : sql`audit_entry.at < ${to}`,
  ];
  return sql<boolean>`${sql.join(
    parts.filter((part) => part !== null),
    sql` and `,
  )}`;
}

/** A page of the clinic's audit trail, newest first. */
export async function listAuditEntries(
  ctx: Ctx,
  args: PageArguments,
  filter: AuditListFilter,
): Promise<Connection<AuditRow>> {
  const page = readPage(args, newestEntriesFirst);
  const matching = table.selectFrom('audit_entry').where(condition(ctx.clinicId, filter));
  const rows = await ctx.rows(applyPage(matching.select(auditColumns(ctx)), page));
  return toConnection(
    rows,
    page,
    entryPosition,
    async () => (await ctx.first(matching.select(({ fn }) => fn.countAll<number>().as('count'))))?.count ?? 0,
  );
}

export interface ChainCheck {
  checkedCount: number;
  /** The first entry that does not follow from the one before it. */
  brokenId: string | null;
  lastId: string | null;
  /** Whether the last entry is where the chain was left. */
  isEndThere: boolean;
}

/**
 * Walks a clinic's whole chain in one statement and one snapshot: every hash computed anew from its row and the hash that
 * the row before it holds, every place counted, and the end held against where the last writer left it.
 */
export const checkChain = (clinicId: string): Query<ChainCheck> =>
  table
    .selectFrom(
      sql<ChainCheck>`(
      with link as (
        select entry.id, entry.sequence, entry.hash,
          entry.sequence = lag(entry.sequence, 1, 0::bigint) over walk + 1
            and entry.hash = directory.audit_hash(lag(entry.hash, 1, ''::bytea) over walk, entry) as fits
        from audit_entry entry where entry.clinic_id = ${clinicId}
        window walk as (order by entry.sequence)
      ), walked as (
        select count(*) as checked, min(sequence) filter (where not fits) as broken, max(sequence) as last from link
      )
      select walked.checked as checked_count, broken.id as broken_id, last.id as last_id,
        coalesce(head.sequence, 0) = coalesce(last.sequence, 0)
          and coalesce(head.hash, '') = coalesce(last.hash, '') as is_end_there
      from walked
      left join link broken on broken.sequence = walked.broken
      left join link last on last.sequence = walked.last
      left join audit_head head on head.clinic_id = ${clinicId}
    )`.as('chain'),
    )
    .selectAll();
