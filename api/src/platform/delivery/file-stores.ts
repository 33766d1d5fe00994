import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import { S3Driver } from 'flydrive/drivers/s3';
import type { Clock } from '../clock.ts';
import type { FileStore, ReceivedFile, StorageSettings } from './files.ts';
import { forgetHalfReceived, receiveInto, sync, type LocalFile } from './received-file.ts';

/**
 * Opens the file store that the settings name: a folder of this machine, or a bucket. Bytes are received on this machine
 * either way, so that what nobody has looked at yet never reaches the store.
 */
export function openFileStore(settings: StorageSettings, dataDir: string, clock: Clock): FileStore {
  const incoming = path.join(dataDir, 'files-incoming');
  void forgetHalfReceived(incoming, clock);
  if (settings.kind === 's3') return new StoredFiles(bucketOf(settings), incoming, uploadTo);
  const root = path.join(dataDir, 'files');
  return new StoredFiles(
    new Disk(new FSDriver({ location: root, visibility: 'private' })),
    incoming,
    (_disk, file, key) => moveInto(root, file, key),
  );
}

const bucketOf = ({ bucket, region, endpoint, accessKeyId, secretAccessKey }: StorageSettings & { kind: 's3' }): Disk =>
  new Disk(
    new S3Driver({
      bucket,
      region,
      visibility: 'private',
      // Buckets without access lists are the rule by now; who may read, the bucket's policy says: this app alone.
      supportsACL: false,
      credentials: { accessKeyId, secretAccessKey },
      ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    }),
  );

type Keeping = (disk: Disk, file: LocalFile, key: string) => Promise<void>;

/** A bucket shows an object when all of it has arrived, and not before. */
const uploadTo: Keeping = async (disk, file, key) => {
  await disk.put(key, await file.bytes());
};

/** A file gets its name when its bytes are on the disk; the folder's entry follows before anybody is told. */
async function moveInto(root: string, file: LocalFile, key: string): Promise<void> {
  const target = path.join(root, key);
  await mkdir(path.dirname(target), { recursive: true });
  await rename(file.path, target);
  await sync(path.dirname(target));
}

class StoredFiles implements FileStore {
  readonly #disk: Disk;
  readonly #incoming: string;
  readonly #keep: Keeping;
  readonly #received = new WeakMap<ReceivedFile, LocalFile>();

  constructor(disk: Disk, incoming: string, keep: Keeping) {
    this.#disk = disk;
    this.#incoming = incoming;
    this.#keep = keep;
  }

  async receive(bytes: Readable, limit: number): Promise<ReceivedFile> {
    const file = await receiveInto(this.#incoming, bytes, limit);
    this.#received.set(file, file);
    return file;
  }

  async keep(received: ReceivedFile, key: string): Promise<void> {
    const file = this.#received.get(received);
    if (file === undefined) throw new Error('Only what this store has received can be kept in it.');
    await this.#keep(this.#disk, file, key);
    await received.discard();
  }

  async read(key: string): Promise<Readable> {
    // A folder's stream would find out when its answer has begun already.
    if (!(await this.#disk.exists(key))) throw new Error('Nothing lies under this key.');
    return this.#disk.getStream(key);
  }

  async clear(folder: string, exceptKey?: string): Promise<void> {
    for (;;) {
      const found = await this.#keysIn(folder);
      const unwanted = found.keys.filter((key) => key !== exceptKey);
      for (const key of unwanted) await this.#disk.delete(key);
      if (!found.hasMore || unwanted.length === 0) return;
    }
  }

  async #keysIn(folder: string): Promise<{ keys: string[]; hasMore: boolean }> {
    try {
      const page = await this.#disk.listAll(`${folder}/`, { recursive: true });
      const keys = [...page.objects].flatMap((object) => (object.isFile ? [object.key] : []));
      return { keys, hasMore: page.paginationToken !== undefined };
    } catch (error) {
      // A folder of a disk that was never made holds nothing.
      if (isMissing(error)) return { keys: [], hasMore: false };
      throw error;
    }
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
