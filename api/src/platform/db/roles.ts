import { readFileSync } from 'node:fs';
import pg from 'pg';

/** A database of this name exists already, told as such or by the unique key when two make it at once. */
const TAKEN_CODES = new Set(['42P04', '23505']);

export interface DatabasePasswords {
  database: string;
  ownerPassword: string;
  appPassword: string;
}

export interface DatabaseUrls {
  /** Migrates; owns the tables. */
  ownerUrl: string;
  /** Runs; owns nothing and bypasses nothing. */
  appUrl: string;
}

/**
 * Makes the database and its roles where they are missing, and sets both passwords; changes nothing else when run
 * again. Text sorts and compares by code point, the same on every machine.
 *
 * @param adminUrl  a superuser's address on the same server
 */
export async function ensureDatabase(adminUrl: string, passwords: DatabasePasswords): Promise<DatabaseUrls> {
  const { database, ownerPassword, appPassword } = passwords;
  await withClient(adminUrl, (client) => createDatabase(client, database));
  await withClient(addressOf(adminUrl, { database }), async (client) => {
    await client.query(
      `select set_config('clinigraph.owner_password', $1, false), set_config('clinigraph.app_password', $2, false)`,
      [ownerPassword, appPassword],
    );
    await client.query(readFileSync(new URL('../../../migrations/roles.sql', import.meta.url), 'utf8'));
  });
  return {
    ownerUrl: addressOf(adminUrl, { database, user: 'clinigraph_owner', password: ownerPassword }),
    appUrl: addressOf(adminUrl, { database, user: 'clinigraph_app', password: appPassword }),
  };
}

async function createDatabase(client: pg.Client, database: string): Promise<void> {
  const found = await client.query('select from pg_database where datname = $1', [database]);
  if (found.rowCount === 1) return;
  try {
    await client.query(
      `create database ${pg.escapeIdentifier(database)}
         template template0 encoding 'UTF8' locale 'C' locale_provider builtin builtin_locale 'C.UTF-8'`,
    );
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && TAKEN_CODES.has(error.code ?? ''))) throw error;
  }
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function addressOf(url: string, part: { database: string; user?: string; password?: string }): string {
  const address = new URL(url);
  address.pathname = `/${encodeURIComponent(part.database)}`;
  if (part.user !== undefined) address.username = part.user;
  if (part.password !== undefined) address.password = encodeURIComponent(part.password);
  return address.href;
}
