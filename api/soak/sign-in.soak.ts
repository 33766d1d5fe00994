import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOperations as ask } from '../test/support/accounts-graphql.ts';
import { aClinic } from '../test/support/clinic.ts';
import { createTestDatabase, type TestDatabase } from '../test/support/database.ts';
import { spawnProcess, type SpawnedProcess } from '../test/support/processes.ts';
import { report } from '../test/support/report.ts';
import { startTestServer } from '../test/support/server.ts';
import { inPercentiles, tellingApart, timed } from './figures.ts';

const tries = 1_000;
const accountCount = 25;

let database: TestDatabase;
let product: SpawnedProcess;
const known: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const server = await startTestServer({}, database);
  const clinic = await aClinic(server);
  for (let index = 0; index < accountCount; index += 1) known.push((await clinic.enrol()).email);
  await server.stop();
  product = await spawnProcess(database, 'api', { TRUST_PROXY: '1' });
});

afterAll(() => product.stop());

/** A try from an address of its own: the limits for one address are proved elsewhere. */
async function attempt(email: string, index: number): Promise<string> {
  const response = await fetch(product.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': `10.${index % 200}.${Math.floor(index / 200)}.9`,
    },
    body: JSON.stringify({
      query: ask.signIn,
      variables: { input: { email, password: `a wrong guess, number ${index}` } },
    }),
  });
  return response.text();
}

describe('a wrong password', () => {
  it('is answered alike, and in the same time, for a known and an unknown address', async () => {
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    const answers = new Set<string>();
    for (let index = -40; index < tries * 2; index += 1) {
      const kind = index % 2 === 0 ? 'known' : 'unknown';
      const place = Math.abs(index) >> 1;
      const email =
        kind === 'known' ? (known[place % accountCount] ?? '') : `nobody-${place % accountCount}@example.org`;
      const { ms, result } = await timed(() => attempt(email, Math.abs(index)));
      answers.add(result);
      // The first ones warm the process up.
      if (index >= 0) times[kind].push(ms);
    }

    report(`known address, ${tries} tries: ${inPercentiles(times.known)}`);
    report(`unknown address, ${tries} tries: ${inPercentiles(times.unknown)}`);
    const apart = tellingApart(times.known, times.unknown);
    report(`one known try is slower than one unknown in ${(apart * 100).toFixed(1)} of 100 pairs (50: not to be told)`);
    expect([...answers]).toHaveLength(1);
    expect(times.known.length + times.unknown.length).toBe(tries * 2);
    expect(Math.abs(apart - 0.5)).toBeLessThan(0.05);
  });
});
