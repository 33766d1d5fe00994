import type { Page } from 'playwright';
import { expect } from 'vitest';
import type { RunningApp } from './app.ts';

/**
 * Follows the link of the latest letter to an address, as in any mailbox, in a window of its own. The letter names the
 * clinic's public address; the app under test listens on a port of its own.
 */
export async function openLinkOf(app: RunningApp, email: string): Promise<Page> {
  const window = await app.openWindow();
  const letter = window.locator('article').filter({ hasText: `To ${email}` });
  await expect
    .poll(async () => {
      await window.goto(`${app.url}/dev/inbox`);
      return letter.count();
    })
    .toBeGreaterThan(0);
  const link = new URL((await letter.first().getByRole('link').getAttribute('href')) ?? '');
  await window.goto(app.url + link.pathname + link.hash);
  return window;
}
