import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildGuardedSchema } from '../src/app/schema.ts';
import { dice } from './support/dice.ts';
import { sendFuzzed } from './support/fuzzing.ts';
import { aFuzzedClinic, type FuzzedClinic } from './support/fuzzed-clinic.ts';
import { report } from './support/report.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

const operations = 600;
const seed = 20_300_304;

let server: TestServerHandle;
let lines: string[];
let fuzzed: FuzzedClinic;

beforeAll(async () => {
  lines = [];
  server = await startTestServer({ logLevel: 'error' }, undefined, { write: (line) => void lines.push(line) });
  fuzzed = await aFuzzedClinic(server, buildGuardedSchema(), dice(seed));
});

afterAll(() => server.stop());

describe('values from the edges of what can be sent', () => {
  it('are all answered, and none with a failure of ours', { timeout: 60_000 }, async () => {
    const problems: string[] = [];
    for (let count = 0; count < operations; count += 1) {
      const { problem } = await sendFuzzed(fuzzed.fuzzer.make(), server.url);
      if (problem !== null) problems.push(problem);
    }
    report(`boundary values: ${operations} operations on ${fuzzed.fuzzer.fieldCount} fields, seed ${seed}`);

    expect({ problems, lines }).toEqual({ problems: [], lines: [] });
    expect(await fuzzed.home.stranger.client.ask('{ viewer { role } }')).toEqual({ viewer: null });
  });
});
