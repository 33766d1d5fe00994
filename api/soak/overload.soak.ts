import { spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import os from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../src/platform/clock.ts';
import { aClinic, type TestClinic } from '../test/support/clinic.ts';
import { spawnProcess, type SpawnedProcess } from '../test/support/processes.ts';
import { report } from '../test/support/report.ts';
import { startTestServer, type TestServerHandle } from '../test/support/server.ts';
import { inPercentiles, percentile } from './figures.ts';

const floodSeconds = Number(process.env['FLOOD_SECONDS'] ?? 60);
const quietSeconds = 15;
const pauseMs = 50;
/** What one process works on at once, five times over. */
const floodConnections = 32 * 5;
const people = 20;

let home: TestServerHandle;
let server: SpawnedProcess;
let flooding: TestClinic;
let quiet: TestClinic;
let flooders: string[];

beforeAll(async () => {
  const secrets = {
    jwtSecret: 'a secret that all test processes share, long enough',
    dataKey: 'another secret that all test processes share, long enough',
  };
  home = await startTestServer(secrets);
  home.clock.set(systemClock.now());
  flooding = await aClinic(home);
  quiet = await aClinic(home);
  for (let count = 0; count < 30; count += 1) await flooding.aPatient();
  for (let count = 0; count < 30; count += 1) await quiet.aPatient();
  flooders = [];
  for (let count = 0; count < people; count += 1)
    flooders.push((await flooding.hire('RECEPTIONIST')).client.token ?? '');
  server = await spawnProcess(home.database, 'api');
});

afterAll(async () => {
  await server.stop();
  await home.stop();
});

const body = JSON.stringify({ query: '{ patients(first: 25) { nodes { id name recordNumber phone } } }' });

function ask(agent: Agent, token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const sent = request(server.url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Somebody of the other clinic at work: one question after the other, with a pause between them. */
async function work(seconds: number): Promise<{ times: number[]; statuses: Map<number, number> }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  const statuses = new Map<number, number>();
  const end = Date.now() + seconds * 1_000;
  while (Date.now() < end) {
    const start = performance.now();
    const status = await ask(agent, quiet.owner.token ?? '');
    times.push(performance.now() - start);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  agent.destroy();
  return { times, statuses };
}

/**
 * The flood comes from a process of its own, behind everything else in line for the processor: whoever floods a clinic
 * does not sit on its server, and what they do themselves is not the server's time.
 */
function flood(seconds: number): Promise<Map<number, number>> {
  const order = JSON.stringify({ url: server.url, tokens: flooders, connections: floodConnections, seconds, body });
  const child = spawn(process.execPath, ['--import', 'tsx', 'api/soak/flood.ts', order], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.pid !== undefined) os.setPriority(child.pid, Math.min(19, os.getPriority() + 10));
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (part: Buffer) => (text += part.toString()));
    child.once('error', reject);
    child.once('close', () => {
      const statuses: Record<string, number> = JSON.parse(text);
      resolve(new Map(Object.entries(statuses).map(([status, count]) => [Number(status), count])));
    });
  });
}

const inWords = (statuses: ReadonlyMap<number, number>) =>
  [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ');

describe('five times as much as a process can do, by one clinic', () => {
  it('is answered or refused, never broken, and another clinic goes on', async () => {
    await work(3);
    const before = await work(quietSeconds);
    const [statuses, during] = await Promise.all([flood(floodSeconds), work(floodSeconds)]);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const after = await work(quietSeconds);

    report(`flood: ${inWords(statuses)} in ${floodSeconds} s over ${floodConnections} connections`);
    report(`the other clinic before: ${inPercentiles(before.times)}; ${inWords(before.statuses)}`);
    report(`the other clinic meanwhile: ${inPercentiles(during.times)}; ${inWords(during.statuses)}`);
    report(`three seconds later: ${inPercentiles(after.times)}; ${inWords(after.statuses)}`);
    report(
      `p99 meanwhile is ${(percentile(during.times, 0.99) / percentile(before.times, 0.99)).toFixed(2)} of the quiet one`,
    );
    expect([...statuses.keys()].filter((status) => ![200, 429, 503].includes(status))).toEqual([]);
    expect([...during.statuses.keys()]).toEqual([200]);
    expect([...after.statuses.keys()]).toEqual([200]);
    expect(percentile(after.times, 0.5)).toBeLessThan(percentile(before.times, 0.5) * 2 + 5);
  });
});
