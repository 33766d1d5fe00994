import { defineEntity, p } from '@mikro-orm/postgresql';
import { queryBuilder, sql, type Query } from '../db/query-builder.ts';

/** A request that carried a key: what it had as its effect, and what it was answered. */
export const IdempotentRequestEntity = defineEntity({
  name: 'IdempotentRequest',
  tableName: 'idempotent_request',
  properties: {
    clinicId: p.uuid().primary(),
    userId: p.uuid().primary(),
    role: p.text().primary(),
    key: p.text().primary(),
    inputHash: p.text(),
    /** What the use case returned, written with its effect. */
    result: p.blob().nullable(),
    answer: p.text().nullable(),
    createdAt: p.datetime(),
  },
});

/** Whose request, and under which key. */
export interface RequestPlace {
  clinicId: string;
  userId: string;
  role: string;
  key: string;
}

export interface StoredRequest {
  inputHash: string;
  result: Buffer | null;
  answer: string | null;
}

const tables = queryBuilder<typeof IdempotentRequestEntity>();

export const storedRequest = (place: RequestPlace, since: Date): Query<StoredRequest> =>
  tables
    .selectFrom('idempotent_request')
    .select(['inputHash', 'result', 'answer'])
    .where('clinicId', '=', place.clinicId)
    .where('userId', '=', place.userId)
    .where('role', '=', place.role)
    .where('key', '=', place.key)
    .where('createdAt', '>', since);

/**
 * Claims a key; of many at once the first gets the row, the others wait for its transaction to end and get none. A key
 * that has run out is claimed anew.
 */
export const claimRequest = (place: RequestPlace, inputHash: string, at: Date, since: Date): Query<{ key: string }> =>
  tables
    .insertInto('idempotent_request')
    .values({ ...place, inputHash, result: null, answer: null, createdAt: at })
    .onConflict((conflict) =>
      conflict
        .columns(['clinicId', 'userId', 'role', 'key'])
        .doUpdateSet({ inputHash, result: null, answer: null, createdAt: at })
        .where('idempotent_request.createdAt', '<=', since),
    )
    .returning('key');

export const keepResult = (place: RequestPlace, result: Buffer) =>
  tables
    .updateTable('idempotent_request')
    .set({ result })
    .where('clinicId', '=', place.clinicId)
    .where('userId', '=', place.userId)
    .where('role', '=', place.role)
    .where('key', '=', place.key);

/** Keeps the first answer of a key; whoever comes with another one later keeps that first one too. */
export const keepAnswer = (place: RequestPlace, inputHash: string, answer: string, at: Date) =>
  tables
    .insertInto('idempotent_request')
    .values({ ...place, inputHash, result: null, answer, createdAt: at })
    .onConflict((conflict) =>
      conflict
        .columns(['clinicId', 'userId', 'role', 'key'])
        .doUpdateSet({ answer: sql<string>`coalesce(idempotent_request.answer, excluded.answer)` }),
    );

export const forgetRequests = (before: Date): Query<{ gone: number }> =>
  tables.selectNoFrom(sql<number>`directory.forget_requests(${before})`.as('gone'));
