import { expect } from 'vitest';
import { query } from './database.ts';
import type { TestServerHandle } from './server.ts';

export interface CapturedLetter {
  subject: string;
  body: string;
}

/**
 * Waits for the latest letter to an address in the built-in inbox; `count` when it is not the first one. The clock stands
 * still, so that only the rows' own place tells which came later.
 */
export async function letterTo(server: TestServerHandle, email: string, count = 1): Promise<CapturedLetter> {
  const sent = () =>
    query<CapturedLetter>(
      server.database.adminUrl,
      'select subject, body from captured_message where recipient = $1 order by ctid',
      [email],
    );
  await expect.poll(async () => (await sent()).length, { timeout: 8_000, interval: 50 }).toBe(count);
  const letter = (await sent()).at(-1);
  if (letter === undefined) throw new Error('There is no letter.');
  return letter;
}

/** The token of the link in a letter: what stands behind the #. */
export function tokenIn({ body }: CapturedLetter): string {
  const token = /#([\w-]{43})\b/.exec(body)?.[1];
  if (token === undefined) throw new Error(`There is no link in: ${body}`);
  return token;
}
