import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareDatabase } from '../src/app/database-setup.ts';
import { startEmbeddedDatabase } from '../src/platform/db/embedded-database.ts';
import { aClinic, appointmentMutations, type TestClinic, type TestMember } from '../test/support/clinic.ts';
import { settled, TestClient, type Json } from '../test/support/client.ts';
import { query, type TestDatabase } from '../test/support/database.ts';
import { dice } from '../test/support/dice.ts';
import { spawnProcess, type SpawnedProcess } from '../test/support/processes.ts';
import { report } from '../test/support/report.ts';
import { startTestServer } from '../test/support/server.ts';
import { percentile, timed } from './figures.ts';

const serverKills = 20;
const databaseKills = 5;
const writersAtOnce = 8;
const readyWithinMs = 10_000;
const outageMs = 15_000;
const dayMs = 24 * 60 * 60 * 1_000;
const slotMs = 30 * 60 * 1_000;
const slotsADay = 14;

interface Write {
  key: string;
  document: string;
  input: Record<string, unknown>;
  /** The id of what it made; null while nobody said that it was done. */
  madeId: string | null;
}

const roll = dice(20_260_302);
const writes: Write[] = [];
const refusals: string[] = [];

let folder: string;
let postgres: Awaited<ReturnType<typeof startEmbeddedDatabase>>;
let database: TestDatabase;
let app: SpawnedProcess;
let clinic: TestClinic;
let desk: TestMember;
let doctors: TestMember[];
let patientIds: string[];

const startPostgres = (port?: number) =>
  startEmbeddedDatabase({ dataDir: path.join(folder, 'postgres'), durable: true, ...(port !== undefined && { port }) });

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'clinigraph-kill-'));
  postgres = await startPostgres();
  await prepareDatabase(postgres.ownerUrl);
  database = { adminUrl: postgres.adminUrl('clinigraph'), appUrl: postgres.appUrl, ownerUrl: postgres.ownerUrl };
  const setUp = await startTestServer(
    {
      jwtSecret: 'a secret that all test processes share, long enough',
      dataKey: 'another secret that all test processes share, long enough',
    },
    database,
  );
  setUp.clock.set(new Date());
  clinic = await aClinic(setUp);
  desk = await clinic.hire('RECEPTIONIST');
  doctors = [await clinic.hire('DOCTOR'), await clinic.hire('DOCTOR'), await clinic.hire('DOCTOR')];
  patientIds = [await clinic.aPatient(), await clinic.aPatient(), await clinic.aPatient()];
  await setUp.stop();
  app = await startApp();
});

afterAll(async () => {
  await app.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** It must say what goes wrong while the database is gone, but not here. */
const startApp = () => spawnProcess(database, 'all', { LOG_LEVEL: 'silent', IDLE_MINUTES: '0' });

const createPatient = `mutation ($input: CreatePatientInput!) {
  answer: createPatient(input: $input) { patient { id } userErrors { code } } }`;

/** A new record, or a booking of a slot that nobody else wants. */
function nextWrite(): Write {
  const index = writes.length;
  const base = { key: `kill-${index}`, madeId: null };
  if (roll(3) > 0) {
    const input = { firstName: 'Killed', lastName: `Number ${index}`, sex: 'UNKNOWN' };
    return { ...base, document: createPatient, input };
  }
  const slot = Math.floor(index / doctors.length);
  const firstDay = Math.ceil(Date.now() / dayMs) * dayMs + dayMs + 60 * 60 * 1_000;
  const startsAt = new Date(firstDay + Math.floor(slot / slotsADay) * dayMs + (slot % slotsADay) * slotMs);
  const doctorId = doctors[index % doctors.length]?.doctorId ?? '';
  const patientId = patientIds[index % doctors.length];
  const input = { patientId, doctorId, serviceId: clinic.serviceId, startsAt: startsAt.toISOString() };
  return { ...base, document: appointmentMutations.book, input };
}

/** Sends a write once; remembers its id when it was acknowledged. */
async function send(write: Write): Promise<void> {
  const client = new TestClient(app.url, desk.client.token);
  const headers = { 'idempotency-key': write.key };
  const answer = await client.send(write.document, { input: write.input }, headers).catch(() => null);
  const made: Json = answer?.data?.answer?.patient ?? answer?.data?.answer?.appointment;
  if (made != null) write.madeId = made.id;
  // With an error beside it nobody was told anything: the write may be done, and its answer could not be read.
  else if (answer?.data?.answer != null && answer.errors === undefined)
    refusals.push(JSON.stringify(answer.data.answer.userErrors));
}

/** Writes from many sides for as long as it is let. */
async function writeUntil(isOver: () => boolean): Promise<void> {
  const writer = async () => {
    while (!isOver()) {
      const write = nextWrite();
      writes.push(write);
      await send(write);
      // What could not be sent is sent again after the restart, not all the time.
      if (write.madeId === null) await settled(20);
    }
  };
  await Promise.all(Array.from({ length: writersAtOnce }, writer));
}

const isReady = async (): Promise<boolean> =>
  (await fetch(new URL('/readyz', app.url)).catch(() => null))?.status === 200;

async function untilReady(): Promise<void> {
  const end = performance.now() + 6 * readyWithinMs;
  while (!(await isReady())) {
    if (performance.now() > end) throw new Error('It never got ready again.');
    await settled(20);
  }
}

/** As a machine that runs out of memory does it: the server and each of its sessions, none has time for a word. */
function killAtOnce(pid: number): void {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  for (const each of [pid, ...children.trim().split(/\s+/).map(Number)]) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // It ended by itself in between.
    }
  }
}

/** Kills something under writes and brings it back; returns how long it took from there until all is ready, milliseconds. */
async function killed(kill: () => Promise<void>, bringBack: () => Promise<void>): Promise<number> {
  const state = { isOver: false };
  const writing = writeUntil(() => state.isOver);
  await settled(150 + roll(500));
  await kill();
  state.isOver = true;
  await writing;
  const { ms } = await timed(async () => {
    await bringBack();
    await untilReady();
  });
  // Nobody knows of these whether they were done: sent again under their key, they are done once.
  for (const write of writes.filter(({ madeId }) => madeId === null)) await send(write);
  return ms;
}

const rows = <Row extends object>(text: string, values: unknown[] = []) => query<Row>(database.adminUrl, text, values);

/** Everything that a write leaves, found by what it made; a write that lacks one, or has one twice, is returned. */
const incomplete = () =>
  rows<{ id: string }>(
    `with made as (
       select id, 'patient.create' as action, 'PATIENT_CREATED' as fact from patient where first_name = 'Killed'
       union all select id, 'appointment.book', 'APPOINTMENT_APPROVED' from appointment)
     select id from made
     where (select count(*) from audit_entry a where a.subject_id = made.id and a.action = made.action) <> 1
        or (select count(*) from event e where e.subject_id = made.id and e.type = made.fact) <> 1`,
  );

async function expectWhole(): Promise<void> {
  const acknowledged = writes.flatMap(({ madeId }) => (madeId === null ? [] : [madeId]));
  const there = await rows<{ id: string }>(
    'select id from patient where id = any ($1) union all select id from appointment where id = any ($1)',
    [acknowledged],
  );
  const twice = await rows(`select last_name from patient where first_name = 'Killed' group by 1 having count(*) > 1`);
  const [sequence] = await rows(
    `select count(*)::int as count, max(sequence)::int as last, count(distinct id)::int as different,
       (select event_sequence::int from clinic_head where clinic_id = $1) as head from event where clinic_id = $1`,
    [clinic.id],
  );
  const [made] = await rows<{ count: number }>(
    `select (select count(*) from patient where first_name = 'Killed')::int + (select count(*) from appointment)::int as count`,
  );

  expect(refusals).toEqual([]);
  expect(new Set(there.map(({ id }) => id)).size).toBe(acknowledged.length);
  expect(made?.count).toBe(writes.length);
  expect(twice).toEqual([]);
  expect(await incomplete()).toEqual([]);
  const { count, last, different, head }: Json = sequence;
  expect([last, different, head]).toEqual([count, count, count]);
  report(`kill -9: ${writes.length} writes, ${acknowledged.length} acknowledged, ${count} events without a gap`);
}

const inSeconds = (figures: readonly number[]) =>
  `ready after ${(percentile(figures, 0.5) / 1_000).toFixed(1)} s, at most ${(percentile(figures, 1) / 1_000).toFixed(1)} s`;

describe('kill -9 under writes', () => {
  it('of the server loses nothing that was acknowledged, and does nothing twice', async () => {
    const figures: number[] = [];
    for (let round = 0; round < serverKills; round += 1) {
      figures.push(
        await killed(
          async () => void (await app.stop('SIGKILL')),
          async () => void (app = await startApp()),
        ),
      );
    }
    report(`kill -9 of the server, ${serverKills} times: ${inSeconds(figures)}`);

    expect(percentile(figures, 1)).toBeLessThan(readyWithinMs);
    await expectWhole();
  });

  it('of PostgreSQL loses nothing that was acknowledged, and does nothing twice; the server goes on', async () => {
    const figures: number[] = [];
    const { pid } = app.child;
    for (let round = 0; round < databaseKills; round += 1) {
      const { port } = postgres;
      figures.push(
        await killed(
          async () => {
            killAtOnce(postgres.pid);
            await settled(300);
          },
          async () => void (postgres = await startPostgres(port)),
        ),
      );
    }
    report(`kill -9 of PostgreSQL, ${databaseKills} times: ${inSeconds(figures)}`);

    expect(percentile(figures, 1)).toBeLessThan(readyWithinMs);
    expect(app.child.pid).toBe(pid);
    expect(app.child.exitCode).toBeNull();
    await expectWhole();
  });

  it('could be found out: a lost audit entry and a gap in the events are seen', async () => {
    const [victim] = await rows<{ id: string }>(`select id from patient where first_name = 'Killed' limit 1`);

    await rows('delete from audit_entry where subject_id = $1', [victim?.id]);

    expect(await incomplete()).toEqual([{ id: victim?.id }]);
  });
});

describe('a database that is away for fifteen seconds', () => {
  const away: { status: number; code: string; ms: number }[] = [];

  it('is back without a restart, and so is everything', async () => {
    const { port } = postgres;
    await postgres.stop();
    const start = performance.now();
    while (performance.now() - start < outageMs) {
      const { ms, result } = await timed(async () => {
        const response = await fetch(app.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${desk.client.token}` },
          body: JSON.stringify({ query: '{ patients(first: 1) { totalCount } }' }),
        });
        const body: Json = await response.json();
        return { status: response.status, code: body.errors?.[0]?.extensions.code };
      });
      away.push({ ...result, ms });
      await settled(500);
    }
    const statusOf = async (page: string) => (await fetch(new URL(page, app.url))).status;
    const [ready, alive] = [await statusOf('/readyz'), await statusOf('/healthz')];
    const { ms } = await timed(async () => {
      postgres = await startPostgres(port);
      await untilReady();
    });
    const write = nextWrite();
    writes.push(write);
    await send(write);
    report(
      `away for 15 s: ready ${(ms / 1_000).toFixed(1)} s after the database; ${away.length} requests meanwhile, the slowest answered after ${Math.round(Math.max(...away.map((each) => each.ms)))} ms`,
    );

    expect([ready, alive]).toEqual([503, 200]);
    expect(ms).toBeLessThan(readyWithinMs);
    expect(write.madeId).not.toBeNull();
    expect(app.child.exitCode).toBeNull();
  });

  it('is said to be away meanwhile: 503 and SERVICE_UNAVAILABLE, at once', () => {
    expect(new Set(away.map(({ status, code }) => `${status} ${code}`))).toEqual(new Set(['503 SERVICE_UNAVAILABLE']));
    expect(Math.max(...away.map(({ ms }) => ms))).toBeLessThan(5_000);
  });
});
