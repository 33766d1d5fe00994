import { queryBuilder, sql, type Query } from './db/query-builder.ts';

const tables = queryBuilder<never>();

export interface Named {
  name: string;
}

export const appliedMigrations = (): Query<Named> =>
  tables.selectFrom(sql<Named>`mikro_orm_migrations`.as('applied')).select('name');

export const jobQueues = (): Query<Named> => tables.selectFrom(sql<Named>`pgboss.queue`.as('queue')).select('name');
