import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOperations as ask } from '../test/support/accounts-graphql.ts';
import { settled, TestClient } from '../test/support/client.ts';
import { aClinic, password, signIn, type TestClinic, type TestMember } from '../test/support/clinic.ts';
import { spawnProcess, type SpawnedProcess } from '../test/support/processes.ts';
import { report } from '../test/support/report.ts';
import { startTestServer, type TestServerHandle } from '../test/support/server.ts';
import { systemClock } from '../src/platform/clock.ts';
import { percentile } from './figures.ts';

const rounds = 10;
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;

let server: TestServerHandle;
let clinic: TestClinic;
let other: SpawnedProcess;

beforeAll(async () => {
  server = await startTestServer({
    jwtSecret: 'a secret that all test processes share, long enough',
    dataKey: 'another secret that all test processes share, long enough',
  });
  // Both processes must agree on the time.
  server.clock.set(systemClock.now());
  clinic = await aClinic(server);
  other = await spawnProcess(server.database, 'api');
});

afterAll(async () => {
  await other.stop();
  await server.stop();
});

type Cut = (member: TestMember) => Promise<() => Promise<unknown>>;

async function membershipOf(userId: string): Promise<string> {
  const { answer } = await clinic.owner.ask(ask.staff);
  return answer.find(({ user }: { user: { id: string } }) => user.id === userId).id;
}

const change =
  (what: Record<string, unknown>): Cut =>
  async ({ userId }) => {
    const membershipId = await membershipOf(userId);
    return () => clinic.owner.ask(ask.update, { input: { membershipId, ...what } });
  };

const ways: Record<string, Cut> = {
  'member switched off': change({ active: false }),
  'role changed': change({ role: 'RECEPTIONIST' }),
  'session revoked': async ({ client, email }) => {
    const phone = await signIn(server.url, email);
    const { answer } = await client.ask(ask.sessions);
    const id = answer.sessions.find(({ current }: { current: boolean }) => current).id;
    return () => phone.ask(ask.revoke, { id });
  },
  'password changed': async ({ email }) => {
    const phone = await signIn(server.url, email);
    return () => phone.ask(ask.changePassword, { input: { currentPassword: password, newPassword: 'a new password' } });
  },
};

/** Asks again and again until a condition holds; milliseconds since `start`. */
async function since(start: number, holds: () => Promise<boolean> | boolean): Promise<number> {
  while (!(await holds())) {
    if (performance.now() - start > 15_000) throw new Error('It never came to pass.');
    await settled(20);
  }
  return performance.now() - start;
}

describe('whoever is cut off in one process', () => {
  it.each(Object.entries(ways))('%s: is refused in the other', async (name, prepare) => {
    const http: number[] = [];
    const sockets: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      server.clock.set(systemClock.now());
      const member = await clinic.hire('NURSE');
      const elsewhere = new TestClient(other.url, member.client.token);
      const live = elsewhere.watch('subscription { notificationReceived { cursor } }');
      await settled(400 + round * 170);
      const cut = await prepare(member);
      await cut();
      const start = performance.now();
      const isRefused = async () => (await elsewhere.ask(ask.whoAmI)).answer?.role !== 'NURSE';
      const [ofHttp, ofSocket] = await Promise.all([since(start, isRefused), since(start, () => live.isOver)]);
      http.push(ofHttp);
      sockets.push(ofSocket);
      await live.stop();
    }

    report(
      `${name}: HTTP after ${seconds(percentile(http, 1))} at most; socket p50 ${seconds(percentile(sockets, 0.5))}, max ${seconds(percentile(sockets, 1))} (${rounds} rounds)`,
    );
    expect(percentile(http, 1)).toBeLessThan(1_000);
    expect(percentile(sockets, 1)).toBeLessThan(5_000);
  });
});
