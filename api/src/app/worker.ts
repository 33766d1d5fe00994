import type { Config } from '../platform/config.ts';
import { inboxMail } from '../platform/delivery/inbox-mail.ts';
import { countedMail } from '../platform/delivery/counted-mail.ts';
import type { MailPort } from '../platform/delivery/mail.ts';
import { noMail } from '../platform/delivery/no-mail.ts';
import { smtpMail } from '../platform/delivery/smtp-mail.ts';
import { startJobs } from '../platform/jobs/jobs.ts';
import { noClinic } from '../platform/outbox/outbox.queries.ts';
import { Ctx, type Runtime } from '../access/ctx.ts';
import { sendDueLetters } from '../features/accounts/index.ts';
import { clinicsWithMail, sendDueMail } from '../features/notifications/index.ts';
import { DueWorker } from './due-worker.ts';
import { forgetOldRequests } from './idempotency.service.ts';
import { noCaller } from './runtime.ts';
import { forgetUnusedSandboxes } from './sandbox/sandbox.service.ts';

const mailTick = 'mail.due';
const limitsTick = 'limits.clear';
const requestsTick = 'requests.forget';
const sandboxesTick = 'sandboxes.forget';

/** The queues that a worker needs; the database's owner makes them. */
export const jobNames: readonly string[] = [mailTick, limitsTick, requestsTick, sandboxesTick];

/**
 * Runs what happens after a commit, sending, and what falls due. A commit's wake-up call starts it at once; the minute's
 * tick catches what was missed, and what is to be sent again.
 */
export async function startWorker(config: Config, runtime: Runtime): Promise<() => Promise<void>> {
  const mail = mailFor(config, runtime);
  const system = new Ctx(runtime, noCaller, null);
  // A sandbox has nothing to send, so that every clinic that does has the real time.
  const send = oneAtATime(async (clinicId) =>
    clinicId === noClinic
      ? sendDueLetters(system, mail)
      : sendDueMail(system.asSystem({ clinicId, clockOffsetMs: 0 }), mail),
  );
  const sendOrLog = (clinicId: string) =>
    send(clinicId).catch((error: unknown) => runtime.log.error({ err: error, clinicId }, 'mail could not be sent'));

  const due = new DueWorker(runtime);
  const stopListening = runtime.live.onWake((clinicId) => {
    void sendOrLog(clinicId);
    due.wake();
  });
  const sendEverywhere = async () => {
    await send(noClinic);
    for (const clinicId of await clinicsWithMail(system)) await send(clinicId);
  };
  const stopJobs = await startJobs(runtime.db.url, runtime, [
    { name: mailTick, run: sendEverywhere },
    { name: limitsTick, run: () => runtime.limits.clear() },
    { name: requestsTick, run: () => forgetOldRequests(runtime) },
    { name: sandboxesTick, run: () => forgetUnusedSandboxes(runtime) },
  ]);
  await sendEverywhere();
  due.wake();
  return async () => {
    stopListening();
    await stopJobs();
    await due.stop();
    await send.idle();
    mail.close();
  };
}

function mailFor(config: Config, { db, clock, log, metrics }: Runtime): MailPort {
  if (config.smtpUrl !== null) return countedMail(smtpMail(config.smtpUrl, config.mailFrom), metrics);
  if (!config.isProduction) return countedMail(inboxMail(db, clock), metrics);
  log.warn({}, 'SMTP_URL is not set: no e-mail goes out');
  return countedMail(noMail, metrics);
}

/** Runs one piece of work per clinic at a time; a call that comes meanwhile causes one more run, not many. */
function oneAtATime(work: (clinicId: string) => Promise<void>) {
  const running = new Map<string, Promise<void>>();
  const wantedAgain = new Set<string>();
  async function loop(clinicId: string): Promise<void> {
    try {
      do {
        wantedAgain.delete(clinicId);
        await work(clinicId);
      } while (wantedAgain.has(clinicId));
    } finally {
      running.delete(clinicId);
    }
  }
  const start = (clinicId: string): Promise<void> => {
    const current = running.get(clinicId);
    if (current !== undefined) {
      wantedAgain.add(clinicId);
      return current;
    }
    const started = loop(clinicId);
    running.set(clinicId, started);
    return started;
  };
  return Object.assign(start, { idle: async () => void (await Promise.allSettled(running.values())) });
}
