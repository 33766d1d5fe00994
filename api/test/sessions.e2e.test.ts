import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { registerPatient } from './support/accounts.ts';
import { aClinic, appointmentMutations, password, type TestClinic } from './support/clinic.ts';
import { settled, TestClient, type Json } from './support/client.ts';
import { query } from './support/database.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';

const secondMs = 1_000;
const dayMs = 24 * 60 * 60 * secondMs;

let server: TestServerHandle;
let clinic: TestClinic;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
});

beforeEach(() => server.clock.set(mondayMorning));

afterAll(() => server.stop());

const aPatientSession = (): Promise<Json> => registerPatient(server.url, clinic.slug);
const as = (accessToken: string) => new TestClient(server.url, accessToken);
const whoIs = async (accessToken: string): Promise<Json> =>
  (await as(accessToken).ask('{ viewer { role } }')).viewer?.role ?? null;

const payload = '{ accessToken refreshToken viewer { role } userErrors { code message field } }';
const refreshMutation = `mutation ($input: RefreshSessionInput) { answer: refreshSession(input: $input) ${payload} }`;

async function refresh(refreshToken: string): Promise<Json> {
  return (await new TestClient(server.url).ask(refreshMutation, { input: { refreshToken } })).answer;
}

const ended = {
  accessToken: null,
  refreshToken: null,
  viewer: null,
  userErrors: [{ code: 'INVALID_CREDENTIALS', message: 'Your session has ended. Sign in again.', field: null }],
};

describe('an access token', () => {
  it('is good for ten minutes and no longer', async () => {
    const { accessToken } = await aPatientSession();

    server.clock.advance(599 * secondMs);
    const before = await whoIs(accessToken);
    server.clock.advance(61 * secondMs);
    const after = await whoIs(accessToken);

    expect(before).toBe('PATIENT');
    expect(after).toBeNull();
    expect(await as(accessToken).codeOf('{ services { id } }')).toBe('UNAUTHENTICATED');
  });

  it('says when it ends', async () => {
    const mutation = `mutation ($input: SignInInput!) { signIn(input: $input) { accessTokenExpiresAt } }`;
    const { email } = await clinic.hire('NURSE');

    const data = await new TestClient(server.url).ask(mutation, { input: { email, password } });

    expect(data).toEqual({ signIn: { accessTokenExpiresAt: '2030-03-04T01:10:00.000Z' } });
  });
});

describe('a refresh token', () => {
  it('is traded for new tokens', async () => {
    const first = await aPatientSession();
    server.clock.advance(11 * 60 * secondMs);

    const second = await refresh(first.refreshToken);

    expect(second.userErrors).toEqual([]);
    expect(second.viewer).toEqual({ role: 'PATIENT' });
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(await whoIs(second.accessToken)).toBe('PATIENT');
  });

  it('still works ten seconds after its first use, for tabs that wake together', async () => {
    const first = await aPatientSession();

    const together = await Promise.all([refresh(first.refreshToken), refresh(first.refreshToken)]);
    server.clock.advance(10 * secondMs);
    const late = await refresh(first.refreshToken);

    expect([...together, late].map((answer) => answer.userErrors)).toEqual([[], [], []]);
    expect(new Set([...together, late].map((answer) => answer.refreshToken)).size).toBe(3);
  });

  it('used by twenty tabs at once goes on as one session, and ends them all when it comes back later', async () => {
    const first = await aPatientSession();
    const sessionsNow = () => query(server.database.adminUrl, 'select id from session');
    const before = await sessionsNow();

    const together = await Promise.all(Array.from({ length: 20 }, () => refresh(first.refreshToken)));
    const after = await sessionsNow();
    const roles = await Promise.all(together.map(({ accessToken }) => whoIs(accessToken)));
    server.clock.advance(11 * secondMs);
    const stolen = await refresh(first.refreshToken);
    const left = await Promise.all(together.map(({ accessToken }) => whoIs(accessToken)));
    const traded = await Promise.all(together.map(({ refreshToken }) => refresh(refreshToken)));

    expect(roles).toEqual(together.map(() => 'PATIENT'));
    expect(after).toHaveLength(before.length);
    expect(stolen).toEqual(ended);
    expect(left).toEqual(together.map(() => null));
    expect(traded).toEqual(together.map(() => ended));
  });

  it('ends the whole session when it comes back later: somebody else has it', async () => {
    const first = await aPatientSession();
    const second = await refresh(first.refreshToken);
    server.clock.advance(11 * secondMs);

    const stolen = await refresh(first.refreshToken);

    expect(stolen).toEqual(ended);
    expect(await whoIs(first.accessToken)).toBeNull();
    expect(await whoIs(second.accessToken)).toBeNull();
    expect(await refresh(second.refreshToken)).toEqual(ended);
  });

  it('leaves the other sessions of its person alone when it ends one', async () => {
    const { email } = await clinic.hire('NURSE');
    const sessions = [];
    for (let count = 0; count < 2; count += 1) {
      const mutation = `mutation ($input: SignInInput!) { signIn(input: $input) ${payload} }`;
      sessions.push((await new TestClient(server.url).ask(mutation, { input: { email, password } })).signIn);
    }
    await refresh(sessions[0].refreshToken);
    server.clock.advance(11 * secondMs);

    await refresh(sessions[0].refreshToken);

    expect(await whoIs(sessions[0].accessToken)).toBeNull();
    expect(await whoIs(sessions[1].accessToken)).toBe('NURSE');
  });

  it('ends thirty days after signing in, however often it was traded', async () => {
    const first = await aPatientSession();
    server.clock.advance(29 * dayMs);
    const second = await refresh(first.refreshToken);
    server.clock.advance(dayMs);

    const third = await refresh(second.refreshToken);

    expect(second.userErrors).toEqual([]);
    expect(third).toEqual(ended);
    expect(await whoIs(second.accessToken)).toBeNull();
  });

  it('that nobody was given opens nothing', async () => {
    expect(await refresh('no such token')).toEqual(ended);
    expect((await new TestClient(server.url).ask(refreshMutation)).answer).toEqual(ended);
  });

  it('is kept as a hash alone', async () => {
    const { accessToken, refreshToken } = await aPatientSession();

    const stored = await query<{ hash: string }>(
      server.database.adminUrl,
      'select token_hash as hash from refresh_token order by created_at',
    );
    const everything = await query<{ text: string }>(
      server.database.adminUrl,
      'select t::text as text from refresh_token t union all select s::text from session s union all select a::text from audit_entry a',
    );

    expect(stored.map(({ hash }) => hash)).toContain(createHash('sha256').update(refreshToken).digest('hex'));
    expect(everything.filter(({ text }) => text.includes(refreshToken) || text.includes(accessToken))).toEqual([]);
  });
});

describe('signing out', () => {
  it('ends the session at once, for both of its tokens', async () => {
    const { accessToken, refreshToken } = await aPatientSession();

    const data = await as(accessToken).ask('mutation { signOut }');

    expect(data).toEqual({ signOut: true });
    expect(await whoIs(accessToken)).toBeNull();
    expect(await refresh(refreshToken)).toEqual(ended);
  });

  it('is true without a session, too', async () => {
    expect(await new TestClient(server.url).ask('mutation { signOut }')).toEqual({ signOut: true });
  });

  it('ends an open subscription at the next event', async () => {
    const desk = await clinic.hire('RECEPTIONIST');
    const doctor = await clinic.hire('DOCTOR');
    const patientId = await clinic.aPatient();
    const live = desk.client.watch('subscription { appointmentChanged { type appointment { id } } }');
    await settled();
    await desk.client.ask('mutation { signOut }');

    await clinic.owner.ask(appointmentMutations.book, {
      input: {
        patientId,
        doctorId: doctor.doctorId,
        serviceId: clinic.serviceId,
        startsAt: '2030-03-05T01:00:00.000Z',
      },
    });
    await live.until(1);

    expect(live.received).toEqual([]);
    expect(live.failures.map(({ message, extensions }) => [message, extensions.code])).toEqual([
      ['Sign in to go on.', 'UNAUTHENTICATED'],
    ]);
    expect(live.isOver).toBe(true);
    await live.stop();
  });
});
