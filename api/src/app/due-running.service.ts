import { inTransaction, noteBeside, type Transaction } from '../platform/db/transaction.ts';
import {
  claimDue,
  firstDue,
  postponeDue,
  removeRun,
  type ClinicWithDue,
  type Due,
} from '../platform/due/due.queries.ts';
import { isSettledBy, pauseMs } from '../platform/due/due.ts';
import { Ctx, noCaller, type Runtime } from '../access/ctx.ts';
import { dueHandlers, type DueHandler } from './due-handlers.ts';

export type DueHandlers = Readonly<Record<string, DueHandler>>;

/** Not what was expected any more: somebody else ran it, took it back or moved it. Nothing of it has happened. */
export class NotRun extends Error {}

/** The app itself in a clinic. */
export const systemAt = (runtime: Runtime, place: { clinicId: string; clockOffsetMs: number }): Ctx =>
  new Ctx(runtime, noCaller, null).asSystem(place);

/**
 * Runs what is due in a clinic, the earliest first, each in a transaction of its own. What fails waits for a growing while
 * and holds up nothing else.
 *
 * @returns how many were run or put off: none when others are at all of them
 */
export async function runDue(
  runtime: Runtime,
  clinic: Omit<ClinicWithDue, 'sandbox'>,
  handlers: DueHandlers = dueHandlers,
): Promise<number> {
  for (let count = 0; ; count += 1) {
    const system = systemAt(runtime, clinic);
    if ((await system.first(firstDue(clinic.clinicId, system.clock.now()))) === null) return count;
    const isRun = await runOne(system, handlers, async (tx) => {
      const [due] = await tx.rows(claimDue(clinic.clinicId, tx.now));
      return due ?? null;
    });
    if (!isRun) return count;
  }
}

/**
 * Runs one that `take` chooses inside the transaction; false when it chose none.
 */
export async function runOne(
  system: Ctx,
  handlers: DueHandlers,
  take: (tx: Transaction) => Promise<Due | null>,
): Promise<boolean> {
  let taken: Due | null = null;
  const startedAt = performance.now();
  const measured = (isDone: boolean) =>
    system.runtime.metrics.jobRan(`due.${taken?.kind ?? 'none'}`, isDone, (performance.now() - startedAt) / 1_000);
  try {
    await inTransaction(system, async (tx) => {
      taken = await take(tx);
      if (taken === null) throw new NotRun();
      await perform(system, tx, taken, handlers);
    });
    measured(true);
    return true;
  } catch (error) {
    if (error instanceof NotRun) return taken !== null;
    const failed: Due | null = taken;
    if (failed === null) throw error;
    measured(false);
    await putOff(system, failed, error);
    return true;
  }
}

async function perform(system: Ctx, tx: Transaction, due: Due, handlers: DueHandlers): Promise<void> {
  const handle = handlers[due.kind];
  if (handle === undefined) throw new Error(`Nobody knows what to do with what falls due as ${due.kind}.`);
  await handle(system, tx, due);
  await tx.em.flush();
  // Last, under the subject's locks: whoever takes it back holds those first.
  const [removed] = isSettledBy(tx, due) ? [due] : await tx.rows(removeRun(system.clinicId, due));
  if (removed === undefined) throw new NotRun();
  tx.audit({ action: `due.${due.kind}`, subjectId: due.subjectId });
}

async function putOff(system: Ctx, due: Due, error: unknown): Promise<void> {
  const { log, clinicId } = system;
  log.error({ err: error, jobName: `due.${due.kind}`, clinicId }, 'what fell due failed and will be tried again');
  const until = new Date(system.clock.now().getTime() + pauseMs(due.attempts));
  await noteBeside(system, postponeDue(clinicId, due, until));
}
