import type { Transaction } from '../db/transaction.ts';
import { defineIdKind } from '../ids.ts';
import { deleteDue, insertDue } from './due.queries.ts';

export type { Due } from './due.queries.ts';

const dueId = defineIdKind('Due', 0xa7c);

export interface Scheduled {
  /** Which handler it is for: app/due-handlers.ts names them. */
  kind: string;
  /** What it is about. */
  subjectId: string;
  /** Tells apart several of one kind about one subject, such as two reminders; left out where there is only ever one. */
  cause?: string;
  /** By the clinic's clock; what has passed already runs at once. */
  dueAt: Date;
}

/**
 * Lets something fall due in the transaction's clinic: its handler runs once, at that instant of the clinic's clock, or not
 * at all when the transaction does not commit. The same kind, subject and cause again moves it.
 *
 * Whoever can be at the same subject at once holds its locks (doctor, patient, row) before.
 */
export async function schedule(tx: Transaction, ...scheduled: readonly Scheduled[]): Promise<void> {
  const clinicId = clinicOf(tx);
  if (scheduled.length === 0) return;
  const written = await tx.rows(
    insertDue(
      scheduled.map(({ kind, subjectId, cause = '', dueAt }) => ({
        id: dueId.make(tx.realNow),
        clinicId,
        kind,
        subjectId,
        cause,
        dueAt,
        createdAt: tx.now,
      })),
    ),
  );
  remember(tx, written);
}

/**
 * Takes back what was to fall due; nothing happens where there is nothing. Without a cause all of that kind about the
 * subject. Of a handler that is just running, either its effect is there before this transaction's locks are granted, or
 * it has none.
 */
export async function cancel(
  tx: Transaction,
  scheduled: { kind: string; subjectId: string; cause?: string },
): Promise<void> {
  remember(tx, await tx.rows(deleteDue(clinicOf(tx), scheduled)));
}

const settled = new WeakMap<Transaction, Set<string>>();

function remember(tx: Transaction, rows: readonly { id: string }[]): void {
  const ids = settled.get(tx) ?? new Set();
  for (const { id } of rows) ids.add(id);
  settled.set(tx, ids);
}

/**
 * Whether a transaction has scheduled or taken back this very row itself. A handler may do so with the row that it runs
 * for: it is over then, or falls due again.
 */
export const isSettledBy = (tx: Transaction, { id }: { id: string }): boolean => settled.get(tx)?.has(id) === true;

function clinicOf({ tenant }: Transaction): string {
  if (tenant.clinicId === null) throw new Error('What falls due belongs to a clinic; this transaction has none.');
  return tenant.clinicId;
}

const secondMs = 1_000;
const longestPauseMs = 60 * 60 * secondMs;

/** How long something that failed so often waits until it is tried again: a second, then twice as long each time, at most an hour. */
export const pauseMs = (attempts: number): number => Math.min(longestPauseMs, secondMs * 2 ** Math.min(attempts, 12));
