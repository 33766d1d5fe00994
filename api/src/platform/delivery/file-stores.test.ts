import { createServer, type Server } from 'node:http';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { openFileStore } from './file-stores.ts';
import { TooManyBytes, type FileStore, type StorageSettings } from './files.ts';

/** A bucket as far as the store uses one: put, get, delete, list by prefix, two to a page. */
const objects = new Map<string, Buffer>();
const pageSize = 2;

function listed(query: URLSearchParams): string {
  const after = query.get('continuation-token') ?? '';
  const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after).sort();
  const page = keys.slice(0, pageSize);
  const hasMore = keys.length > page.length;
  const contents = page.map(
    (key) => `<Contents><Key>${key}</Key><Size>1</Size><LastModified>2030-01-01T00:00:00Z</LastModified></Contents>`,
  );
  const token = hasMore ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  return `<ListBucketResult><IsTruncated>${hasMore}</IsTruncated>${token}${contents.join('')}</ListBucketResult>`;
}

/** The SDK sends a body in signed chunks when it is a stream, and plain when it is whole: the store sends it whole. */
const bucket: Server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  const key = pathname.replace('/bucket/', '');
  const isSigned = (request.headers.authorization ?? '').includes('Credential=key/');
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const found = objects.get(key);
    if (!isSigned) response.writeHead(403).end();
    else if (request.method === 'PUT') {
      objects.set(key, Buffer.concat(chunks));
      response.writeHead(200, { etag: '"x"' }).end();
    } else if (request.method === 'DELETE') {
      objects.delete(key);
      response.writeHead(204).end();
    } else if (searchParams.get('list-type') === '2')
      response.writeHead(200, { 'content-type': 'application/xml' }).end(listed(searchParams));
    else if (found === undefined)
      response.writeHead(404).end('<Error><Code>NoSuchKey</Code><Message>none</Message></Error>');
    else response.writeHead(200, { 'content-length': found.length }).end(found);
  });
});

let dataDir: string;
let endpoint = '';

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'clinigraph-store-'));
  await new Promise<void>((resolve) => void bucket.listen(0, '127.0.0.1', resolve));
  const address = bucket.address();
  endpoint = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
});

afterAll(async () => {
  bucket.close();
  await rm(dataDir, { recursive: true, force: true });
});

const stores: Readonly<Record<string, () => StorageSettings>> = {
  'a folder': () => ({ kind: 'disk' }),
  'a bucket': () => ({
    kind: 's3',
    bucket: 'bucket',
    region: 'eu-central-1',
    endpoint,
    accessKeyId: 'key',
    secretAccessKey: 'secret',
  }),
};

const sent = (bytes: Buffer) => Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]);
const whole = async (stream: Readable): Promise<Buffer> => Buffer.concat(await stream.toArray());
const incoming = () => readdir(path.join(dataDir, 'files-incoming'));

describe.each(Object.entries(stores))('files in %s', (_name, settings) => {
  const open = (): FileStore => openFileStore(settings(), dataDir, systemClock);
  const bytes = Buffer.from('the very bytes \x00\xff', 'latin1');

  it('are there whole once they are kept, and nowhere before', async () => {
    const store = open();
    const received = await store.receive(sent(bytes), bytes.length);

    await expect(store.read('c/f/one')).rejects.toThrow('Nothing lies');
    await store.keep(received, 'c/f/one');

    expect(received).toMatchObject({ size: bytes.length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await whole(await open().read('c/f/one'))).toEqual(bytes);
    expect(await incoming()).toEqual([]);
  });

  it('are cleared by their folder, but for the one that is kept, however many there are', async () => {
    const store = open();
    for (const key of ['c/g/1', 'c/g/2', 'c/g/3', 'c/g/4', 'c/g/5', 'c/h/1'])
      await store.keep(await store.receive(sent(bytes), 100), key);

    await store.clear('c/g', 'c/g/1');
    await store.clear('c/never');

    for (const key of ['c/g/1', 'c/h/1']) expect(await whole(await store.read(key))).toEqual(bytes);
    for (const key of ['c/g/2', 'c/g/3', 'c/g/4', 'c/g/5'])
      await expect(store.read(key)).rejects.toThrow('Nothing lies');
  });

  it('leave nothing behind when they are too many bytes or break off', async () => {
    const store = open();
    const broken = new Readable({ read() {} });
    broken.push(bytes);
    setTimeout(() => broken.destroy(new Error('gone')), 20);

    await expect(store.receive(sent(bytes), bytes.length - 1)).rejects.toThrow(TooManyBytes);
    await expect(store.receive(broken, 100)).rejects.toThrow('gone');
    expect(await incoming()).toEqual([]);
  });
});
