import pg from 'pg';
import type { EmbeddedServer } from '../src/platform/db/embedded-server.ts';
import type { DatabaseUrls } from '../src/platform/db/roles.ts';

const named = (url: string, database: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.toString();
};

async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The same data once more in a database of its own on the same server. */
export async function copyDatabase(
  server: EmbeddedServer & DatabaseUrls,
  name: string,
): Promise<{ adminUrl: string; appUrl: string }> {
  await run(server.adminUrl(), [
    `create database ${name} template clinigraph owner clinigraph_owner`,
    `grant connect on database ${name} to clinigraph_app`,
  ]);
  const adminUrl = named(server.adminUrl(), name);
  await run(adminUrl, ['vacuum analyze']);
  return { adminUrl, appUrl: named(server.appUrl, name) };
}

/** Takes all row policies out of force: what they cost is the difference. */
export async function withoutTenancy(adminUrl: string): Promise<void> {
  await run(adminUrl, [
    `do $$ declare each record; begin
      for each in select oid::regclass name from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace loop
        execute format('alter table %s no force row level security', each.name);
        execute format('alter table %s disable row level security', each.name);
      end loop; end $$`,
  ]);
}
