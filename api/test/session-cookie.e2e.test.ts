import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, password } from './support/clinic.ts';
import type { Json } from './support/client.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let email: string;

beforeAll(async () => {
  server = await startTestServer();
  const clinic = await aClinic(server);
  email = (await clinic.hire('NURSE')).email;
});

afterAll(() => server.stop());

const payload = '{ accessToken refreshToken viewer { role } userErrors { code } }';
const signIn = `mutation ($input: SignInInput!) { answer: signIn(input: $input) ${payload} }`;
const refresh = `mutation { answer: refreshSession ${payload} }`;

/** As a browser does it: the cookie goes along by itself. */
async function browse(
  url: string,
  query: string,
  { cookie = '', variables = {} }: { cookie?: string; variables?: Record<string, unknown> } = {},
): Promise<{ answer: Json; cookies: string[] }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ query, variables }),
  });
  const { data }: Json = await response.json();
  return { answer: data.answer, cookies: response.headers.getSetCookie() };
}

const partsOf = (cookies: string[]) => cookies.flatMap((cookie) => cookie.split('; ')).sort();

describe("the browser's refresh cookie", () => {
  it('is out of reach of scripts and of other sites, and goes to the graph alone', async () => {
    const { answer, cookies } = await browse(server.url, signIn, { variables: { input: { email, password } } });

    expect(partsOf(cookies)).toEqual([
      'Expires=Wed, 03 Apr 2030 01:00:00 GMT',
      'HttpOnly',
      'Path=/graphql',
      'SameSite=Strict',
      `clinigraph_refresh=${answer.refreshToken}`,
    ]);
  });

  it('travels over https alone where the site is reached over https', async () => {
    const secure = await startTestServer({ publicUrl: 'https://clinic.example.org' }, server.database);
    try {
      const { cookies } = await browse(secure.url, signIn, { variables: { input: { email, password } } });

      expect(partsOf(cookies)).toContain('Secure');
    } finally {
      await secure.stop();
    }
  });

  it('is traded for new tokens and replaced', async () => {
    const first = await browse(server.url, signIn, { variables: { input: { email, password } } });

    const second = await browse(server.url, refresh, { cookie: `clinigraph_refresh=${first.answer.refreshToken}` });

    expect(second.answer.viewer).toEqual({ role: 'NURSE' });
    expect(second.answer.refreshToken).not.toBe(first.answer.refreshToken);
    expect(partsOf(second.cookies)).toContain(`clinigraph_refresh=${second.answer.refreshToken}`);
  });

  it('is no access token: alone it opens nothing but new tokens', async () => {
    const { answer } = await browse(server.url, signIn, { variables: { input: { email, password } } });

    const { answer: viewer } = await browse(server.url, '{ answer: viewer { role } }', {
      cookie: `clinigraph_refresh=${answer.refreshToken}`,
    });

    expect(viewer).toBeNull();
  });

  it('is taken away when the token in it opens nothing', async () => {
    const { answer, cookies } = await browse(server.url, refresh, { cookie: 'clinigraph_refresh=no-such-token' });

    expect(answer.userErrors).toEqual([{ code: 'INVALID_CREDENTIALS' }]);
    expect(partsOf(cookies)).toEqual([
      'Expires=Thu, 01 Jan 1970 00:00:00 GMT',
      'HttpOnly',
      'Max-Age=0',
      'Path=/graphql',
      'SameSite=Strict',
      'clinigraph_refresh=',
    ]);
  });

  it('is taken away by signing out', async () => {
    const { answer, cookies } = await browse(server.url, 'mutation { answer: signOut }');

    expect(answer).toBe(true);
    expect(partsOf(cookies)).toContain('Expires=Thu, 01 Jan 1970 00:00:00 GMT');
  });
});
