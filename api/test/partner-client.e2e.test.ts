import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { accepted, Clinigraph, type ClinigraphOptions, type Tokens } from '../../schema/client/index.ts';
import { retryAfterMs } from '../../schema/client/transport.ts';
import { seedDemo } from '../src/app/demo-seed.ts';
import { aClinic, appointmentMutations, password, type TestClinic, type TestMember } from './support/clinic.ts';
import { settled } from './support/client.ts';
import { query } from './support/database.ts';
import { root } from './support/source-file.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let patient: TestMember;
let desk: TestMember;

beforeAll(async () => {
  server = await startTestServer();
  server.clock.set(new Date());
  clinic = await aClinic(server);
  [doctor, patient, desk] = await Promise.all([clinic.hire('DOCTOR'), clinic.enrol(), clinic.hire('RECEPTIONIST')]);
});

afterAll(() => server.stop());

async function clientOf(who: TestMember, options: Partial<ClinigraphOptions> = {}): Promise<Clinigraph> {
  const client = new Clinigraph({ url: server.url, ...options });
  await client.signIn({ email: who.email, password });
  return client;
}

interface Recorded {
  fetch: typeof globalThis.fetch;
  /** The Idempotency-Key of each try, and when it was made. */
  tries: { key: string | null; at: number }[];
}

/** Sends everything on, but for the first of each of these answers. */
function answering(...answers: (() => Response)[]): Recorded {
  const tries: Recorded['tries'] = [];
  return {
    tries,
    fetch: async (address, init) => {
      tries.push({ key: new Headers(init?.headers).get('idempotency-key'), at: performance.now() });
      const answer = answers.shift();
      if (answer === undefined) return fetch(address, init);
      await fetch(address, init);
      return answer();
    },
  };
}

describe('the example', () => {
  it('signs in, lists the day, asks for a time, and sees it come live', async () => {
    await seedDemo(server.runtime);

    const { output, code } = await outputOf('schema/client/example.ts');

    expect(output).toMatch(/^Signed in as Dr\. Ana Reyes, DOCTOR at Bayani Family Clinic\.$/m);
    expect(output).toMatch(/^Today there are \d+ appointments\.$/m);
    expect(output).toMatch(/^Asked for \d{4}-\d\d-\d\dT/m);
    expect(output).toMatch(/^Live: REQUESTED by Maria Santos for .*, now REQUESTED\.$/m);
    expect(output).toMatch(/^Live: APPROVED by Maria Santos for .*, now APPROVED\.$/m);
    expect(code).toBe(0);
  }, 40_000);
});

describe('the whole workflow', () => {
  it('runs from the request to the treatment’s end, as three people', async () => {
    const { output, code } = await outputOf('schema/client/workflow.ts');

    expect(output).toMatch(/^WAITING: (checked in|a walk-in), number \d+ today/m);
    expect(output).toMatch(/^IN_PROGRESS: the patient is with the doctor\.$/m);
    expect(output).toMatch(/^Prescribed: Salbutamol\.$/m);
    expect(output).toMatch(/^COMPLETED: the notes are locked\.$/m);
    expect(output).toMatch(/^Bill \d{4}-\d{6}: 750\.00 PHP to pay, PENDING\.$/m);
    expect(output).toMatch(/^Bill \d{4}-\d{6}: PAID, 0\.00 left\.$/m);
    expect(output).toMatch(/^TREATED: .*APPROVED → CHECKED_IN → TREATED$/m);
    expect(code).toBe(0);
  }, 40_000);
});

/** What a script of the client's says. */
async function outputOf(script: string): Promise<{ output: string; code: unknown }> {
  const run = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: root,
    env: { ...process.env, CLINIGRAPH_URL: server.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, code] = await Promise.all([text(run.stdout), new Promise((resolve) => run.once('close', resolve))]);
  return { output, code };
}

describe('a busy server', () => {
  it('is asked again after as long as it says, with the same key: the effect comes once', async () => {
    const busy = answering(
      () => new Response('', { status: 503, headers: { 'retry-after': '1' } }),
      () => new Response('', { status: 429, headers: { 'retry-after': '0' } }),
    );
    const client = await clientOf(desk);
    const again = new Clinigraph({ url: server.url, tokens: await tokensOf(desk), fetch: busy.fetch });

    const { patient: made } = accepted(
      await again.run.createPatient({ input: { firstName: 'Once', lastName: 'Only', sex: 'FEMALE' } }),
    );
    const [first, second, third] = busy.tries;

    expect(made?.name).toBe('Once Only');
    expect(busy.tries).toHaveLength(3);
    expect(new Set(busy.tries.map(({ key }) => key))).toEqual(new Set([expect.stringMatching(/^[0-9a-f-]{36}$/)]));
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
    expect((third?.at ?? 0) - (second?.at ?? 0)).toBeLessThan(900);
    expect((await client.run.patients({ filter: { search: 'Once Only' } })).totalCount).toBe(1);
  });

  it('is given up in the end', async () => {
    const down = { url: 'http://127.0.0.1:1/graphql', maxAttempts: 2 };

    await expect(new Clinigraph(down).run.doctors()).rejects.toMatchObject({
      name: 'ClinigraphError',
      code: 'UNREACHABLE',
    });
  });

  it('may say how long in seconds or by a date', () => {
    const now = Date.parse('2030-03-04T01:00:00Z');

    expect(['3', 'Mon, 04 Mar 2030 01:00:05 GMT', 'soon', null].map((each) => retryAfterMs(each, now))).toEqual([
      3_000,
      5_000,
      null,
      null,
    ]);
  });
});

describe('a mutation', () => {
  it('carries the key that the program gives', async () => {
    const recorded = answering();
    const client = await clientOf(desk, { fetch: recorded.fetch });
    const input = { firstName: 'Keyed', lastName: 'Once', sex: 'MALE' } as const;

    const one = await client.run.createPatient({ input }, { idempotencyKey: 'my-own-key' });
    const two = await client.run.createPatient({ input }, { idempotencyKey: 'my-own-key' });

    expect(recorded.tries.filter(({ key }) => key === 'my-own-key')).toHaveLength(2);
    expect(two.patient?.id).toBe(one.patient?.id);
  });
});

describe('a session', () => {
  it('is renewed once for all who wait, and hands on the new tokens', async () => {
    const old = await tokensOf(desk);
    const kept: (Tokens | null)[] = [];
    const expired = { ...old, accessTokenExpiresAt: new Date(0).toISOString() };
    const client = new Clinigraph({ url: server.url, tokens: expired, onTokens: (tokens) => kept.push(tokens) });

    const viewers = await Promise.all([client.run.viewer(), client.run.viewer(), client.run.viewer()]);

    expect(viewers.map((viewer) => viewer?.role)).toEqual(['RECEPTIONIST', 'RECEPTIONIST', 'RECEPTIONIST']);
    expect(kept).toHaveLength(1);
    expect(kept[0]?.refreshToken).not.toBe(old.refreshToken);
  });

  it('is renewed when the server does not take the token any more', async () => {
    const tokens = { ...(await tokensOf(desk)), accessToken: 'not.a.token' };
    const client = new Clinigraph({ url: server.url, tokens });

    expect((await client.run.patients({ first: 1 })).nodes).toHaveLength(1);
  });

  it('that has ended is forgotten, and said to be', async () => {
    const kept: (Tokens | null)[] = [];
    const tokens = { ...(await tokensOf(desk)), accessToken: 'not.a.token', refreshToken: 'nor this' };
    const client = new Clinigraph({ url: server.url, tokens, onTokens: (each) => kept.push(each) });

    await expect(client.run.patients()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect([client.isSignedIn, kept]).toEqual([false, [null]]);
  });
});

describe('an error', () => {
  it('has a code and a request id', async () => {
    const client = await clientOf(patient);

    await expect(client.run.patients()).rejects.toMatchObject({
      name: 'ClinigraphError',
      code: 'FORBIDDEN',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('of a rule is an answer, or an exception for who likes that better', async () => {
    const client = new Clinigraph({ url: server.url });
    const input = { email: patient.email, password: 'not this one' };

    const answer = await client.run.signIn({ input });

    expect(answer.userErrors.map(({ code }) => code)).toEqual(['INVALID_CREDENTIALS']);
    await expect(client.signIn(input)).rejects.toMatchObject({
      name: 'RefusedError',
      userErrors: [{ code: 'INVALID_CREDENTIALS' }],
    });
  });
});

describe('live updates', () => {
  it('go on after a lost connection from where they were, in order and none twice', async () => {
    const sockets: WebSocket[] = [];
    class Watched extends WebSocket {
      constructor(address: string, protocols?: string | string[]) {
        super(address, protocols);
        sockets.push(this);
      }
    }
    const client = await clientOf(doctor, {
      createLiveClient: (options) => createClient({ ...options, webSocketImpl: Watched }),
    });
    const enough = new AbortController();
    const seen: string[] = [];
    const watching = (async () => {
      for await (const { type, appointment } of client.run.appointmentChanged({}, { signal: enough.signal })) {
        seen.push(`${type} ${appointment?.startsAt}`);
        if (seen.length === 3) enough.abort();
      }
    })();
    await settled(500);

    const first = await request(2);
    await expect.poll(() => seen.length).toBe(1);
    for (const socket of sockets) socket.terminate();
    const second = await request(3);
    const third = await request(4);
    await watching;

    expect(seen).toEqual([first, second, third].map((startsAt) => `REQUESTED ${startsAt}`));
    expect(sockets.length).toBeGreaterThanOrEqual(2);
  });

  it('end with the server’s own words when it refuses them', async () => {
    const client = new Clinigraph({
      url: server.url,
      createLiveClient: (options) => createClient({ ...options, webSocketImpl: WebSocket }),
    });

    await expect(client.run.appointmentChanged().next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

async function tokensOf(who: TestMember): Promise<Tokens> {
  const kept: (Tokens | null)[] = [];
  await clientOf(who, { onTokens: (tokens) => kept.push(tokens) });
  const tokens = kept.at(-1);
  if (tokens == null) throw new Error('Nobody was signed in.');
  return tokens;
}

/** 10:00 in Manila, so many days from now. */
async function request(days: number): Promise<string> {
  const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const input = { doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt: `${day}T02:00:00.000Z` };
  const { answer } = await patient.client.ask(appointmentMutations.request, { input });
  const [row] = await query<{ starts_at: Date }>(
    server.database.adminUrl,
    'select starts_at from appointment where id = $1',
    [answer.appointment.id],
  );
  return row?.starts_at.toISOString() ?? '';
}
