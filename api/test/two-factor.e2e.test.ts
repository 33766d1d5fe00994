import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOperations as ask } from './support/accounts-graphql.ts';
import { TestClient } from './support/client.ts';
import { aClinic, password, type TestClinic, type TestMember } from './support/clinic.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

const stepMs = 30_000;

let server: TestServerHandle;
let clinic: TestClinic;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
});

afterAll(() => server.stop());

/** What an authenticator app shows now, or some steps from now. */
const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: server.clock.now().getTime() + steps * stepMs,
  });

/** The next code is a new one. */
const nextStep = () => server.clock.advance(stepMs);

interface Enrolled extends TestMember {
  secret: string;
  recoveryCodes: string[];
}

async function enrolled(): Promise<Enrolled> {
  const nurse = await clinic.hire('NURSE');
  const { answer } = await nurse.client.ask(ask.enrol);
  const confirmed = await nurse.client.ask(ask.confirm, { code: codeOf(answer.secret) });
  expect(confirmed.answer).toEqual({ viewer: { totpEnabled: true }, userErrors: [] });
  nextStep();
  return { ...nurse, secret: answer.secret, recoveryCodes: answer.recoveryCodes };
}

const signIn = async (email: string, totpCode: string | null = null) =>
  (await new TestClient(server.url).ask(ask.signIn, { input: { email, password, totpCode } })).answer;

const wrong = [{ code: 'INVALID_CREDENTIALS', field: ['totpCode'] }];

describe('switching two-factor sign-in on', () => {
  it('takes a first right code; until then the password is enough', async () => {
    const nurse = await clinic.hire('NURSE');
    const { answer } = await nurse.client.ask(ask.enrol);

    expect(answer.uri).toMatch(/^otpauth:\/\/totp\/Clinigraph:/);
    expect(answer.recoveryCodes).toHaveLength(10);
    expect((await nurse.client.ask(ask.confirm, { code: '000000' })).answer.userErrors).toMatchObject([
      { code: 'INVALID_CREDENTIALS', field: ['code'] },
    ]);
    expect((await nurse.client.ask(ask.confirm, { code: answer.recoveryCodes[0] })).answer.userErrors).toHaveLength(1);
    expect((await signIn(nurse.email)).accessToken).not.toBeNull();
  });

  it('is refused while it is on: a stolen session must not replace the secret', async () => {
    const nurse = await enrolled();

    expect(await nurse.client.codeOf(ask.enrol)).toBe('BAD_USER_INPUT');
  });

  it('stores the secret sealed and the codes as hashes', async () => {
    const nurse = await enrolled();

    const rows = await query<{ text: string }>(
      server.database.adminUrl,
      'select t::text as text from two_factor t union all select r::text from recovery_code r',
    );

    const secrets = [nurse.secret, ...nurse.recoveryCodes, ...nurse.recoveryCodes.map((code) => code.replace('-', ''))];
    expect(rows.filter(({ text }) => secrets.some((secret) => text.includes(secret)))).toEqual([]);
  });
});

describe('signing in with two factors', () => {
  it('asks for the code once the password was right', async () => {
    const nurse = await enrolled();

    expect(await signIn(nurse.email)).toEqual({ accessToken: null, totpRequired: true, viewer: null, userErrors: [] });
    const entered = await signIn(nurse.email, codeOf(nurse.secret));
    expect(entered).toMatchObject({ totpRequired: false, viewer: { role: 'NURSE' }, userErrors: [] });
  });

  it('takes each code once, also of two who come at once', async () => {
    const nurse = await enrolled();
    const code = codeOf(nurse.secret);

    const answers = await Promise.all([1, 2, 3, 4].map(() => signIn(nurse.email, code)));

    expect(answers.filter((answer) => answer.accessToken !== null)).toHaveLength(1);
    expect(answers.filter((answer) => answer.accessToken === null).map((answer) => answer.totpRequired)).toEqual([
      true,
      true,
      true,
    ]);
    expect((await signIn(nurse.email, code)).userErrors).toMatchObject(wrong);
  });

  it('takes a code of a clock half a minute off, and none that is older than the last one', async () => {
    const nurse = await enrolled();

    expect((await signIn(nurse.email, codeOf(nurse.secret, 1))).accessToken).not.toBeNull();
    expect((await signIn(nurse.email, codeOf(nurse.secret))).userErrors).toMatchObject(wrong);
    expect((await signIn(nurse.email, codeOf(nurse.secret, 3))).userErrors).toMatchObject(wrong);
  });

  it('takes each recovery code once, however it is typed', async () => {
    const nurse = await enrolled();
    const [first = '', second = ''] = nurse.recoveryCodes;

    expect((await signIn(nurse.email, ` ${first.toUpperCase().replace('-', ' ')} `)).accessToken).not.toBeNull();
    expect((await signIn(nurse.email, first)).userErrors).toMatchObject(wrong);
    const answers = await Promise.all([1, 2, 3].map(() => signIn(nurse.email, second)));
    expect(answers.filter((answer) => answer.accessToken !== null)).toHaveLength(1);
  });

  it('says nothing about the code while the password is wrong', async () => {
    const nurse = await enrolled();

    const { answer } = await new TestClient(server.url).ask(ask.signIn, {
      input: { email: nurse.email, password: 'not the password', totpCode: codeOf(nurse.secret) },
    });

    expect(answer).toMatchObject({ totpRequired: false, userErrors: [{ code: 'INVALID_CREDENTIALS', field: null }] });
  });

  it('lets codes be guessed ten times an hour', async () => {
    const nurse = await enrolled();
    const tries = [];
    for (let count = 0; count < 10; count += 1) tries.push((await signIn(nurse.email, '12345x')).userErrors[0]?.code);

    const { errors } = await new TestClient(server.url).send(ask.signIn, {
      input: { email: nurse.email, password, totpCode: codeOf(nurse.secret) },
    });

    expect(new Set(tries)).toEqual(new Set(['INVALID_CREDENTIALS']));
    expect(errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
  });
});

describe('switching it off', () => {
  it('takes a code, or a recovery code', async () => {
    const nurse = await enrolled();

    expect((await nurse.client.ask(ask.disable, { code: '000000' })).answer.userErrors).toHaveLength(1);
    expect((await signIn(nurse.email)).totpRequired).toBe(true);
    expect((await nurse.client.ask(ask.disable, { code: nurse.recoveryCodes[3] })).answer).toEqual({
      viewer: { totpEnabled: false },
      userErrors: [],
    });
    expect((await signIn(nurse.email)).accessToken).not.toBeNull();
  });
});

describe('an installation with another DATA_KEY', () => {
  it('lets people in by a recovery code, to enrol anew', async () => {
    const nurse = await enrolled();
    const changes = { dataKey: 'a key that was put in the place of a lost one' };
    const other = await startTestServer(changes, server.database);
    other.clock.set(server.clock.now());
    const input = { email: nurse.email, password, totpCode: nurse.recoveryCodes[0] };

    const { answer } = await new TestClient(other.url).ask(ask.signIn, { input });
    const client = new TestClient(other.url, answer.accessToken);
    const disabled = await client.ask(ask.disable, { code: nurse.recoveryCodes[1] });
    const enrolment = await client.ask(ask.enrol);
    const confirmed = await client.ask(ask.confirm, { code: codeOf(enrolment.answer.secret) });
    await other.stop();

    expect(disabled.answer).toEqual({ viewer: { totpEnabled: false }, userErrors: [] });
    expect(confirmed.answer.viewer).toEqual({ totpEnabled: true });
  });
});
