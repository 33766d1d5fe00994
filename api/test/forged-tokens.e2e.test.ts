import { decodeJwt, SignJWT, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerPatient } from './support/accounts.ts';
import { aClinic } from './support/clinic.ts';
import { settled, TestClient, type Json } from './support/client.ts';
import { startTestServer, testConfig, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let session: Json;
let claims: JWTPayload;
let secret: string;

beforeAll(async () => {
  server = await startTestServer();
  const clinic = await aClinic(server);
  session = await registerPatient(server.url, clinic.slug);
  claims = decodeJwt(session.accessToken);
  secret = testConfig(server.database).jwtSecret;
});

afterAll(() => server.stop());

interface Forgery {
  header?: Record<string, string>;
  /** Undefined takes a claim away. */
  claims?: Record<string, unknown>;
  secret?: string;
}

/** A token like ours in everything but the changes. */
async function forge(forgery: Forgery = {}): Promise<string> {
  const payload = Object.fromEntries(
    Object.entries({ ...claims, ...forgery.claims }).filter(([, value]) => value !== undefined),
  );
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...forgery.header })
    .sign(new TextEncoder().encode(forgery.secret ?? secret));
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

const read = (token: string) => new TestClient(server.url, token).send('{ viewer { role } services { id } }');

const codesOf = (errors: Json[] = []) => errors.map(({ path, extensions }) => [path, extensions.code]);

/** What a token opens as the socket's, for what is asked once and for what is watched. */
async function overSocket(token: string | null): Promise<{ asked: Json; errors: Json[]; watched: Json[] }> {
  const client = new TestClient(server.url, token);
  const [once, live] = [
    client.watch('{ viewer { role } services { id } }'),
    client.watch('subscription { notificationReceived { cursor } }'),
  ];
  await Promise.all([once.until(1), token === session.accessToken ? settled() : live.until(1)]);
  await Promise.all([once.stop(), live.stop()]);
  return { asked: once.received[0], errors: once.failures, watched: live.failures };
}

/** What a token opens as the browser's cookie, and in the input in its place. */
async function asRefreshToken(token: string | null): Promise<Json[]> {
  const query =
    'mutation ($input: RefreshSessionInput) { answer: refreshSession(input: $input) { viewer { role } userErrors { code } } }';
  const inCookie = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== null && { cookie: `clinigraph_refresh=${token}` }) },
    body: JSON.stringify({ query }),
  });
  const inInput = await new TestClient(server.url).ask(query, { input: { refreshToken: token } });
  const { data }: Json = JSON.parse(await inCookie.text());
  return [data.answer, inInput.answer];
}

const nothing = { viewer: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] };

/** Asserts that a token opens nothing, whichever way it comes in. */
const expectNobody = async (token: string | null): Promise<void> => {
  const { data, errors } = await new TestClient(server.url, token).send('{ viewer { role } services { id } }');
  expect(data).toBeNull();
  expect(codesOf(errors)).toEqual([[['services'], 'UNAUTHENTICATED']]);
  const socket = await overSocket(token);
  expect(socket.asked).toBeNull();
  expect(codesOf(socket.errors)).toEqual([[['services'], 'UNAUTHENTICATED']]);
  expect(socket.watched.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
};

const expectNobodyAnywhere = async (token: string | null): Promise<void> => {
  await expectNobody(token);
  expect(await asRefreshToken(token)).toEqual([nothing, nothing]);
};

describe('a token', () => {
  it('names the session, who it is for, and nothing about the person', () => {
    expect(claims).toEqual({
      sid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8a13-[0-9a-f]{4}-[0-9a-f]{12}$/),
      iss: 'clinigraph',
      aud: 'clinigraph-api',
      iat: 1_898_816_400,
      exp: 1_898_817_000,
    });
  });

  it('that is made like ours, with our secret, is taken: the others below fail by their one difference', async () => {
    const socket = await overSocket(session.accessToken);

    expect((await read(await forge())).data.viewer).toEqual({ role: 'PATIENT' });
    expect(socket).toMatchObject({ asked: { viewer: { role: 'PATIENT' } }, errors: [], watched: [] });
  });

  it('that refreshes is taken from the cookie and from the input, and is no access token', async () => {
    const answer = { viewer: { role: 'PATIENT' }, userErrors: [] };

    expect(await asRefreshToken(session.refreshToken)).toEqual([answer, answer]);
    await expectNobody(session.refreshToken);
  });

  it('that opens everything else is no refresh token', async () => {
    expect(await asRefreshToken(session.accessToken)).toEqual([nothing, nothing]);
  });

  it('that is missing is nobody', async () => {
    await expectNobodyAnywhere(null);
  });

  it.each<[string, Forgery]>([
    ['with another secret', { secret: 'a secret that somebody else knows, and long enough' }],
    ['for another audience', { claims: { aud: 'another-api' } }],
    ['for no audience', { claims: { aud: undefined } }],
    ['from another issuer', { claims: { iss: 'somebody' } }],
    ['from no issuer', { claims: { iss: undefined } }],
    ['of another type', { header: { typ: 'JWT' } }],
    ['of another algorithm', { header: { alg: 'HS512' } }],
    ['that has expired', { claims: { exp: 1_898_816_399 } }],
    ['that never expires', { claims: { exp: undefined } }],
    ['that is not valid yet', { claims: { nbf: 1_898_820_000 } }],
    ['without a session', { claims: { sid: undefined } }],
    ['with a session that is no text', { claims: { sid: { $ne: null } } }],
  ])('%s is nobody', async (_difference, forgery) => {
    await expectNobodyAnywhere(await forge(forgery));
  });

  it('that is not signed is nobody', async () => {
    await expectNobodyAnywhere(`${part({ alg: 'none', typ: 'at+jwt' })}.${part(claims)}.`);
  });

  it('whose claims were changed after signing is nobody', async () => {
    const [header = '', , signature = ''] = String(session.accessToken).split('.');

    await expectNobodyAnywhere(`${header}.${part({ ...claims, exp: 2_000_000_000 })}.${signature}`);
  });

  it.each([
    ['of a session that never was', '0187a3f2-5c3b-8a13-8e21-0d9a6c1f7b44'],
    ['of an id that is none', 'x'],
    ["of somebody's record instead of a session", '0187a3f2-5c3b-8a02-8e21-0d9a6c1f7b44'],
  ])('%s is nobody', async (_difference, sid) => {
    await expectNobodyAnywhere(await forge({ claims: { sid } }));
  });
});
