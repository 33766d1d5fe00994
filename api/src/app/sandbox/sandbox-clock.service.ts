import { inTransaction, noteBeside } from '../../platform/db/transaction.ts';
import { firstDue } from '../../platform/due/due.queries.ts';
import { DomainError } from '../../platform/errors.ts';
import type { Ctx, Runtime } from '../../access/ctx.ts';
import { clinicById } from '../../features/clinics/index.ts';
import { dueHandlers } from '../due-handlers.ts';
import { runOne, systemAt, type DueHandlers } from '../due-running.service.ts';
import { aimAt, arrive, lockSandboxClock, sandboxClock, standAt, type SandboxClock } from './sandbox-clock.queries.ts';

const minuteMs = 60_000;

/** How far the clock may be moved at once: 31 days, minutes. */
const longestMove = 31 * 24 * 60;

/**
 * Moves a sandbox's clock forward and runs all that falls due on the way, in order, each when the clock shows its minute.
 * Where the clock is to go is written down first: calls at once add up, and what a process left half done when it died is
 * finished by the next worker or call.
 *
 * @throws DomainError INVALID_TRANSITION in a clinic whose clock is the real one, INVALID_INPUT for no whole minutes from 1
 *   to 31 days
 */
export async function advanceClock(ctx: Ctx, minutes: number, handlers: DueHandlers = dueHandlers): Promise<string> {
  const { clinicId } = ctx.signedIn;
  const clinic = await ctx.load(clinicById, clinicId);
  if (clinic?.sandbox !== true)
    throw new DomainError('INVALID_TRANSITION', 'This clinic’s clock is the real one. Make a sandbox to move time in.');
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > longestMove)
    throw new DomainError('INVALID_INPUT', 'Enter 1 to 44,640 minutes: 31 days at a time.', ['minutes']);
  const target = await inTransaction(ctx, async (tx) => {
    const [clock] = await tx.rows(lockSandboxClock(clinicId));
    if (clock === undefined) throw new Error('A sandbox has a clock.');
    const reached = clock.clockReached ?? new Date(tx.realNow.getTime() + clock.clockOffsetMs);
    const end = new Date((clock.clockTarget ?? reached).getTime() + minutes * minuteMs);
    await tx.rows(aimAt(clinicId, { reached, target: end, realNow: tx.realNow }));
    tx.audit({ action: 'clinic.advance-clock', subjectId: clinicId, changes: { minutes } });
    return end;
  });
  for (;;) {
    const left = await runSandbox(ctx.runtime, clinicId, handlers, target);
    if (left === 'arrived') break;
  }
  await ctx.refreshViewer();
  return clinicId;
}

/** Runs what is due in a sandbox; of a clock on its way all that falls due until it arrives. Returns how many were run. */
export async function runSandboxDue(runtime: Runtime, clinicId: string): Promise<number> {
  let count = 0;
  while ((await takeStep(runtime, clinicId, dueHandlers)) === 'run') count += 1;
  return count;
}

async function runSandbox(
  runtime: Runtime,
  clinicId: string,
  handlers: DueHandlers,
  target: Date,
): Promise<'arrived' | 'on its way'> {
  const step = await takeStep(runtime, clinicId, handlers);
  if (step === 'idle') return 'arrived';
  const [clock] = await systemAt(runtime, { clinicId, clockOffsetMs: 0 }).rows(sandboxClock(clinicId));
  // Another call may have sent it further: this one's part is done.
  return clock?.clockReached == null || clock.clockReached > target ? 'arrived' : 'on its way';
}

/**
 * Runs the next that is due, with the clock at its instant; or lets the clock arrive when nothing is left on the way. Time
 * stands still for the length of a step, so that everything in it happens at one instant.
 */
async function takeStep(runtime: Runtime, clinicId: string, handlers: DueHandlers): Promise<'run' | 'idle'> {
  const realNow = runtime.clock.now();
  const standing: Runtime = { ...runtime, clock: { now: () => realNow } };
  const outside = systemAt(standing, { clinicId, clockOffsetMs: 0 });
  const [clock] = await outside.rows(sandboxClock(clinicId));
  if (clock === undefined) return 'idle';
  const until = clock.clockTarget ?? new Date(realNow.getTime() + clock.clockOffsetMs);
  const next = await outside.first(firstDue(clinicId, until));
  if (next === null) {
    if (clock.clockTarget === null) return 'idle';
    await noteBeside(outside, arrive(clinicId, clock.clockTarget, clock.clockTarget.getTime() - realNow.getTime()));
    return 'run';
  }
  const moment = momentOf(clock, next.runAt, until);
  const clockOffsetMs = moment.getTime() - realNow.getTime();
  await runOne(systemAt(standing, { clinicId, clockOffsetMs }), handlers, async (tx) => {
    const [locked] = await tx.rows(lockSandboxClock(clinicId));
    const [first] = await tx.rows(firstDue(clinicId, until));
    // Somebody else has taken a step meanwhile, or something earlier was scheduled: it is looked at anew.
    if (locked === undefined || !isSame(locked, clock) || first?.id !== next.id) return null;
    if (clock.clockTarget !== null) await tx.rows(standAt(clinicId, moment, clockOffsetMs));
    return first;
  });
  return 'run';
}

/** What is due before the place where the clock stands runs there: it never goes back. */
function momentOf({ clockReached }: SandboxClock, runAt: Date, until: Date): Date {
  if (clockReached === null) return until;
  return runAt > clockReached ? runAt : clockReached;
}

const isSame = (one: SandboxClock, other: SandboxClock): boolean =>
  one.clockOffsetMs === other.clockOffsetMs &&
  one.clockReached?.getTime() === other.clockReached?.getTime() &&
  one.clockTarget?.getTime() === other.clockTarget?.getTime();
