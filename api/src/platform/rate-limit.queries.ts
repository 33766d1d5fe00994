import { defineEntity, p } from '@mikro-orm/postgresql';
import { queryBuilder } from './db/query-builder.ts';

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

export const deleteExpiredCounts = (nowMs: number) =>
  queryBuilder<typeof RateLimitEntity>().deleteFrom('rate_limit').where('expire', '<', nowMs);
