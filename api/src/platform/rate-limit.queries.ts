import { defineEntity, p } from '@mikro-orm/postgresql';
import { queryBuilder, sql, type Query } from './db/query-builder.ts';

/** The rate limiter's own form of table: a hashed key, how often, and until when in milliseconds. */
export const RateLimitEntity = defineEntity({
  name: 'RateLimit',
  tableName: 'rate_limit',
  properties: {
    key: p.text().primary(),
    points: p.integer(),
    expire: p.bigint('number').nullable(),
  },
});

const table = queryBuilder<typeof RateLimitEntity>();

export const deleteExpiredCounts = (nowMs: number) => table.deleteFrom('rate_limit').where('expire', '<', nowMs);

export interface Spending {
  key: string;
  points: number;
  /** Points in one window. */
  budget: number;
  nowMs: number;
  windowMs: number;
}

/**
 * Spends points of a budget, in a window that begins with the first of them; no row when fewer are left. Of many at once
 * each sees what the one before it has spent.
 */
export const spendPoints = ({
  key,
  points,
  budget,
  nowMs,
  windowMs,
}: Spending): Query<{ points: number; expire: number }> => {
  const isOver = sql<boolean>`rate_limit.expire <= ${nowMs}`;
  return table
    .insertInto('rate_limit')
    .columns(['key', 'points', 'expire'])
    .expression(
      sql`select ${key}::text, ${points}::integer, ${nowMs + windowMs}::bigint where ${points}::integer <= ${budget}::integer`,
    )
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({
          points: sql<number>`case when ${isOver} then excluded.points else rate_limit.points + excluded.points end`,
          expire: sql<number>`case when ${isOver} then excluded.expire else rate_limit.expire end`,
        })
        .where(sql<boolean>`${isOver} or rate_limit.points + excluded.points <= ${budget}`),
    )
    .returning([sql<number>`points`.as('points'), sql<number>`expire`.as('expire')]);
};

/** How a budget stands that could not be spent from. */
export const spendingEnds = (key: string): Query<{ points: number; expire: number }> =>
  table
    .selectFrom('rate_limit')
    .select(['points', sql<number>`coalesce(expire, 0)`.as('expire')])
    .where('key', '=', key);
