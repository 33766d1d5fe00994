import { queryBuilder, type Query } from '../db/query-builder.ts';
import type { CapturedMessageEntity } from './captured-message.entity.ts';

export interface CapturedMessage {
  id: string;
  channel: string;
  recipient: string;
  subject: string;
  body: string;
  at: Date;
}

const tables = queryBuilder<typeof CapturedMessageEntity>();

/** A message that is captured twice, after a crash between sending and settling, stays one. */
export const insertCaptured = (message: CapturedMessage) =>
  tables
    .insertInto('captured_message')
    .values(message)
    .onConflict((conflict) => conflict.column('id').doNothing());

export const latestCaptured = (limit: number): Query<CapturedMessage> =>
  tables
    .selectFrom('captured_message')
    .select(['id', 'channel', 'recipient', 'subject', 'body', 'at'])
    .orderBy('at', 'desc')
    .limit(limit);
