import { queryBuilder, sql, type Query } from '../db/query-builder.ts';

const tables = queryBuilder<never>();

export interface Backlog {
  /** `message` to people about a clinic's matters, `letter` about an account. */
  kind: string;
  status: string;
  count: number;
  /** How long ago the oldest that waits was due; 0 when nothing is late. */
  lagSeconds: number;
}

/** What waits to be sent and what was given up, over all clinics and without naming one. */
export const backlogs = (at: Date): Query<Backlog> =>
  tables.selectFrom(sql<Backlog>`directory.delivery_backlog(${at})`.as('backlog')).selectAll();

export interface JobCount {
  name: string;
  state: string;
  count: number;
}

/** The clockwork's jobs that are kept, by what became of them. */
export const jobCounts = (): Query<JobCount> =>
  tables
    .selectFrom(
      sql<JobCount>`(select name, state::text, count(*) from pgboss.job where name not like '\\_\\_%' group by 1, 2)`.as(
        'jobs',
      ),
    )
    .selectAll();
