import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 2_000;
const LIMIT_MS = 30_000;
const PAUSE_MS = 50;

const OWNER_PREFIX = 'clinigraph_owner_';
const OWNER_IN_COMMAND = /=clinigraph_owner_(\d+)(?:\s|$)/;

/** The server's name in its own command line, by which a later start knows whose it is. */
export function ownerName(): string {
  return `${OWNER_PREFIX}${process.pid}`;
}

/**
 * Waits until no server of an earlier, killed run uses the folder any more, and ends it when it does not go by
 * itself.
 *
 * @throws Error when the server belongs to a process that is alive, or does not end within 30 seconds
 */
export async function settleLeftover(dataDir: string): Promise<void> {
  const startedAt = performance.now();
  let isTold = false;
  for (;;) {
    const leftover = leftoverOf(dataDir);
    if (leftover === null) return;
    if (leftover.isOwned) throw new FolderInUseError(dataDir);
    const waitedMs = performance.now() - startedAt;
    if (waitedMs > LIMIT_MS) throw new FolderInUseError(dataDir);
    if (waitedMs > PATIENCE_MS && !isTold) {
      isTold = true;
      interrupt(leftover.pid);
    }
    await sleep(PAUSE_MS);
  }
}

/** Two servers over one folder would ruin it. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';

  constructor(dataDir: string) {
    super(`The database in ${dataDir} is in use by another running Clinigraph. Stop that one, or set DATA_DIR.`);
  }
}

function leftoverOf(dataDir: string): { pid: number; isOwned: boolean } | null {
  const file = path.join(dataDir, 'postmaster.pid');
  const pid = firstNumber(file);
  if (pid === null) return null;
  const found = processInfo(pid);
  if (found === null) return null;
  if (found.isOver || !found.command.includes(dataDir)) {
    // The number belongs to a stranger by now, or to a dead process that nobody collects. PostgreSQL would take
    // either for a living server and refuse.
    fs.rmSync(file, { force: true });
    return null;
  }
  // The kernel gives a dead process's children another parent, so the owner lives as long as it is the parent.
  return { pid, isOwned: ownerIn(found.command) === found.parent };
}

function ownerIn(command: string): number | null {
  const [, pid] = OWNER_IN_COMMAND.exec(command) ?? [];
  return pid === undefined ? null : Number(pid);
}

function firstNumber(file: string): number | null {
  try {
    const pid = Number.parseInt(fs.readFileSync(file, 'utf8'), 10);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

interface ProcessInfo {
  parent: number;
  command: string;
  /** Ended, and waits to be collected by its parent. */
  isOver: boolean;
}

function processInfo(pid: number): ProcessInfo | null {
  const result = spawnSync('ps', ['-ww', '-o', 'ppid=,stat=,args=', '-p', String(pid)], { encoding: 'utf8' });
  if (result.error !== undefined) return processInfoFromProc(pid);
  const [, parent, state = '', command = ''] = /^\s*(\d+)\s+(\S+)\s+(.*)$/s.exec(result.stdout) ?? [];
  return parent === undefined ? null : { parent: Number(parent), command, isOver: state.startsWith('Z') };
}

/** Small containers have no ps. */
function processInfoFromProc(pid: number): ProcessInfo | null {
  try {
    const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    const afterName = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '';
    const [state, parent] = afterName.split(' ');
    return { parent: Number(parent), command, isOver: state === 'Z' };
  } catch {
    return null;
  }
}

function interrupt(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It has just ended.
  }
}
