import { crc32, deflateSync } from 'node:zlib';
import type { Json, TestClient } from './client.ts';

const chunk = (name: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
};

const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);

/** The smallest files of each kind that programs open; a PNG of any size by what it says in a comment. */
export const aPng = (comment = ''): Buffer =>
  Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`Comment\0${comment}`, 'latin1')),
    chunk('IDAT', deflateSync(Buffer.from([0, 0]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);

export const aJpeg = (comment = 'x'): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(comment.length + 2);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xfe]),
    length,
    Buffer.from(comment, 'latin1'),
    // A scan with a filled-up 0xff and a restart in it, neither of which ends it.
    Buffer.from([0xff, 0xda, 0x00, 0x03, 0x00, 0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9]),
  ]);
};

export const aWebp = (): Buffer => {
  const body = Buffer.concat([Buffer.from('WEBPVP8 ', 'latin1'), Buffer.from([2, 0, 0, 0, 0, 0])]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from('RIFF', 'latin1'), length, body]);
};

export const aPdf = (text = ''): Buffer =>
  Buffer.from(`%PDF-1.4\n% ${text}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`, 'latin1');

export const aDicom = (preamble: Buffer = Buffer.alloc(128)): Buffer =>
  Buffer.concat([preamble, Buffer.from('DICM', 'latin1'), Buffer.from([2, 0, 0, 0, 0x55, 0x4c, 4, 0, 0, 0, 0, 0])]);

export const createUpload = `mutation ($input: CreateUploadInput!) { answer: createUpload(input: $input)
  { attachment { id fileName contentType size } uploadUrl userErrors { code message field } } }`;

export interface Place {
  id: string;
  /** Where the bytes go, at the server under test whatever it calls itself. */
  url: string;
}

/** A place for one file; the address answers at the server that the client talks to. */
export async function aPlace(
  client: TestClient,
  file: { patientId: string; visitId?: string; fileName?: string; contentType?: string; bytes?: Buffer; size?: number },
): Promise<Place> {
  const { bytes = aPng(), size = bytes.length, fileName = 'scan.png', contentType = 'image/png', ...rest } = file;
  const { answer }: Json = await client.ask(createUpload, { input: { ...rest, fileName, contentType, size } });
  if (answer.attachment === null) throw new Error(JSON.stringify(answer.userErrors));
  return { id: answer.attachment.id, url: atServer(client, answer.uploadUrl) };
}

/** An address that the server wrote, at the port where it really listens. */
export const atServer = (client: Pick<TestClient, 'url'>, url: string): string =>
  new URL(new URL(url).pathname, client.url).href;

export interface PutAnswer {
  status: number;
  message: string | null;
}

/** Sends bytes to a place, like a browser does. */
export async function put(url: string, bytes: Buffer, contentType = 'image/png'): Promise<PutAnswer> {
  const response = await fetch(url, {
    method: 'PUT',
    body: new Uint8Array(bytes),
    headers: { 'content-type': contentType },
  });
  const text = await response.text();
  return { status: response.status, message: text === '' ? null : JSON.parse(text).message };
}

/** A file that is there; its id. */
export async function aFile(client: TestClient, file: Parameters<typeof aPlace>[1]): Promise<string> {
  const place = await aPlace(client, file);
  const { status, message } = await put(place.url, file.bytes ?? aPng(), file.contentType);
  if (status !== 204) throw new Error(`${status}: ${message}`);
  return place.id;
}

export const listedFiles = `query ($id: ID!) { patient(id: $id)
  { attachments { nodes { id fileName url uploadedBy { name } visit { id } } totalCount } } }`;

/** A patient's files as somebody sees them; null for a patient who is not theirs. */
export const listFiles = async (client: TestClient, id: string): Promise<Json> =>
  (await client.ask(listedFiles, { id })).patient?.attachments ?? null;

export const removeFile = (client: TestClient, id: string, reason = 'Filed under the wrong patient') =>
  client.send(
    `mutation ($id: ID!, $reason: String!) { answer: removeAttachment(id: $id, reason: $reason)
      { attachment { id } userErrors { code field } } }`,
    { id, reason },
  );

/** Follows a file's link, as a browser does: the link is all that it has. */
export async function openFile(client: TestClient, url: string) {
  const response = await fetch(atServer(client, url));
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}
