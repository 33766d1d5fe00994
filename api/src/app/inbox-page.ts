import type { FastifyInstance } from 'fastify';
import type { Database } from '../platform/db/database.ts';
import { latestCaptured, type CapturedMessage } from '../platform/delivery/inbox.queries.ts';

const shownCount = 100;

/** The page that shows what would have been sent: for development and the demo, where no mail server is set. */
export function serveInbox(app: FastifyInstance, database: Database): void {
  app.get('/dev/inbox', async (_request, reply) => {
    const messages = await database.rowsOfNoClinic(latestCaptured(shownCount));
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page(messages));
  });
}

function page(messages: readonly CapturedMessage[]): string {
  const items = messages.map(
    ({ at, recipient, subject, body }) =>
      `<article><header><b>${escaped(subject)}</b><time>${at.toISOString()}</time></header><p>To ${escaped(recipient)}</p><pre>${withLinks(escaped(body))}</pre></article>`,
  );
  const list =
    items.length === 0
      ? '<p>Nothing was sent yet. Approve a request, and its message appears here.</p>'
      : items.join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Inbox · Clinigraph</title><style>
:root{color-scheme:light dark;font:14px/1.5 system-ui,sans-serif}body{max-width:44rem;margin:2rem auto;padding:0 1rem}
article{border:1px solid #8885;border-radius:.4rem;padding:.75rem 1rem;margin:.75rem 0}header{display:flex;justify-content:space-between;gap:1rem}
p{margin:.25rem 0;opacity:.75}pre{white-space:pre-wrap;font:inherit;margin:.5rem 0 0}</style></head>
<body><h1>Inbox</h1><p>E-mails that would have left the building. Set SMTP_URL to send them.</p>${list}</body></html>`;
}

/** Links in a letter can be followed, as in any mailbox. The text is escaped already. */
const withLinks = (text: string): string =>
  text.replace(/https?:\/\/[^\s<]+/g, (link) => `<a href="${link}">${link}</a>`);

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
