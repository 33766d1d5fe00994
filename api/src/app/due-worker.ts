import { clinicsWithDue, nextDue, type ClinicWithDue } from '../platform/due/due.queries.ts';
import type { Runtime } from '../access/ctx.ts';
import { runDue } from './due-running.service.ts';
import { runSandboxDue } from './sandbox/sandbox-clock.service.ts';

/** At the latest it looks again after so long, milliseconds: a commit may have left something due without a call. */
const lookEveryMs = 2_000;

/** However soon the next is due. */
const shortestWaitMs = 5;

/** Clinics at work side by side; each of them one after the other. */
const clinicsAtOnce = 4;

/**
 * Runs what falls due in all clinics when it does: it wakes at the next instant at which something is due, and at every
 * commit. Several workers share the work.
 */
export class DueWorker {
  readonly #runtime: Runtime;
  readonly #run: (clinic: ClinicWithDue) => Promise<number>;
  readonly #running = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  #isWanted = false;
  #isStopped = false;

  constructor(
    runtime: Runtime,
    run: (clinic: ClinicWithDue) => Promise<number> = (clinic) =>
      clinic.sandbox ? runSandboxDue(runtime, clinic.clinicId) : runDue(runtime, clinic),
  ) {
    this.#runtime = runtime;
    this.#run = run;
  }

  /** Looks what is due, now or as soon as it has finished looking. */
  wake(): void {
    this.#isWanted = true;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
      if (this.#isWanted && !this.#isStopped) this.wake();
    });
  }

  /** Waits for what runs; nothing new begins. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#looking;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await Promise.allSettled(this.#running.values());
  }

  async #look(): Promise<void> {
    this.#isWanted = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    let waitMs = lookEveryMs;
    try {
      const { db, clock } = this.#runtime;
      const now = clock.now();
      for (const clinic of await db.rowsOfNoClinic(clinicsWithDue(now))) this.#begin(clinic);
      const [next] = await db.rowsOfNoClinic(nextDue(now));
      if (next?.at != null) waitMs = Math.min(waitMs, Math.max(shortestWaitMs, next.at.getTime() - now.getTime()));
    } catch (error) {
      this.#runtime.log.error({ err: error }, 'what is due could not be looked up');
    }
    if (!this.#isStopped) this.#timer = setTimeout(() => this.wake(), waitMs);
  }

  /** A clinic that finds no place now is found again as soon as one is free. */
  #begin(clinic: ClinicWithDue): void {
    if (this.#isStopped || this.#running.has(clinic.clinicId) || this.#running.size >= clinicsAtOnce) return;
    const work = this.#run(clinic)
      .catch((error: unknown) => {
        this.#runtime.log.error({ err: error, clinicId: clinic.clinicId }, 'what is due could not be run');
        return 0;
      })
      .then((count) => {
        this.#running.delete(clinic.clinicId);
        // With nothing done, others are at it: the timer looks again.
        if (count > 0 && !this.#isStopped) this.wake();
      });
    this.#running.set(clinic.clinicId, work);
  }
}
