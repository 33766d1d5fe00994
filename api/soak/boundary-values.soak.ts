import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildGuardedSchema } from '../src/app/schema.ts';
import { settled } from '../test/support/client.ts';
import { dice } from '../test/support/dice.ts';
import { aFuzzedClinic } from '../test/support/fuzzed-clinic.ts';
import { isSignedOut, sendFuzzed, type FuzzedOperation } from '../test/support/fuzzing.ts';
import { report } from '../test/support/report.ts';
import { startTestServer, type TestServerHandle } from '../test/support/server.ts';

const blocks = 20;
const operationsEach = 500;
/** Every so many go over a socket, too. */
const overSocket = 20;
const socketMs = 60;

let server: TestServerHandle;
let lines: string[];

beforeAll(async () => {
  lines = [];
  server = await startTestServer({ logLevel: 'error' }, undefined, { write: (line) => void lines.push(line) });
});

afterAll(() => server.stop());

/** Tries an operation on a socket for a moment; returns the failures that are ours. */
async function tryLive({ person, query, variables, name }: FuzzedOperation): Promise<string[]> {
  const live = person.client.watch(query, variables);
  await settled(socketMs);
  await live.stop();
  const isOurs = ({ extensions }: { extensions?: { code?: string } }) => extensions?.code === 'INTERNAL_SERVER_ERROR';
  return live.failures.filter(isOurs).map(() => `${name} over a socket: ${JSON.stringify(variables).slice(0, 300)}`);
}

describe('ten thousand operations with values from the edges', () => {
  it('are all answered, over both transports, and none with a failure of ours', async () => {
    const schema = buildGuardedSchema();
    const problems: string[] = [];
    const codes = new Map<string, number>();
    let lost = 0;
    for (let block = 0; block < blocks; block += 1) {
      // A clinic of its own for each block: the last one was changed by what was sent to it.
      const { fuzzer, home } = await aFuzzedClinic(server, schema, dice(1_000 + block), `block${block}`);
      for (let count = 0; count < operationsEach; count += 1) {
        const operation = fuzzer.make();
        const { code, problem } = await sendFuzzed(operation, server.url);
        codes.set(code, (codes.get(code) ?? 0) + 1);
        if (problem !== null) problems.push(problem);
        if (count % overSocket === 0) problems.push(...(await tryLive(operation)));
      }
      for (const person of Object.values(home.people)) if (await isSignedOut(person)) lost += 1;
    }
    const shares = [...codes].sort(([, one], [, other]) => other - one).map(([code, count]) => `${code} ${count}`);
    report(`boundary values: ${blocks * operationsEach} operations: ${shares.join(', ')}`);
    report(`boundary values: ${lost} of ${blocks * 6} people were signed out, or became others, on the way`);

    expect({ problems, lines }).toEqual({ problems: [], lines: [] });
    expect((await fetch(new URL('/healthz', server.url))).status).toBe(200);
  });
});
