import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { templateName } from './global-setup.ts';

export interface TestDatabase {
  adminUrl: string;
  appUrl: string;
  ownerUrl: string;
}

const named = (url: string, database: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.toString();
};

/** A migrated database of the test file's own. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { adminUrl, appUrl, ownerUrl } = inject('server');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await query(adminUrl, `create database ${name} template ${templateName} owner clinigraph_owner`);
  await query(adminUrl, `grant connect on database ${name} to clinigraph_app`);
  return { adminUrl: named(adminUrl, name), appUrl: named(appUrl, name), ownerUrl: named(ownerUrl, name) };
}

/** Runs one statement on a connection of its own. As admin it sees everything: for looking at what is really there. */
export async function query<Row extends object>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query<Row>(text, values);
    return result.rows ?? [];
  } finally {
    await client.end();
  }
}
