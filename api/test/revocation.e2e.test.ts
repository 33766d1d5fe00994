import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOperations as ask } from './support/accounts-graphql.ts';
import { settled, TestClient } from './support/client.ts';
import { aClinic, password, signIn, type TestClinic, type TestMember } from './support/clinic.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';

const subscription = 'subscription { notificationReceived { cursor } }';
const minuteMs = 60_000;

let server: TestServerHandle;
let clinic: TestClinic;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
});

afterAll(() => server.stop());

async function membershipOf({ userId }: TestMember): Promise<string> {
  const { answer } = await clinic.owner.ask(ask.staff);
  return answer.find(({ user }: { user: { id: string } }) => user.id === userId).id;
}

/** Opens an idle socket, cuts its session off, and returns what became of the socket and of the next request. */
async function cutOff(client: TestClient, cut: () => Promise<unknown>) {
  const live = client.watch(subscription);
  await settled();
  expect(live.isOver).toBe(false);
  await cut();
  const viewer = (await client.ask(ask.whoAmI)).answer;
  await expect.poll(() => live.isOver, { timeout: 5_000, interval: 25 }).toBe(true);
  await live.stop();
  return { viewer, closedWith: live.failures[0]?.code };
}

const unauthorized = 4401;

describe('an open socket and the next request', () => {
  it('end when the member is switched off', async () => {
    const nurse = await clinic.hire('NURSE');
    const membershipId = await membershipOf(nurse);

    const outcome = await cutOff(nurse.client, () =>
      clinic.owner.ask(ask.update, { input: { membershipId, active: false } }),
    );

    expect(outcome).toEqual({ viewer: null, closedWith: unauthorized });
  });

  it('know the new role when it changed: the socket ends, to come back with it', async () => {
    const nurse = await clinic.hire('NURSE');
    const membershipId = await membershipOf(nurse);

    const { viewer, closedWith } = await cutOff(nurse.client, () =>
      clinic.owner.ask(ask.update, { input: { membershipId, role: 'RECEPTIONIST' } }),
    );

    expect(viewer.role).toBe('RECEPTIONIST');
    expect(closedWith).toBe(unauthorized);
  });

  it('end when the session is revoked from another device', async () => {
    const nurse = await clinic.hire('NURSE');
    const phone = await signIn(server.url, nurse.email);
    const { answer } = await nurse.client.ask(ask.sessions);
    const id = answer.sessions.find(({ current }: { current: boolean }) => current).id;

    const outcome = await cutOff(nurse.client, () => phone.ask(ask.revoke, { id }));

    expect(outcome).toEqual({ viewer: null, closedWith: unauthorized });
    expect((await phone.ask(ask.whoAmI)).answer.role).toBe('NURSE');
  });

  it('end on every other device when the password changes', async () => {
    const nurse = await clinic.hire('NURSE');
    const phone = await signIn(server.url, nurse.email);

    const outcome = await cutOff(nurse.client, () =>
      phone.ask(ask.changePassword, { input: { currentPassword: password, newPassword: 'another long password' } }),
    );

    expect(outcome).toEqual({ viewer: null, closedWith: unauthorized });
  });

  it('stay for everybody else', async () => {
    const nurse = await clinic.hire('NURSE');
    const other = await clinic.hire('NURSE');
    const live = other.client.watch(subscription);
    const membershipId = await membershipOf(nurse);

    await cutOff(nurse.client, () => clinic.owner.ask(ask.update, { input: { membershipId, active: false } }));
    await settled(2_500);

    expect(live.isOver).toBe(false);
    await live.stop();
  });
});

describe('a session on which nobody does anything', () => {
  const inMinutes = (minutes: number) => server.clock.set(new Date(mondayMorning.getTime() + minutes * minuteMs));

  /** A screen that asks by itself. */
  const poll = (client: TestClient) =>
    fetch(server.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${client.token}`,
        'x-background': '1',
      },
      body: JSON.stringify({ query: ask.whoAmI }),
    });

  /** Each hour begins with a session of its own: access tokens live for ten minutes. */
  async function atMinute(minute: number, email: string): Promise<TestClient> {
    inMinutes(minute);
    return signIn(server.url, email);
  }

  async function stateOf(client: TestClient): Promise<string | null> {
    const token = await server.runtime.issueAccessToken(sessionIn(client));
    return (await new TestClient(server.url, token.token).ask(ask.whoAmI)).answer?.role ?? null;
  }

  const sessionIn = ({ token }: TestClient): string =>
    JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString()).sid;

  it('ends after the idle time; what a screen or a socket does by itself does not count', async () => {
    const nurse = await clinic.hire('NURSE');
    const client = await atMinute(0, nurse.email);
    const live = client.watch(subscription);
    await settled();
    inMinutes(9);
    await poll(client);
    inMinutes(29);
    expect(live.isOver).toBe(false);
    inMinutes(30.1);

    await expect.poll(() => live.isOver, { timeout: 5_000 }).toBe(true);
    expect(live.failures[0]?.code).toBe(unauthorized);
    expect(await stateOf(client)).toBeNull();
    await live.stop();
  });

  it('goes on when somebody does something, however long', async () => {
    const nurse = await clinic.hire('NURSE');
    const client = await atMinute(60, nurse.email);

    for (const minute of [85, 110, 135]) {
      inMinutes(minute);
      expect(await stateOf(client)).toBe('NURSE');
    }
    inMinutes(165.1);
    expect(await stateOf(client)).toBeNull();
  });

  it('stays for patients, who are on their own phones', async () => {
    inMinutes(0);
    const patient = await clinic.enrol();

    inMinutes(24 * 60);

    expect(await stateOf(patient.client)).toBe('PATIENT');
    inMinutes(0);
  });
});
