import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import 'reflect-metadata';
import type { TestProject } from 'vitest/node';
import { prepareDatabase } from '../../src/app/database-setup.ts';
import { startEmbeddedDatabase } from '../../src/platform/db/embedded-database.ts';

/** What every test file needs to make a database of its own. */
export interface TestServer {
  adminUrl: string;
  appUrl: string;
  ownerUrl: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    server: TestServer;
  }
}

export const templateName = 'clinigraph_template';

/** One PostgreSQL for the whole run, migrated once into a template that each file copies. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'clinigraph-test-'));
  const server = await startEmbeddedDatabase({
    dataDir: path.join(folder, 'postgres'),
    durable: false,
    database: templateName,
  });
  await prepareDatabase(server.ownerUrl);
  project.provide('server', { adminUrl: server.adminUrl(), appUrl: server.appUrl, ownerUrl: server.ownerUrl });
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
