import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOperations as ask } from './support/accounts-graphql.ts';
import { settled, TestClient } from './support/client.ts';
import { aClinic, type TestClinic } from './support/clinic.ts';
import { createTestDatabase, query, type TestDatabase } from './support/database.ts';
import { startMailServer, type MailServer } from './support/mail-server.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

const stepMs = 30_000;

let mail: MailServer;
let server: TestServerHandle;
let clinic: TestClinic;

/** What is secret, by what it is. */
const secrets = new Map<string, string>();

beforeAll(async () => {
  mail = await startMailServer();
  server = await startTestServer({ role: 'all', smtpUrl: mail.url });
  clinic = await aClinic(server);
  await everyFlow();
}, 90_000);

afterAll(async () => {
  await server.stop();
  await mail.stop();
});

const anyone = () => new TestClient(server.url);

function note(what: string, value: unknown): string {
  if (typeof value !== 'string' || value.length < 6) throw new Error(`There is no ${what}.`);
  secrets.set(what, value);
  return value;
}

/** The token of the link in the latest letter to somebody. */
async function linkTo(email: string, count = 1): Promise<string> {
  const letters = () => mail.received.filter(({ to }) => to.includes(email));
  for (let tries = 0; tries < 80 && letters().length < count; tries += 1) await settled(100);
  return /#([\w-]{43})\b/.exec(letters().at(-1)?.text ?? '')?.[1] ?? '';
}

const codeOf = (secret: string): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: server.clock.now().getTime() });

const tokens = 'accessToken refreshToken userErrors { code message field }';

/** Everything that makes, takes or sends a secret, each through the API. */
async function everyFlow(): Promise<void> {
  const invited = 'ina.reyes@example.org';
  const input = { email: invited, name: 'Ina Reyes', role: 'NURSE' };
  await clinic.owner.ask(ask.invite, { input });
  const invitation = note('invitation link', await linkTo(invited));

  const first = note('first password', 'tagumpay-sa-umaga-1');
  const accept = `mutation ($input: AcceptInvitationInput!) { answer: acceptInvitation(input: $input) { ${tokens} } }`;
  const { answer: accepted } = await anyone().ask(accept, {
    input: { token: invitation, name: 'Ina Reyes', password: first },
  });
  note('access token of accepting', accepted.accessToken);
  note('refresh token of accepting', accepted.refreshToken);

  const signIn = `mutation ($input: SignInInput!) { answer: signIn(input: $input) { ${tokens} } }`;
  const { answer: session } = await anyone().ask(signIn, { input: { email: invited, password: first } });
  const nurse = new TestClient(server.url, note('access token', session.accessToken));
  const refreshToken = note('refresh token', session.refreshToken);
  const refresh = `mutation ($input: RefreshSessionInput) { answer: refreshSession(input: $input) { ${tokens} } }`;
  const { answer: renewed } = await anyone().ask(refresh, { input: { refreshToken } });
  note('renewed refresh token', renewed.refreshToken);

  const changed = note('changed password', 'tagumpay-sa-tanghali-2');
  // With a key, as the app sends it: what is kept for a second try must not hold tokens either.
  const change = `mutation ($input: ChangePasswordInput!) { answer: changePassword(input: $input) { ${tokens} } }`;
  const headers = { 'idempotency-key': 'one-change' };
  const { data } = await nurse.send(change, { input: { currentPassword: first, newPassword: changed } }, headers);
  note('refresh token after the change', data.answer.refreshToken);
  const again = new TestClient(server.url, note('access token after the change', data.answer.accessToken));

  const { answer: enrolment } = (await again.send(ask.enrol, {}, { 'idempotency-key': 'one-enrolment' })).data;
  const totp = note('TOTP secret', enrolment.secret);
  for (const [index, code] of enrolment.recoveryCodes.entries()) {
    note(`recovery code ${index}`, code);
    note(`recovery code ${index} without its dash`, code.replace('-', ''));
  }
  await again.ask(ask.confirm, { code: codeOf(totp) });
  server.clock.advance(stepMs);
  await anyone().ask(ask.signIn, {
    input: { email: invited, password: changed, totpCode: enrolment.recoveryCodes[0] },
  });

  await anyone().ask(ask.askReset, { email: invited });
  const reset = note('reset link', await linkTo(invited, 2));
  await anyone().ask(ask.askReset, { email: 'nobody.there@example.org' });
  await anyone().ask(ask.resetPassword, {
    input: { token: reset, newPassword: note('reset password', 'tagumpay-sa-gabi-3') },
  });

  const patientId = await clinic.aPatient({ email: 'pat.cruz@example.org' });
  await clinic.owner.ask(ask.invitePatient, { id: patientId, email: null });
  note('patient’s invitation link', await linkTo('pat.cruz@example.org'));

  const register = `mutation ($input: RegisterPatientInput!) { answer: registerPatient(input: $input) { ${tokens} } }`;
  const { answer: registered } = await anyone().ask(register, {
    input: {
      clinicSlug: clinic.slug,
      firstName: 'Maria',
      email: 'maria.santos@example.org',
      password: note('patient’s password', 'tagumpay-sa-bukas-4'),
    },
  });
  note('patient’s refresh token', registered.refreshToken);
  const { viewer } = await new TestClient(server.url, registered.accessToken).ask('{ viewer { calendarUrl } }');
  note('proof in a calendar’s address', /([\w-]{43})\.ics$/.exec(viewer.calendarUrl)?.[1]);
  await fetch(new URL(new URL(viewer.calendarUrl).pathname, server.url));
}

/** Each place in the database that could hold a text, as texts; bytes are decoded. */
async function everyPlace(database: TestDatabase): Promise<{ place: string; text: string }[]> {
  const tables = await query<{ place: string; columns: string }>(
    database.adminUrl,
    `select format('%I.%I', table_schema, table_name) as place,
            string_agg(case when data_type = 'bytea' then format('encode(%I, ''escape'')', column_name)
                            else format('%I::text', column_name) end, ', ') as columns
       from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'
      group by table_schema, table_name`,
  );
  const places: { place: string; text: string }[] = [];
  for (const { place, columns } of tables) {
    const rows = await query<{ text: string | null }>(
      database.adminUrl,
      `select unnest(array[${columns}]) as text from ${place}`,
    );
    places.push(...rows.flatMap(({ text }) => (text === null ? [] : [{ place, text }])));
  }
  return places;
}

/** A secret as it is, and as somebody might think it hidden. */
const shapesOf = (secret: string): string[] => {
  const bytes = Buffer.from(secret);
  return [
    secret,
    secret.toLowerCase(),
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, '').slice(0, -1),
  ];
};

describe('the database', () => {
  it('holds no password, token, link or TOTP secret that could be used', async () => {
    const places = await everyPlace(server.database);

    const found = [...secrets].flatMap(([what, secret]) =>
      shapesOf(secret).flatMap((shape) =>
        places.filter(({ text }) => text.includes(shape)).map(({ place }) => `${what} in ${place}`),
      ),
    );

    expect(secrets.size).toBeGreaterThanOrEqual(30);
    expect(places.length).toBeGreaterThan(500);
    expect([...new Set(found)]).toEqual([]);
  });

  it('would be caught: a secret in any column, bytes too, is seen', async () => {
    const [row] = await query<{ password_hash: string }>(
      server.database.adminUrl,
      `select password_hash from user_account where email = 'ina.reyes@example.org'`,
    );
    await query(server.database.adminUrl, `create table leak (words text, bytes bytea, more jsonb)`);
    await query(
      server.database.adminUrl,
      `insert into leak values ('a hidden-word b', 'c hidden-word d', '["hidden-word"]')`,
    );

    const places = await everyPlace(server.database);
    await query(server.database.adminUrl, 'drop table leak');

    expect(places.filter(({ text }) => text.includes('hidden-word'))).toHaveLength(3);
    expect(row?.password_hash).toMatch(/^\$argon2id\$/);
  });

  it('holds a TOTP secret sealed, and everything else of the kind as a hash', async () => {
    const rows = (table: string, column: string) =>
      query<{ value: string }>(server.database.adminUrl, `select ${column} as value from ${table}`);
    const sha256 = /^[0-9a-f]{64}$/;

    expect(await rows('two_factor', 'secret_sealed')).toEqual([{ value: expect.stringMatching(/^[\w-]{80,}$/) }]);
    for (const [table, column] of [
      ['refresh_token', 'token_hash'],
      ['invitation', 'token_hash'],
      ['password_reset', 'token_hash'],
    ] as const) {
      const values = await rows(table, column);
      expect(values.length).toBeGreaterThan(0);
      for (const { value } of values) expect(value).toMatch(sha256);
    }
  });
});

describe('production without a mail server', () => {
  it('writes no letter down: its link waits until there is one', async () => {
    const database = await createTestDatabase();
    const production = await startTestServer({ role: 'all', isProduction: true, logLevel: 'silent' }, database);
    const elsewhere = await aClinic(production);
    await elsewhere.owner.ask(ask.invite, { input: { email: 'leo@example.org', name: 'Leo', role: 'NURSE' } });
    const attempts = async () => query(database.adminUrl, `select attempts from account_mail where attempts > 0`);

    await expect.poll(async () => (await attempts()).length, { timeout: 8_000 }).toBe(1);
    const captured = await query(database.adminUrl, 'select * from captured_message');
    await production.stop();

    expect(captured).toEqual([]);
  });
});
