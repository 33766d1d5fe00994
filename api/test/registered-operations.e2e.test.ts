import { readFileSync } from 'node:fs';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, type TestClinic } from './support/clinic.ts';
import type { Json } from './support/client.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

/** What the build of the web app left: this file runs after it. */
const registered: Record<string, string> = JSON.parse(readFileSync('web/dist/operations.json', 'utf8'));
const documentId = Object.entries(registered).find(([, text]) => text.startsWith('query Clinics'))?.[0] ?? '';
const [liveId = ''] = Object.entries(registered).find(([, text]) => text.includes('subscription ')) ?? [];

let open: TestServerHandle;
let shut: TestServerHandle;
let clinic: TestClinic;

beforeAll(async () => {
  open = await startTestServer();
  shut = await startTestServer({ operations: 'registered' }, open.database);
  clinic = await aClinic(open);
});

afterAll(async () => {
  await shut.stop();
  await open.stop();
});

async function post(server: TestServerHandle, body: object, headers: Record<string, string> = {}) {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${clinic.owner.token}`, ...headers },
    body: JSON.stringify(body),
  });
  const answer: Json = JSON.parse(await response.text());
  return {
    status: response.status,
    code: answer.errors?.[0]?.extensions.code,
    field: answer.errors?.[0]?.extensions.field,
  };
}

const browser = { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' };
const ownText = { query: '{ viewer { role } }' };

describe('an operation named by its hash', () => {
  it.each([
    ['documentId', () => ({ documentId })],
    ['documentId without its prefix', () => ({ documentId: documentId.replace('sha256:', '') })],
    ['an extension', () => ({ extensions: { documentId } })],
  ])('is answered as its text would be: %s', async (_how, body) => {
    expect(documentId).not.toBe('');
    expect(await post(open, body())).toMatchObject({ code: undefined });
  });

  it('is named when it is not known, so that the client can send the text', async () => {
    const answer = await post(open, { documentId: `sha256:${'0'.repeat(64)}` });

    expect(answer).toEqual({ status: 400, code: 'BAD_USER_INPUT', field: ['documentId'] });
  });

  it('runs over a socket', async () => {
    const client = createClient({
      url: open.url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${clinic.owner.token}` },
    });
    const answer = await new Promise((resolve, reject) => {
      client.subscribe(
        { query: '', extensions: { documentId } },
        { next: resolve, error: reject, complete: () => undefined },
      );
    });

    expect(answer).toHaveProperty('data');
    expect(liveId).not.toBe('');
    await client.dispose();
  });
});

describe('where browsers may ask the app’s own operations alone', () => {
  it('refuses a text of a browser’s own, and says so', async () => {
    expect(await post(shut, ownText, browser)).toMatchObject({ status: 400, code: 'FORBIDDEN' });
  });

  it('answers a registered one, by hash or by text', async () => {
    expect((await post(shut, { documentId }, browser)).code).toBeUndefined();
    expect((await post(shut, { query: registered[documentId] }, browser)).code).toBeUndefined();
  });

  it('answers partners, who are no browsers, and browsers elsewhere', async () => {
    expect((await post(shut, ownText)).code).toBeUndefined();
    expect((await post(open, ownText, browser)).code).toBeUndefined();
  });
});
