import { inTransaction, type Transaction } from '../../platform/db/transaction.ts';
import type { MailPort } from '../../platform/delivery/mail.ts';
import { leaseMs, nextTry, reasonWithoutAddress } from '../../platform/delivery/retry.ts';
import type { Ctx } from '../../access/ctx.ts';
import { accountMailId } from './account.ids.ts';
import {
  dueLetterCount,
  settleLetter,
  takeDueLetters,
  wakeForLetters,
  type DueLetter,
  type LetterSettlement,
} from './account-mail.queries.ts';
import { AccountMailEntity } from './entry.entity.ts';

const batchSize = 5;

export interface Letter {
  recipient: string;
  subject: string;
  /** Says {link} where the link goes. */
  body: string;
  /** The page that the link opens. */
  linkPath: string;
  /** The row whose token the link holds. */
  linkFor: string;
  /** False for an address that has no account: the row is written, and takes as long, and nothing is sent. */
  isWanted: boolean;
}

/** Puts a letter into the post, in the transaction that causes it. The transaction must be the app's own. */
export async function postLetter(tx: Transaction, { isWanted, ...letter }: Letter): Promise<void> {
  tx.em.create(AccountMailEntity, {
    id: accountMailId.make(tx.realNow),
    ...letter,
    status: isWanted ? 'QUEUED' : 'SKIPPED',
    attempts: 0,
    error: null,
    dueAt: tx.realNow,
    sentAt: null,
    createdAt: tx.realNow,
  });
  await tx.rows(wakeForLetters());
}

/**
 * Sends the letters that are due. Each is taken under a lease before it is sent and settled after: a worker that dies in
 * between leaves it to the next one, with the same id and the same link.
 */
export async function sendDueLetters(ctx: Ctx, mail: MailPort): Promise<void> {
  const system = ctx.asSystemOutside();
  for (;;) {
    if ((await system.first(dueLetterCount(system.realClock.now())))?.count === 0) return;
    const taken = await inTransaction(system, async (tx) => {
      tx.audit({ action: 'account-mail.take', subjectId: null });
      return tx.rows(takeDueLetters(tx.realNow, new Date(tx.realNow.getTime() + leaseMs), batchSize));
    });
    await Promise.all(taken.map((letter) => sendOne(system, mail, letter)));
    if (taken.length < batchSize) return;
  }
}

async function sendOne(system: Ctx, mail: MailPort, letter: DueLetter): Promise<void> {
  const error = await tryToSend(system, mail, letter);
  await inTransaction(system, async (tx) => {
    await tx.rows(settleLetter(letter, settlementOf(error, letter.attempts, tx.realNow)));
    tx.audit({ action: 'account-mail.settle', subjectId: letter.id });
  });
}

function settlementOf(error: string | null, attempts: number, now: Date): LetterSettlement {
  if (error === null) return { status: 'SENT', error, dueAt: now, sentAt: now };
  const again = nextTry(attempts, now);
  return { status: again === null ? 'FAILED' : 'QUEUED', error, dueAt: again ?? now, sentAt: null };
}

/** The token stands behind a #: it never reaches a server's log, nor a page that the link's page leads to. */
async function tryToSend({ runtime }: Ctx, mail: MailPort, letter: DueLetter): Promise<string | null> {
  const { id, recipient, subject, body, linkPath, linkFor } = letter;
  const link = `${runtime.settings.publicUrl}${linkPath}#${runtime.secrets.linkToken(linkFor)}`;
  try {
    await mail.send({ id, to: recipient, subject, text: body.replace('{link}', link) });
    return null;
  } catch (error) {
    return reasonWithoutAddress(error, recipient);
  }
}
