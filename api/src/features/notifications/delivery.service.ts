import { inTransaction } from '../../platform/db/transaction.ts';
import type { MailPort } from '../../platform/delivery/mail.ts';
import { leaseMs, nextTry, reasonWithoutAddress } from '../../platform/delivery/retry.ts';
import type { Ctx } from '../../access/ctx.ts';
import { hasRunOut, waitlistFacts } from '../waitlist/index.ts';
import {
  clinicsWithDueDeliveries,
  dueDeliveryCount,
  settleDelivery,
  takeDueDeliveries,
  type DueDelivery,
  type Settlement,
} from './delivery.queries.ts';
import { isOvertaken } from './notification.domain.ts';

/** Sent side by side: as many as a mail server takes at once, so that each goes out well within its lease. */
const batchSize = 5;

/** The clinics that have something to send now. */
export async function clinicsWithMail(ctx: Ctx): Promise<string[]> {
  return (await ctx.rows(clinicsWithDueDeliveries(ctx.clock.now()))).map((row) => row.clinicId);
}

/**
 * Sends what is due in one clinic. A message is taken under a lease before it is sent and settled after: a worker that
 * dies in between leaves it to the next one, with the same message id, so that a mail server can tell it is the same.
 */
export async function sendDueMail(system: Ctx, mail: MailPort): Promise<void> {
  for (;;) {
    if ((await system.first(dueDeliveryCount(system.clinicId, system.clock.now())))?.count === 0) return;
    const taken = await takeBatch(system);
    await Promise.all(taken.map((delivery) => sendOne(system, mail, delivery)));
    if (taken.length < batchSize) return;
  }
}

function takeBatch(system: Ctx): Promise<DueDelivery[]> {
  return inTransaction(system, async (tx) => {
    const leaseUntil = new Date(tx.now.getTime() + leaseMs);
    const taken = await tx.rows(takeDueDeliveries(system.clinicId, tx.now, leaseUntil, batchSize));
    tx.audit({ action: 'delivery.take', subjectId: null, changes: { count: taken.length } });
    return taken;
  });
}

async function sendOne(system: Ctx, mail: MailPort, delivery: DueDelivery): Promise<void> {
  const { type, appointmentStatus: status, hasMoved } = delivery;
  const isOver = type === waitlistFacts.OFFERED && hasRunOut(delivery.createdAt, system.clock.now());
  const isLate = isOver || isOvertaken(type, status === null ? null : { status, hasMoved });
  const error = isLate ? null : await tryToSend(mail, delivery);
  await inTransaction(system, async (tx) => {
    const settlement = isLate ? cancelled(tx.now) : settlementOf(error, delivery.attempts, tx.now);
    await tx.rows(settleDelivery(delivery, settlement));
    tx.audit({ action: `delivery.${settlement.status.toLowerCase()}`, subjectId: delivery.id });
  });
}

const cancelled = (now: Date): Settlement => ({ status: 'CANCELLED', error: null, dueAt: now, sentAt: null, at: now });

function settlementOf(error: string | null, attempts: number, now: Date): Settlement {
  if (error === null) return { status: 'SENT', error, dueAt: now, sentAt: now, at: now };
  const again = nextTry(attempts, now);
  return { status: again === null ? 'FAILED' : 'QUEUED', error, dueAt: again ?? now, sentAt: null, at: now };
}

/** Returns why it did not go out, in the provider's words without the address; null when it did. */
async function tryToSend(mail: MailPort, { id, email, title, outsideBody }: DueDelivery): Promise<string | null> {
  if (email === null) return 'no address';
  try {
    await mail.send({ id, to: email, subject: title, text: outsideBody });
    return null;
  } catch (error) {
    return reasonWithoutAddress(error, email);
  }
}
