import { decodeJwt, SignJWT, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerPatient } from './support/accounts.ts';
import { aClinic } from './support/clinic.ts';
import { TestClient, type Json } from './support/client.ts';
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

const expectNobody = async (token: string): Promise<void> => {
  const { data, errors } = await read(token);
  expect(data).toBeNull();
  expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([[['services'], 'UNAUTHENTICATED']]);
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
    expect((await read(await forge())).data.viewer).toEqual({ role: 'PATIENT' });
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
    await expectNobody(await forge(forgery));
  });

  it('that is not signed is nobody', async () => {
    await expectNobody(`${part({ alg: 'none', typ: 'at+jwt' })}.${part(claims)}.`);
  });

  it('whose claims were changed after signing is nobody', async () => {
    const [header = '', , signature = ''] = String(session.accessToken).split('.');

    await expectNobody(`${header}.${part({ ...claims, exp: 2_000_000_000 })}.${signature}`);
  });

  it('that is a refresh token is nobody', async () => {
    await expectNobody(session.refreshToken);
  });

  it.each([
    ['of a session that never was', '0187a3f2-5c3b-8a13-8e21-0d9a6c1f7b44'],
    ['of an id that is none', 'x'],
    ["of somebody's record instead of a session", '0187a3f2-5c3b-8a02-8e21-0d9a6c1f7b44'],
  ])('%s is nobody', async (_difference, sid) => {
    await expectNobody(await forge({ claims: { sid } }));
  });
});
