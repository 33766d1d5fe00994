import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOperations as ask } from './support/accounts-graphql.ts';
import { TestClient } from './support/client.ts';
import { aClinic } from './support/clinic.ts';
import { letterTo, tokenIn } from './support/letters.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;

beforeAll(async () => {
  server = await startTestServer({ role: 'all' });
});

afterAll(() => server.stop());

describe('somebody new whom two clinics have invited', () => {
  it('gets their first password once: of both links used at once, the other one asks to sign in', async () => {
    const email = 'ina@example.org';
    const tokens: string[] = [];
    for (const clinic of [await aClinic(server), await aClinic(server)]) {
      await clinic.owner.ask(ask.invite, { input: { email, name: 'Ina Lopez', role: 'NURSE' } });
      tokens.push(tokenIn(await letterTo(server, email, tokens.length + 1)));
    }
    const passwords = ['the first of two passwords', 'the second of two passwords'];
    const stranger = new TestClient(server.url);

    const accepted = await Promise.all(
      tokens.map(async (token, index) => {
        const input = { token, name: 'Ina Lopez', password: passwords[index] };
        return (await stranger.ask(ask.accept, { input })).answer.accessToken !== null;
      }),
    );

    const opens = await Promise.all(
      passwords.map(
        async (password) =>
          (await stranger.ask(ask.signIn, { input: { email, password } })).answer.accessToken !== null,
      ),
    );
    expect(accepted.filter(Boolean)).toHaveLength(1);
    expect(opens).toEqual(accepted);
  });
});
