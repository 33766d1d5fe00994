import type { Clock } from '../clock.ts';
import type { Database } from '../db/database.ts';
import type { MailPort } from './mail.ts';
import { insertCaptured } from './inbox.queries.ts';

/** Keeps e-mails in the built-in inbox instead of sending them. */
export function inboxMail(database: Database, clock: Clock): MailPort {
  return {
    async send({ id, to, subject, text }) {
      const at = clock.now();
      await database.rowsOfNoClinic(insertCaptured({ id, channel: 'EMAIL', recipient: to, subject, body: text, at }));
    },
    close: () => undefined,
  };
}
