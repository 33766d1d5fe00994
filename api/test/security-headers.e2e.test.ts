import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let plain: TestServerHandle;
let secure: TestServerHandle;

beforeAll(async () => {
  plain = await startTestServer({ publicUrl: 'http://localhost:4000' });
  secure = await startTestServer({ publicUrl: 'https://clinic.example.org' }, plain.database);
});

afterAll(async () => {
  await plain.stop();
  await secure.stop();
});

const headersOf = async (server: TestServerHandle, page: string, init: RequestInit = {}): Promise<Headers> =>
  (await fetch(new URL(page, server.url), init)).headers;

const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ __typename }"}' };

const pages: [page: string, init: RequestInit][] = [
  ['/graphql', post],
  ['/', { headers: { accept: 'text/html' } }],
  ['/no/such/page', { headers: { accept: 'text/html' } }],
  ['/no-such-file.js', {}],
  ['/healthz', {}],
  ['/config.json', {}],
  ['/dev/inbox', {}],
];

describe('every answer', () => {
  it.each(pages)('%s lets a browser run this origin’s files alone, in no frame, telling nobody', async (page, init) => {
    const headers = await headersOf(plain, page, init);
    const policy = headers.get('content-security-policy') ?? '';

    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).not.toContain('unsafe-eval');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('says no-store where data is', async () => {
    expect((await headersOf(plain, '/graphql', post)).get('cache-control')).toBe('no-store');
    expect((await headersOf(plain, '/dev/inbox')).get('cache-control')).toBe('no-store');
  });
});

describe('a site behind https', () => {
  it('asks browsers to stay there, and connects live by wss alone', async () => {
    const headers = await headersOf(secure, '/healthz');

    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(headers.get('content-security-policy')).toContain("connect-src 'self' wss://clinic.example.org");
    expect((await headersOf(plain, '/healthz')).get('strict-transport-security')).toBeNull();
  });
});
