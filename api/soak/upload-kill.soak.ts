import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, signIn, type TestClinic, type TestMember } from '../test/support/clinic.ts';
import { settled, TestClient, type Json } from '../test/support/client.ts';
import { createTestDatabase, query, type TestDatabase } from '../test/support/database.ts';
import { dice } from '../test/support/dice.ts';
import { aPlace, aPng, listFiles, openFile, put, type Place } from '../test/support/files.ts';
import { spawnProcess, type SpawnedProcess } from '../test/support/processes.ts';
import { report } from '../test/support/report.ts';
import { startTestServer } from '../test/support/server.ts';

const kills = 15;
const filesAtOnce = 6;
const roll = dice(20_260_304);

let dataDir: string;
let database: TestDatabase;
let app: SpawnedProcess;
let clinic: TestClinic;
let nurse: TestMember;
let patientId: string;

const secrets = {
  jwtSecret: 'a secret that all test processes share, long enough',
  dataKey: 'another secret that all test processes share, long enough',
};

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'clinigraph-upload-kill-'));
  database = await createTestDatabase();
  const setUp = await startTestServer(secrets, database);
  clinic = await aClinic(setUp);
  nurse = await clinic.hire('NURSE');
  patientId = await clinic.aPatient();
  await setUp.stop();
  app = await spawnProcess(database, 'api', { DATA_DIR: dataDir });
});

afterAll(async () => {
  await app.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const filesIn = async (folder: string): Promise<number> =>
  (await readdir(path.join(dataDir, folder), { recursive: true, withFileTypes: true }).catch(() => [])).filter(
    (entry) => entry.isFile(),
  ).length;

describe('uploads while the process is killed', () => {
  it('are there whole or not at all, and nothing half-written is served', async () => {
    const sent = new Map<string, Buffer>();
    let answered = 0;
    for (let round = 0; round < kills; round += 1) {
      const client = await signIn(app.url, nurse.email);
      const places: { place: Place; bytes: Buffer }[] = [];
      for (let count = 0; count < filesAtOnce; count += 1) {
        const bytes = aPng(`${round} ${count} `.padEnd(2_000_000, 'x'));
        places.push({ place: await aPlace(client, { patientId, bytes }), bytes });
      }
      for (const { place, bytes } of places) sent.set(place.id, bytes);
      const sending = places.map(({ place, bytes }) => put(place.url, bytes).catch(() => null));
      await settled(20 + roll(400));
      await app.stop('SIGKILL');
      answered += (await Promise.all(sending)).filter((answer) => answer?.status === 204).length;
      app = await spawnProcess(database, 'api', { DATA_DIR: dataDir });
    }

    const client = await signIn(app.url, nurse.email);
    const states = await query<Json>(database.adminUrl, 'select id, status from attachment');
    const ready = states.filter(({ status }) => status === 'READY').map(({ id }) => id);
    let served = 0;
    let after: string | null = null;
    do {
      const page: Json = await client.ask(
        'query ($id: ID!, $after: String) { patient(id: $id) { attachments(first: 10, after: $after) { nodes { id url } pageInfo { hasNextPage endCursor } } } }',
        { id: patientId, after },
      );
      const { nodes, pageInfo } = page.patient.attachments;
      for (const { id, url } of nodes) {
        const opened = await openFile(client, url);
        expect([opened.status, opened.bytes.equals(sent.get(id) ?? Buffer.alloc(0))]).toEqual([200, true]);
        served += 1;
      }
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);

    expect(served).toBeGreaterThan(10);
    expect(served).toBe(ready.length);
    expect(ready.length).toBeGreaterThanOrEqual(answered);
    expect((await listFiles(new TestClient(app.url, client.token), patientId)).totalCount).toBe(ready.length);
    report(
      `uploads under kill -9: ${kills} kills, ${sent.size} files begun, ${answered} answered, ${served} served whole, ` +
        `${states.length - ready.length} not there, ${await filesIn('files-incoming')} half-received left for the sweep, ` +
        `${(await filesIn('files')) - served} kept without a row`,
    );
  });
});
