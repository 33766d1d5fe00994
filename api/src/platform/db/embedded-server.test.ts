import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmbeddedServer, type EmbeddedServer } from './embedded-server.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clinigraph-server-'));
const dataDir = path.join(folder, 'postgres');

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function ask(server: EmbeddedServer, sql: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: server.adminUrl() });
  await client.connect();
  try {
    const result = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
    return result.rows;
  } finally {
    await client.end();
  }
}

/** A process of its own that starts the server on the folder, prints its pid and waits to be killed. */
async function anotherProcess() {
  const script = `
    import { startEmbeddedServer } from ${JSON.stringify(new URL('./embedded-server.ts', import.meta.url).href)};
    const server = await startEmbeddedServer({ dataDir: ${JSON.stringify(dataDir)}, durable: true });
    console.log(server.pid);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return { child, postgresPid: Number(String(line)) };
}

/** A dead process that nobody has collected yet runs no more. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return /^[^Z]/.test(stdout.trim());
}

describe('the embedded server', { timeout: 60_000 }, () => {
  it('makes its folder, answers, stops and starts again with what it had', async () => {
    const first = await startEmbeddedServer({ dataDir, durable: true });
    await ask(first, 'create table kept as select 42 as answer');
    await first.stop();
    await first.stop();

    const second = await startEmbeddedServer({ dataDir, durable: true });
    const rows = await ask(second, 'select answer from kept');
    await second.stop();

    expect(rows).toEqual([[42]]);
    expect(fs.readdirSync(folder).sort()).toEqual(['postgres', 'postgres.password']);
    expect(fs.statSync(`${dataDir}.password`).mode & 0o777).toBe(0o600);
  });

  it('is PostgreSQL 17 in UTF-8 and UTC, sorted by code point, with 200 connections', async () => {
    const server = await startEmbeddedServer({ dataDir, durable: false });
    const rows = await ask(
      server,
      `select current_setting('server_version_num')::int / 10000, current_setting('server_encoding'),
              current_setting('TimeZone'), current_setting('max_connections'), datlocprovider::text, datlocale
         from pg_database where datname = 'postgres'`,
    );
    await server.stop();

    expect(rows).toEqual([[17, 'UTF8', 'UTC', '200', 'b', 'C.UTF-8']]);
  });

  it('refuses whoever has no password', async () => {
    const server = await startEmbeddedServer({ dataDir, durable: false });
    const stranger = new pg.Client({ connectionString: `postgres://postgres:wrong@127.0.0.1:${server.port}/postgres` });

    await expect(stranger.connect()).rejects.toThrow(expect.objectContaining({ code: '28P01' }));
    await server.stop();
  });

  it('refuses a second start on one folder, here and in another process', async () => {
    const server = await startEmbeddedServer({ dataDir, durable: false });

    await expect(startEmbeddedServer({ dataDir, durable: false })).rejects.toThrow('is in use by another running');
    await server.stop();

    const { child } = await anotherProcess();
    await expect(startEmbeddedServer({ dataDir, durable: false })).rejects.toThrow('is in use by another running');
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('lets exactly one of two win that start at once', async () => {
    const both = [0, 1].map(() => startEmbeddedServer({ dataDir, durable: false }));
    const outcomes = await Promise.allSettled(both);

    const winners = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    const losers = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect([winners.length, losers.length]).toEqual([1, 1]);
    expect(String(losers[0]?.reason)).toContain('is in use by another running');
    await winners[0]?.value.stop();
  });

  it('ends with a process that is killed, and keeps what was committed', async () => {
    const { child, postgresPid } = await anotherProcess();
    child.kill('SIGKILL');
    await once(child, 'exit');

    const server = await startEmbeddedServer({ dataDir, durable: true });
    const rows = await ask(server, 'select answer from kept');
    await server.stop();

    expect(rows).toEqual([[42]]);
    expect(isRunning(postgresPid)).toBe(false);
  });

  it('starts after its own server was killed and its number given to a stranger', async () => {
    const server = await startEmbeddedServer({ dataDir, durable: true });
    process.kill(server.pid, 'SIGKILL');
    await server.stop();
    const file = path.join(dataDir, 'postmaster.pid');
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/^\d+/, String(process.pid)));

    const next = await startEmbeddedServer({ dataDir, durable: true });
    const rows = await ask(next, 'select answer from kept');
    await next.stop();

    expect(rows).toEqual([[42]]);
  });

  it('says what to do when its password is lost', async () => {
    const lost = `${dataDir}.password`;
    fs.renameSync(lost, `${lost}.away`);

    await expect(startEmbeddedServer({ dataDir, durable: false })).rejects.toThrow('put back the .password file');

    fs.renameSync(`${lost}.away`, lost);
  });

  it.runIf(process.getuid?.() === 0)('runs as nobody where root may not make a namespace', async () => {
    const other = path.join(folder, 'without-namespace', 'postgres');
    fs.chmodSync(folder, 0o755);
    const server = await startEmbeddedServer({ dataDir: other, durable: false, isNamespaceAllowed: false });
    const rows = await ask(server, 'select 1');
    await server.stop();

    expect(rows).toEqual([[1]]);
    expect(fs.statSync(other).uid).toBe(65_534);
  });
});
