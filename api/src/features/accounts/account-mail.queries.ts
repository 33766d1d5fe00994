import { notifyClinic, noClinic } from '../../platform/outbox/outbox.queries.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { AccountMailEntity, LetterStatus } from './entry.entity.ts';

const tables = queryBuilder<typeof AccountMailEntity>();

/** Lets a worker look at once, instead of at the next minute. */
export const wakeForLetters = () => notifyClinic(noClinic);

export const dueLetterCount = (now: Date): Query<{ count: number }> =>
  tables
    .selectFrom('account_mail')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('status', '=', 'QUEUED')
    .where('dueAt', '<=', now);

export interface DueLetter {
  id: string;
  attempts: number;
  recipient: string;
  subject: string;
  body: string;
  linkPath: string;
  linkFor: string;
}

/** Takes due letters for one worker: others pass over them until the lease ends. */
export const takeDueLetters = (now: Date, leaseUntil: Date, limit: number): Query<DueLetter> =>
  tables
    .updateTable('account_mail')
    .set({ dueAt: leaseUntil, attempts: sql<number>`attempts + 1` })
    .where('id', 'in', (due) =>
      due
        .selectFrom('account_mail as candidate')
        .select('candidate.id')
        .where('candidate.status', '=', 'QUEUED')
        .where('candidate.dueAt', '<=', now)
        .orderBy('candidate.dueAt')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'attempts', 'recipient', 'subject', 'body', 'linkPath', 'linkFor']);

export interface LetterSettlement {
  status: LetterStatus;
  error: string | null;
  dueAt: Date;
  sentAt: Date | null;
}

/** Writes down what became of a letter; a failure counts only for the worker that took it last. */
export const settleLetter = ({ id, attempts }: { id: string; attempts: number }, settlement: LetterSettlement) =>
  tables
    .updateTable('account_mail')
    .set(settlement)
    .where('id', '=', id)
    .$if(settlement.status !== 'SENT', (query) =>
      query.where('status', '=', 'QUEUED').where('attempts', '=', attempts),
    );
