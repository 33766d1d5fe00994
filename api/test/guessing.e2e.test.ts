import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOperations as ask } from './support/accounts-graphql.ts';
import { TestClient } from './support/client.ts';
import { aClinic, password, type TestClinic } from './support/clinic.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;

beforeAll(async () => {
  // One proxy in front: the test says where each request comes from.
  server = await startTestServer({ trustProxy: 1 });
  clinic = await aClinic(server);
});

afterAll(() => server.stop());

/** One try from an address; what it was answered. */
async function attempt(email: string, withPassword: string, from: string): Promise<string> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
    body: JSON.stringify({ query: ask.signIn, variables: { input: { email, password: withPassword } } }),
  });
  const { data, errors } = JSON.parse(await response.text());
  return errors?.[0]?.extensions.code ?? data.answer.userErrors[0]?.code ?? 'signed in';
}

const times = (count: number) => Array.from({ length: count }, (_none, index) => index);

describe('guessing a password', () => {
  it('gets ten tries from one address against one account, known or not, also at once', async () => {
    const nurse = await clinic.hire('NURSE');

    for (const email of [nurse.email, 'nobody-here@example.org']) {
      const answers = await Promise.all(times(25).map(() => attempt(email, 'a wrong guess', '198.51.100.1')));
      expect(answers.filter((answer) => answer === 'INVALID_CREDENTIALS')).toHaveLength(10);
      expect(answers.filter((answer) => answer === 'RATE_LIMITED')).toHaveLength(15);
    }
    expect(await attempt(nurse.email, password, '198.51.100.1')).toBe('RATE_LIMITED');
    expect(await attempt(nurse.email, password, '198.51.100.2')).toBe('signed in');
  });

  it('gets fifty tries from many addresses against one account', async () => {
    const nurse = await clinic.hire('NURSE');

    const answers = await Promise.all(
      times(60).map((index) => attempt(nurse.email, 'a wrong guess', `203.0.113.${index}`)),
    );

    expect(answers.filter((answer) => answer === 'RATE_LIMITED')).toHaveLength(10);
  });

  it('gets two hundred tries from one address against many accounts', { timeout: 60_000 }, async () => {
    const answers = await Promise.all(
      times(210).map((index) => attempt(`p${index}@example.org`, 'a wrong guess', '192.0.2.7')),
    );

    expect(answers.filter((answer) => answer === 'RATE_LIMITED')).toHaveLength(10);
  });

  it('does not count what is right', async () => {
    const nurse = await clinic.hire('NURSE');

    const answers = [];
    for (const _index of times(15)) answers.push(await attempt(nurse.email, password, '198.51.100.9'));

    expect(new Set(answers)).toEqual(new Set(['signed in']));
  });

  it('is counted for registering with a known address, and for changing the password, too', async () => {
    const nurse = await clinic.hire('NURSE');
    const register = `mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { userErrors { code } } }`;
    const input = { clinicSlug: clinic.slug, firstName: 'Eve', email: nurse.email, password: 'a wrong guess' };
    const anyone = new TestClient(server.url);

    for (const _index of times(10)) await anyone.ask(register, { input });

    expect(await anyone.codeOf(register, { input })).toBe('RATE_LIMITED');
    expect(
      await nurse.client.codeOf(ask.changePassword, {
        input: { currentPassword: password, newPassword: 'another password' },
      }),
    ).toBe('RATE_LIMITED');
  });

  it('says how long to wait, and keeps neither address nor e-mail', async () => {
    const email = 'somebody@example.org';
    for (const _index of times(10)) await attempt(email, 'a wrong guess', '198.51.100.77');

    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '198.51.100.77' },
      body: JSON.stringify({ query: ask.signIn, variables: { input: { email, password } } }),
    });

    expect(JSON.parse(await response.text()).errors[0].message).toBe(
      'Too many tries. Wait 15 minutes, then try again.',
    );
    const rows = await query<{ key: string }>(server.database.adminUrl, 'select key from rate_limit');
    expect(rows.filter(({ key }) => key.includes('198.51') || key.includes('somebody'))).toEqual([]);
  });

  it('forgets what has run out', async () => {
    const count = async () =>
      (await query<{ count: number }>(server.database.adminUrl, 'select count(*)::int as count from rate_limit'))[0]
        ?.count;
    await query(server.database.adminUrl, 'update rate_limit set expire = 1');

    await server.runtime.limits.clear();

    expect(await count()).toBe(0);
  });
});
