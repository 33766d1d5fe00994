import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const NOBODY = 65_534;

/** As whom and where PostgreSQL runs. */
export interface Identity {
  native: string;
  dataDir: string;
  /** Words before the command. */
  prefix: string[];
  /** Options for child_process. */
  user: { uid?: number; gid?: number };
}

/**
 * PostgreSQL refuses to run as root. As root it enters a user namespace in which root is called nobody, so that its
 * files stay root's. Where namespaces are forbidden it drops to nobody, and what nobody cannot reach is copied to
 * where it can.
 *
 * @param isNamespaceAllowed  false leaves the namespace out even where it would work
 */
export function serverIdentity(native: string, dataDir: string, isNamespaceAllowed = true): Identity {
  if (process.getuid?.() !== 0) return { native, dataDir, prefix: [], user: {} };
  const prefix = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
  if (isNamespaceAllowed && runs([...prefix, 'true'])) return { native, dataDir, prefix, user: {} };

  const user = { uid: NOBODY, gid: NOBODY };
  return { native: reachableBinaries(native), dataDir: reachableDataFolder(dataDir), prefix: [], user };
}

/** Words that make the kernel end PostgreSQL in good order when this process dies, by kill -9 too; none elsewhere. */
export function endWithParent(): string[] {
  const words = ['setpriv', '--pdeathsig', 'INT'];
  return process.platform === 'linux' && runs([...words, 'true']) ? words : [];
}

/** Gives a file or folder to whom PostgreSQL runs as. */
export function giveTo({ user }: Identity, file: string): void {
  if (user.uid !== undefined && user.gid !== undefined) fs.chownSync(file, user.uid, user.gid);
}

function reachableBinaries(native: string): string {
  if (runs([path.join(native, 'bin', 'postgres'), '--version'], true)) return native;
  const copy = path.join(sharedFolder(), 'native');
  if (fs.existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  fs.cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  try {
    fs.renameSync(draft, copy);
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    if (!fs.existsSync(copy)) throw error;
  }
  return copy;
}

/** The folder itself need not exist yet: what nobody must be able to pass through is its parent. */
function reachableDataFolder(dataDir: string): string {
  const parent = path.dirname(dataDir);
  fs.mkdirSync(parent, { recursive: true });
  const isReachable = () => runs(['test', '-x', parent], true);
  // Passing through is not reading: the files in it keep their own modes.
  if (!isReachable()) fs.chmodSync(parent, fs.statSync(parent).mode | 0o001);
  if (isReachable()) return dataDir;
  return path.join(sharedFolder(), dataDir.replaceAll(/[^a-zA-Z0-9]+/g, '_'));
}

function sharedFolder(): string {
  const parent = ['/var/lib', os.tmpdir()].find((folder) => runs(['test', '-x', folder], true)) ?? os.tmpdir();
  const folder = path.join(parent, 'clinigraph');
  fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
  return folder;
}

function runs([command = '', ...words]: string[], isNobody = false): boolean {
  const user = isNobody ? { uid: NOBODY, gid: NOBODY } : {};
  return spawnSync(command, words, { stdio: 'ignore', ...user }).status === 0;
}
