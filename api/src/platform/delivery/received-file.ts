import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough, Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../clock.ts';
import { TooManyBytes, type ReceivedFile } from './files.ts';

/** A sender that says nothing for so long has gone. */
const silenceMs = 30_000;
/** Longer than any transfer may take: what is as old was left behind by a process that died. */
const leftBehindMs = 60 * 60_000;

export interface LocalFile extends ReceivedFile {
  readonly path: string;
}

/**
 * Streams bytes into a new file, counts and hashes them on the way, and has them on the disk itself before it returns.
 *
 * @throws TooManyBytes after the first byte too many; Error when the sender goes away or falls silent. Nothing stays behind.
 */
export async function receiveInto(folder: string, bytes: Readable, limit: number): Promise<LocalFile> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, randomUUID());
  const hash = createHash('sha256');
  let size = 0;
  const silence = new AbortController();
  const begin = () => setTimeout(() => silence.abort(), silenceMs);
  let timer = begin();
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      clearTimeout(timer);
      timer = begin();
      size += chunk.length;
      if (size > limit) return done(new TooManyBytes());
      hash.update(chunk);
      return done(null, chunk);
    },
  });
  const discard = () => rm(file, { force: true });
  try {
    await pipeline(tapped(bytes), counting, createWriteStream(file, { flags: 'wx', mode: 0o600 }), {
      signal: silence.signal,
    });
    await sync(file);
  } catch (error) {
    await discard();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return { path: file, size, sha256: hash.digest('hex'), bytes: () => readFile(file), discard };
}

/** The same bytes, so that the sender's own stream outlives a refusal: it carries the answer back. */
function tapped(bytes: Readable): Readable {
  const tap = new PassThrough();
  bytes.once('error', (error) => tap.destroy(error));
  bytes.once('close', () => {
    if (!bytes.readableEnded) tap.destroy(new Error('The sender has gone.'));
  });
  return bytes.pipe(tap);
}

/** Has a file's bytes, or a folder's names, written to the disk itself: after a power cut they are there. */
export async function sync(place: string): Promise<void> {
  const handle = await open(place, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what processes that died have left half-received. */
export async function forgetHalfReceived(folder: string, clock: Clock): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => null);
    if (found !== null && clock.now().getTime() - found.mtimeMs > leftBehindMs) await rm(file, { force: true });
  }
}
