import { queryBuilder, sql, type Query } from '../db/query-builder.ts';
import type { DueEntity } from './due.entity.ts';

/** What is to happen at an instant of the clinic's clock. */
export interface Due {
  id: string;
  /** Which handler it is for. */
  kind: string;
  subjectId: string;
  /** Tells apart several of one kind about one subject; empty where there is only ever one. */
  cause: string;
  dueAt: Date;
  runAt: Date;
  attempts: number;
}

const tables = queryBuilder<typeof DueEntity>();
const columns = ['due.id', 'due.kind', 'due.subjectId', 'due.cause', 'due.dueAt', 'due.runAt', 'due.attempts'] as const;

export interface NewDue {
  id: string;
  clinicId: string;
  kind: string;
  subjectId: string;
  cause: string;
  dueAt: Date;
  createdAt: Date;
}

/** Writes what falls due; the same kind, subject and cause moves instead, as if it had never been tried. */
export const insertDue = (rows: readonly NewDue[]): Query<{ id: string }> =>
  tables
    .insertInto('due')
    .values(
      rows.map((row) => ({
        ...row,
        runAt: row.dueAt,
        attempts: 0,
        sandbox: sql<boolean>`(select sandbox from clinic where id = ${row.clinicId})`,
      })),
    )
    .onConflict((conflict) =>
      conflict.constraint('due_once').doUpdateSet((row) => ({
        dueAt: row.ref('excluded.dueAt'),
        runAt: row.ref('excluded.dueAt'),
        attempts: 0,
      })),
    )
    .returning('id');

export const deleteDue = (
  clinicId: string,
  { kind, subjectId, cause }: { kind: string; subjectId: string; cause?: string },
): Query<{ id: string }> =>
  tables
    .deleteFrom('due')
    .where('clinicId', '=', clinicId)
    .where('kind', '=', kind)
    .where('subjectId', '=', subjectId)
    .$if(cause !== undefined, (query) => query.where('cause', '=', cause ?? ''))
    .returning('id');

/** The first that is due, whoever may be at it. */
export const firstDue = (clinicId: string, until: Date): Query<Due> =>
  tables
    .selectFrom('due')
    .select(columns)
    .where('clinicId', '=', clinicId)
    .where('runAt', '<=', until)
    .orderBy('runAt')
    .orderBy('sequence')
    .limit(1);

/** How far a worker looks past those that others are at. */
const candidates = 20;

/**
 * The first that is due and that nobody is at; it is this transaction's until that ends. The claim is a lock of its own,
 * not the row's: whoever takes the row back holds a doctor's or a patient's lock already and must not wait for somebody
 * who waits for that one.
 */
export const claimDue = (clinicId: string, until: Date): Query<Due> =>
  tables
    .with(
      (cte) => cte('candidate').materialized(),
      (inner) =>
        inner
          .selectFrom('due')
          .select(columns)
          .where('clinicId', '=', clinicId)
          .where('runAt', '<=', until)
          .orderBy('runAt')
          .orderBy('sequence')
          .limit(candidates),
    )
    .selectFrom('candidate')
    .selectAll()
    .where(sql<boolean>`pg_try_advisory_xact_lock(hashtextextended('due ' || candidate.id, 0))`)
    .limit(1);

/** Removes what was run, unless it was taken back or moved meanwhile. */
export const removeRun = (clinicId: string, { id, runAt }: Pick<Due, 'id' | 'runAt'>): Query<{ id: string }> =>
  tables
    .deleteFrom('due')
    .where('clinicId', '=', clinicId)
    .where('id', '=', id)
    .where('runAt', '=', runAt)
    .returning('id');

/** Puts off what failed, unless it was taken back or moved meanwhile. */
export const postponeDue = (clinicId: string, { id, runAt }: Pick<Due, 'id' | 'runAt'>, until: Date) =>
  tables
    .updateTable('due')
    .set({ runAt: until, attempts: sql<number>`attempts + 1` })
    .where('clinicId', '=', clinicId)
    .where('id', '=', id)
    .where('runAt', '=', runAt);

export interface ClinicWithDue {
  clinicId: string;
  clockOffsetMs: number;
  sandbox: boolean;
}

/** The clinics in which something is due by their own clocks, or whose clock is on its way. */
export const clinicsWithDue = (realNow: Date): Query<ClinicWithDue> =>
  tables.selectFrom(sql<ClinicWithDue>`directory.clinics_with_due(${realNow})`.as('clinic')).selectAll();

/** The real instant at which something falls due next, in any clinic; null when nothing does. */
export const nextDue = (realNow: Date): Query<{ at: Date | null }> =>
  tables.selectNoFrom(sql<Date | null>`directory.next_due(${realNow})`.as('at'));
