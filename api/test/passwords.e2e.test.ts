import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOperations as ask } from './support/accounts-graphql.ts';
import { TestClient } from './support/client.ts';
import { aClinic, password, type TestClinic } from './support/clinic.ts';
import { query } from './support/database.ts';
import { letterTo, tokenIn } from './support/letters.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';

const hourMs = 60 * 60 * 1_000;
const chosen = 'a new and longer password';

let server: TestServerHandle;
let clinic: TestClinic;
let stranger: TestClient;

beforeAll(async () => {
  server = await startTestServer({ role: 'all' });
  clinic = await aClinic(server);
  stranger = new TestClient(server.url);
});

afterAll(() => server.stop());

const canSignIn = async (email: string, withPassword: string): Promise<boolean> => {
  const { answer } = await stranger.ask(ask.signIn, { input: { email, password: withPassword } });
  return answer.accessToken !== null;
};

async function forgetful(count = 1) {
  const nurse = await clinic.hire('NURSE');
  for (let sent = 0; sent < count; sent += 1) await stranger.ask(ask.askReset, { email: nurse.email });
  const token = tokenIn(await letterTo(server, nurse.email, count));
  return { ...nurse, token };
}

const reset = async (token: string, newPassword = chosen) =>
  (await stranger.ask(ask.resetPassword, { input: { token, newPassword } })).answer;

const usedUp = [
  {
    code: 'INVALID_CREDENTIALS',
    message: 'This link was used or has expired. Ask for a new one.',
    field: ['token'],
  },
];

describe('changing the password', () => {
  it('needs the current one, signs every other device out, and goes on here', async () => {
    const nurse = await clinic.hire('NURSE');
    const change = async (currentPassword: string, newPassword: string) =>
      (await nurse.client.ask(ask.changePassword, { input: { currentPassword, newPassword } })).answer;

    expect((await change('not it', chosen)).userErrors).toMatchObject([
      { code: 'INVALID_CREDENTIALS', field: ['currentPassword'] },
    ]);
    expect((await change(password, 'short')).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['newPassword'] },
    ]);
    const answer = await change(password, chosen);

    expect((await new TestClient(server.url, answer.accessToken).ask(ask.whoAmI)).answer.role).toBe('NURSE');
    expect((await nurse.client.ask(ask.whoAmI)).answer).toBeNull();
    expect([await canSignIn(nurse.email, password), await canSignIn(nurse.email, chosen)]).toEqual([false, true]);
  });

  it('happens once when it is asked twice at once', async () => {
    const nurse = await clinic.hire('NURSE');

    const answers = await Promise.all(
      ['first new password', 'second new password'].map(async (newPassword) => {
        const { data } = await nurse.client.send(ask.changePassword, {
          input: { currentPassword: password, newPassword },
        });
        return data?.answer?.accessToken != null;
      }),
    );

    expect(answers.filter(Boolean)).toHaveLength(1);
  });
});

describe('a forgotten password', () => {
  it('is set anew by the link, once, and signs every device out', async () => {
    const nurse = await forgetful();

    const answer = await reset(nurse.token);

    expect(answer.viewer).toMatchObject({ role: 'NURSE', user: { id: nurse.userId } });
    expect((await nurse.client.ask(ask.whoAmI)).answer).toBeNull();
    expect([await canSignIn(nurse.email, password), await canSignIn(nurse.email, chosen)]).toEqual([false, true]);
    expect((await reset(nurse.token)).userErrors).toEqual(usedUp);
  });

  it('is set once when the link is used twice at the same moment', async () => {
    const nurse = await forgetful();

    const answers = await Promise.all([1, 2, 3].map((index) => reset(nurse.token, `${chosen} ${index}`)));

    expect(answers.filter((answer) => answer.accessToken !== null)).toHaveLength(1);
  });

  it('keeps the link for an hour, and ends the older ones with the newest', async () => {
    const nurse = await forgetful();
    server.clock.set(new Date(mondayMorning.getTime() + hourMs));
    const late = await reset(nurse.token);
    server.clock.set(mondayMorning);
    const other = await forgetful(2);
    await reset(other.token);

    expect(late.userErrors).toEqual(usedUp);
    const [open] = await query<{ count: number }>(
      server.database.adminUrl,
      'select count(*)::int as count from password_reset where email_folded = $1 and used_at is null',
      [other.email],
    );
    expect(open?.count).toBe(0);
  });

  it('keeps the link when the new password will not do', async () => {
    const nurse = await forgetful();

    expect((await reset(nurse.token, 'short')).userErrors).toMatchObject([{ field: ['newPassword'] }]);
    expect((await reset(nurse.token)).accessToken).not.toBeNull();
  });

  it('answers the same for an address that nobody has, writes as much, and sends nothing', async () => {
    const email = 'nobody-at-all@example.org';

    expect(await stranger.ask(ask.askReset, { email })).toEqual({ answer: true });

    const rows = await query(
      server.database.adminUrl,
      `select m.status, r.used_at from account_mail m join password_reset r on r.id = m.link_for where m.recipient = $1`,
      [email],
    );
    expect(rows).toEqual([{ status: 'SKIPPED', used_at: null }]);
  });

  it('waits for a worker: written while there is none, the letter goes out once when one comes', async () => {
    const api = await startTestServer({ role: 'api' });
    const place = await aClinic(api);
    const nurse = await place.hire('NURSE');
    await new TestClient(api.url).ask(ask.askReset, { email: nurse.email });

    const workers = await Promise.all([1, 2].map(() => startTestServer({ role: 'worker' }, api.database)));
    const letter = await letterTo(api, nurse.email);

    expect(letter.subject).toBe('A new password for Clinigraph');
    const status = () =>
      query(api.database.adminUrl, 'select status, attempts from account_mail where recipient = $1', [nurse.email]);
    await expect.poll(status).toEqual([{ status: 'SENT', attempts: 1 }]);
    for (const worker of workers) await worker.stop();
    await api.stop();
  });

  it('sends five letters an hour at most, and says so to nobody', async () => {
    const nurse = await clinic.hire('NURSE');

    for (let count = 0; count < 8; count += 1)
      expect(await stranger.ask(ask.askReset, { email: nurse.email })).toEqual({ answer: true });

    const [rows] = await query<{ count: number }>(
      server.database.adminUrl,
      'select count(*)::int as count from account_mail where recipient = $1',
      [nurse.email],
    );
    expect(rows?.count).toBe(5);
  });

  it('is no way round the second factor', async () => {
    const nurse = await forgetful();
    await nurse.client.ask(ask.enrol);
    await query(server.database.adminUrl, 'update two_factor set confirmed_at = now() where user_id = $1', [
      nurse.userId,
    ]);

    const answer = await reset(nurse.token);

    expect(answer).toMatchObject({ accessToken: null, totpRequired: true, userErrors: [] });
    const { answer: next } = await stranger.ask(ask.signIn, { input: { email: nurse.email, password: chosen } });
    expect(next).toMatchObject({ accessToken: null, totpRequired: true });
  });
});

describe('one’s own profile', () => {
  it('changes name, phone and language, and a doctor’s name with it', async () => {
    const doctor = await clinic.hire('DOCTOR');
    const input = { name: 'Dr. Ana Reyes-Cruz', phone: '+639171234567', locale: 'es-MX' };

    const { answer } = await doctor.client.ask(ask.profile, { input });
    const cleared = await doctor.client.ask(ask.profile, { input: { phone: null } });

    expect(answer.viewer).toEqual({
      user: { name: input.name },
      phone: input.phone,
      locale: 'es-MX',
      doctor: { name: input.name },
    });
    expect(cleared.answer.viewer).toMatchObject({ phone: null, locale: 'es-MX', user: { name: input.name } });
  });

  it('refuses a name that is none, and a patient’s, which stands in the record', async () => {
    const nurse = await clinic.hire('NURSE');
    const patient = await clinic.enrol();

    for (const [client, name] of [
      [nurse.client, '  \u202E '],
      [nurse.client, 'x'.repeat(10_000)],
      [patient.client, 'Somebody Else'],
    ] as const) {
      const { answer } = await client.ask(ask.profile, { input: { name } });
      expect(answer.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['name'] }]);
    }
  });
});

describe('one’s own devices', () => {
  it('are listed for oneself alone and can be signed out one by one', async () => {
    const nurse = await clinic.hire('NURSE');
    const other = await clinic.hire('NURSE');
    await stranger.ask(ask.signIn, { input: { email: nurse.email, password } });

    const { answer } = await nurse.client.ask(ask.sessions);
    const elsewhere = answer.sessions.filter(({ current }: { current: boolean }) => !current);

    expect(answer.sessions).toHaveLength(2);
    expect(elsewhere).toHaveLength(1);
    expect(await other.client.codeOf(ask.revoke, { id: elsewhere[0].id })).toBe('NOT_FOUND');
    expect(await nurse.client.ask(ask.revoke, { id: elsewhere[0].id })).toEqual({ answer: true });
    expect(await nurse.client.codeOf(ask.revoke, { id: elsewhere[0].id })).toBe('NOT_FOUND');
    expect((await nurse.client.ask(ask.sessions)).answer.sessions).toHaveLength(1);
  });
});
