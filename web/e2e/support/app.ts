import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import type { Runtime } from '../../../api/src/access/ctx.ts';
import { seedDemo } from '../../../api/src/app/demo-seed.ts';
import { startProcess } from '../../../api/src/app/process.ts';
import { systemClock } from '../../../api/src/platform/clock.ts';
import { createLogger } from '../../../api/src/platform/logger.ts';
import { createTestDatabase } from '../../../api/test/support/database.ts';
import { testConfig } from '../../../api/test/support/server.ts';
import { launchBrowser } from './browser.ts';

export type DemoRole = 'Patient' | 'Doctor' | 'Front desk' | 'Nurse' | 'Owner';

interface WindowOptions {
  /** A phone is 390 wide. */
  width?: number;
  colorScheme?: 'light' | 'dark';
}

export interface RunningApp {
  url: string;
  /** What the server itself works with: to fill a clinic by its use cases. */
  runtime: Runtime;
  browser: Browser;
  /** A window of somebody's own: other cookies, other storage. */
  openWindow(options?: WindowOptions): Promise<Page>;
  /** A window in which a demo account is signed in by its button. */
  signIn(role: DemoRole, options?: WindowOptions): Promise<Page>;
  stop(): Promise<void>;
}

/** The built app, served in real time with a fresh demo clinic, or with nothing in it at all. */
export async function startApp({ demo = true } = {}): Promise<RunningApp> {
  const database = await createTestDatabase();
  const log = createLogger({ level: 'error', isJson: true });
  const dataDir = await mkdtemp(path.join(tmpdir(), 'clinigraph-app-'));
  const running = await startProcess(testConfig(database, { role: 'all', demo, dataDir }), log, systemClock);
  if (demo) await seedDemo(running.runtime);
  const browser = await launchBrowser();
  const url = running.http?.url ?? '';
  const contexts: BrowserContext[] = [];

  const openWindow: RunningApp['openWindow'] = async ({ width = 1280, colorScheme = 'light' } = {}) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, locale: 'en-PH' });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(url);
    return page;
  };
  return {
    url,
    runtime: running.runtime,
    browser,
    openWindow,
    async signIn(role, options) {
      const page = await openWindow(options);
      await page.getByRole('button', { name: new RegExp(`^${role}`) }).click();
      await page.getByRole('button', { name: /^Messages/ }).waitFor();
      return page;
    },
    async stop() {
      await Promise.all(contexts.map((context) => context.close()));
      await browser.close();
      await running.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
