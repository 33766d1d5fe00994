import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const SECRET_BYTES = 32;

/**
 * Returns the secret kept in a file, made on first use: 43 characters that need no escaping in a URL.
 * Only the owner of the process can read it (0600). Two processes that start at once get the same secret.
 */
export function keptSecret(file: string): string {
  const kept = read(file);
  if (kept !== null) return kept;

  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  fs.writeFileSync(draft, `${randomBytes(SECRET_BYTES).toString('base64url')}\n`, { mode: 0o600, flush: true });
  try {
    // A link appears whole or not at all, and not over a file that another process was first to make.
    fs.linkSync(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    fs.unlinkSync(draft);
  }
  return read(file) ?? fail(file);
}

function read(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8').trim() || fail(file);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function fail(file: string): never {
  throw new Error(`The secret in ${file} is empty: delete the file to have a new one made`);
}
