import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { keptSecret } from '../secret-file.ts';
import { embeddedBinaries } from './embedded-binaries.ts';
import { endWithParent, giveTo, serverIdentity, type Identity } from './embedded-identity.ts';
import { FolderInUseError, ownerName, settleLeftover } from './leftover-postmaster.ts';

const READY_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 15_000;
const PAUSE_MS = 25;
const ATTEMPTS = 40;
const CONNECTIONS_MAXIMUM = 200;
const KEPT_OUTPUT = 8_000;

const SUPERUSER = 'postgres';

export interface EmbeddedServerOptions {
  /** Made when it does not exist. The superuser's password is kept beside it, in `<dataDir>.password`. */
  dataDir: string;
  /** Any free port unless given. */
  port?: number;
  /** False trades safety for speed, for tests: a crash of the machine may lose everything. */
  durable: boolean;
  /** False makes root drop to nobody even where a user namespace would do. */
  isNamespaceAllowed?: boolean;
}

export interface EmbeddedServer {
  /** The superuser's address of a database, 'postgres' unless named: for roles and tests, never for the app. */
  adminUrl(database?: string): string;
  readonly port: number;
  readonly pid: number;
  /** Ends all connections and the server; after 15 seconds without ceremony. May be called twice. */
  stop(): Promise<void>;
}

interface Running {
  child: ChildProcess;
  pid: number;
  port: number;
  hasEnded(): boolean;
  ended: Promise<void>;
  output(): string;
}

/**
 * Starts the PostgreSQL that comes with the dependencies on 127.0.0.1, as root or not. It ends with this process,
 * also when that is killed; what a killed run left behind is waited for, or ended.
 *
 * @throws FolderInUseError when another running process has a server on the folder
 * @throws Error with PostgreSQL's own words when it does not start
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const dataDir = path.resolve(options.dataDir);
  const password = keptSecret(`${dataDir}.password`);
  const identity = serverIdentity(embeddedBinaries(), dataDir, options.isNamespaceAllowed);
  await settleLeftover(identity.dataDir);
  initialise(identity, password, options.durable);

  const running = await startPatiently(identity, password, options);
  const url = (database = SUPERUSER) => adminAddress(password, running.port, database);
  const interrupt = () => signal(running, 'SIGINT');
  process.once('exit', interrupt);
  return {
    adminUrl: url,
    port: running.port,
    pid: running.pid,
    async stop() {
      process.off('exit', interrupt);
      await end(running);
    },
  };
}

/** A folder appears whole or not at all: initdb works beside it, and a kill in between leaves nothing half made. */
function initialise(identity: Identity, password: string, durable: boolean): void {
  const { dataDir } = identity;
  if (fs.existsSync(path.join(dataDir, 'PG_VERSION'))) return;
  const draft = `${dataDir}.new-${process.pid}`;
  const passwordFile = `${draft}.password`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { recursive: true, mode: 0o700 });
  giveTo(identity, draft);
  fs.writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(identity, passwordFile);
  try {
    const access = ['-U', SUPERUSER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
    const text = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const safety = durable ? ['--data-checksums'] : ['--data-checksums', '--no-sync'];
    const program = path.join(identity.native, 'bin', 'initdb');
    const [command = '', ...words] = [...identity.prefix, program, '-D', draft, ...access, ...text, ...safety];
    const result = spawnSync(command, words, { env: environment(), encoding: 'utf8', ...identity.user });
    if (result.status !== 0)
      throw new Error(`The database could not be made: ${result.stderr}`, { cause: result.error });
    moveInto(draft, dataDir);
  } finally {
    fs.rmSync(passwordFile, { force: true });
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

function moveInto(draft: string, dataDir: string): void {
  try {
    fs.renameSync(draft, dataDir);
  } catch (error) {
    // A process that started at the same moment was first; the start below says whose the folder is.
    if (!fs.existsSync(path.join(dataDir, 'PG_VERSION'))) throw error;
  }
}

/** Tries again when the port was taken in between, or when a killed server's last processes are still ending. */
async function startPatiently(identity: Identity, password: string, options: EmbeddedServerOptions): Promise<Running> {
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const running = spawnServer(identity, port, options.durable);
    if (await isReady(running, adminAddress(password, port, SUPERUSER))) return running;
    const output = running.output();
    if (output.includes('lock file "postmaster.pid" already exists')) throw new FolderInUseError(identity.dataDir);
    const isPortLost = options.port === undefined && output.includes('could not bind');
    const isStillEnding = output.includes('pre-existing shared memory block');
    if (attempt === ATTEMPTS || !(isPortLost || isStillEnding)) {
      throw new Error(`The embedded PostgreSQL did not start: ${output.trim()}`);
    }
    await sleep(10 * PAUSE_MS);
  }
}

function spawnServer(identity: Identity, port: number, durable: boolean): Running {
  const program = path.join(identity.native, 'bin', 'postgres');
  const settings = serverSettings(durable).flatMap((setting) => ['-c', setting]);
  const place = ['-D', identity.dataDir, '-p', String(port)];
  const [command = '', ...words] = [...identity.prefix, ...endWithParent(), program, ...place, ...settings];
  // A group of its own: Ctrl-C reaches the app alone, which ends the database when it is done with it.
  const child = spawn(command, words, {
    env: environment(),
    cwd: identity.dataDir,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    ...identity.user,
  });
  let output = '';
  let isOver = false;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-KEPT_OUTPUT);
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', (error) => {
      output += error.message;
      resolve();
    });
  }).then(() => {
    isOver = true;
  });
  return { child, pid: child.pid ?? 0, port, hasEnded: () => isOver, ended, output: () => output };
}

/** Its log is kept in memory for the words of a failed start, so it must not quote statements or rows. */
function serverSettings(durable: boolean): string[] {
  return [
    `cluster_name=${ownerName()}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `max_connections=${CONNECTIONS_MAXIMUM}`,
    'timezone=UTC',
    'log_timezone=UTC',
    'log_min_messages=warning',
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
}

/** False when the server ended instead. */
async function isReady(running: Running, url: string): Promise<boolean> {
  const startedAt = performance.now();
  for (;;) {
    const failure = await connectionFailure(url);
    if (running.hasEnded()) return false;
    if (failure === null) return true;
    if (failure === '28P01') {
      await end(running);
      throw new Error('The embedded PostgreSQL refuses its password: put back the .password file beside its folder');
    }
    if (performance.now() - startedAt > READY_LIMIT_MS) {
      await end(running);
      throw new Error(`The embedded PostgreSQL was not ready in time: ${running.output()}`);
    }
    await sleep(PAUSE_MS);
  }
}

async function connectionFailure(url: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  } finally {
    await client.end().catch(() => {});
  }
}

async function end(running: Running): Promise<void> {
  signal(running, 'SIGINT');
  const timer = setTimeout(() => signal(running, 'SIGQUIT'), STOP_LIMIT_MS);
  await running.ended;
  clearTimeout(timer);
}

function signal(running: Running, name: 'SIGINT' | 'SIGQUIT'): void {
  if (!running.hasEnded()) running.child.kill(name);
}

function adminAddress(password: string, port: number, database: string): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

/** Locale and PG* variables of the caller must not reach the server. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(own), LC_ALL: 'C', LANG: 'C' };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
