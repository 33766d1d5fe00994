import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedDatabase } from './embedded-database.ts';
import { ensureDatabase } from './roles.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clinigraph-roles-'));
let running: Awaited<ReturnType<typeof startEmbeddedDatabase>>;

beforeAll(async () => {
  running = await startEmbeddedDatabase({ dataDir: path.join(folder, 'postgres'), durable: false });
}, 60_000);

afterAll(async () => {
  await running.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Runs statements one after the other on one connection and returns the last one's rows. */
async function run(url: string, ...statements: string[]): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: unknown[][] = [];
    for (const text of statements) rows = (await client.query<unknown[]>({ text, rowMode: 'array' })).rows;
    return rows;
  } finally {
    await client.end();
  }
}

describe('the roles', () => {
  it('are none of them superusers and bypass nothing', async () => {
    const rows = await run(
      running.adminUrl(),
      `select rolname, rolcanlogin, rolinherit, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
         from pg_roles where rolname like 'clinigraph%' order by rolname`,
    );

    expect(rows).toEqual([
      ['clinigraph_app', true, false, false],
      ['clinigraph_directory', false, true, false],
      ['clinigraph_doctor', false, true, false],
      ['clinigraph_owner', true, true, false],
      ['clinigraph_patient', false, true, false],
      ['clinigraph_staff', false, true, false],
    ]);
  });

  it('keep their passwords beside the folder, for its owner alone', () => {
    const files = ['postgres.app-password', 'postgres.owner-password', 'postgres.password'];

    expect(fs.readdirSync(folder).sort()).toEqual(['postgres', ...files]);
    expect(files.map((file) => fs.statSync(path.join(folder, file)).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
  });
});

describe('the app', () => {
  it('takes the role of staff, doctor or patient, and no other', async () => {
    for (const role of ['clinigraph_staff', 'clinigraph_doctor', 'clinigraph_patient']) {
      expect(await run(running.appUrl, `set role ${role}`, 'select current_user')).toEqual([[role]]);
    }
    for (const role of ['clinigraph_owner', 'clinigraph_directory', 'postgres']) {
      await expect(run(running.appUrl, `set role ${role}`)).rejects.toThrow('permission denied to set role');
    }
  });

  it('takes its role at connect', async () => {
    const client = new pg.Client({ connectionString: running.appUrl, options: '-c role=clinigraph_doctor' });
    await client.connect();
    const { rows } = await client.query('select current_user as role');
    await client.end();

    expect(rows).toEqual([{ role: 'clinigraph_doctor' }]);
  });

  it('makes no tables, under its own name or a role’s', async () => {
    await expect(run(running.appUrl, 'create table public.x ()')).rejects.toThrow('permission denied');
    await expect(run(running.appUrl, 'set role clinigraph_staff', 'create schema x')).rejects.toThrow(
      'permission denied',
    );
  });

  it('reads with a role what was granted to it, without a role nothing', async () => {
    await run(
      running.ownerUrl,
      'create table public.thing as select 7 as size',
      'grant usage on schema public to clinigraph_staff',
      'grant select on public.thing to clinigraph_staff',
    );

    expect(await run(running.appUrl, 'set role clinigraph_staff', 'select size from public.thing')).toEqual([[7]]);
    await expect(run(running.appUrl, 'select size from public.thing')).rejects.toThrow('permission denied');
    await expect(run(running.appUrl, 'set role clinigraph_doctor', 'select size from public.thing')).rejects.toThrow(
      'permission denied',
    );
  });
});

describe('the owner', () => {
  it('owns the database and installs what migrations need', async () => {
    const rows = await run(
      running.ownerUrl,
      'create schema installed',
      'create extension if not exists btree_gist',
      'create extension if not exists pg_trgm',
      'create extension if not exists unaccent',
      `select pg_get_userbyid(datdba), datlocprovider::text, datlocale from pg_database where datname = current_database()`,
    );

    expect(rows).toEqual([['clinigraph_owner', 'b', 'C.UTF-8']]);
  });

  it('hands functions to the directory and may still replace them', async () => {
    const body = (answer: number) => `create or replace function directory.answer() returns integer
      language sql security definer set search_path = '' return ${answer}`;

    const rows = await run(
      running.ownerUrl,
      'create schema directory',
      body(1),
      'grant usage, create on schema directory to clinigraph_directory',
      'alter function directory.answer() owner to clinigraph_directory',
      'revoke create on schema directory from clinigraph_directory',
      body(2),
      `select directory.answer(), pg_get_userbyid(proowner) from pg_proc where proname = 'answer'`,
    );

    expect(rows).toEqual([[2, 'clinigraph_directory']]);
  });
});

describe('making the database again', () => {
  it('changes nothing but the passwords, also when several do it at once', async () => {
    const passwords = { database: 'another', ownerPassword: 'p:@/ %\'"', appPassword: 'é' };

    const [first, second] = await Promise.all([0, 1, 2, 3].map(() => ensureDatabase(running.adminUrl(), passwords)));

    expect(second).toEqual(first);
    expect(await run(first?.ownerUrl ?? '', 'select current_database(), current_user')).toEqual([
      ['another', 'clinigraph_owner'],
    ]);
    expect(await run(first?.appUrl ?? '', 'select current_user')).toEqual([['clinigraph_app']]);
    await expect(run(running.ownerUrl, 'select 1')).rejects.toThrow('password authentication failed');
  });
});
