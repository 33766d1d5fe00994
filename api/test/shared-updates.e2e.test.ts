import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Pipeline } from '../src/platform/db/pipeline.ts';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import { settled, type LiveTest } from './support/client.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';
import { aVisit, step, visitOperations } from './support/visits.ts';

const screens = 8;

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let desk: TestMember;
let nurse: TestMember;

beforeAll(async () => {
  server = await startTestServer();
  server.clock.set(mondayMorning);
  clinic = await aClinic(server);
  [doctor, desk, nurse] = await Promise.all([clinic.hire('DOCTOR'), clinic.hire('RECEPTIONIST'), clinic.hire('NURSE')]);
});

afterAll(() => server.stop());

/** How many of the statements that pass this test's process meanwhile read from this table. */
async function readsOf(table: RegExp, run: () => Promise<void>): Promise<number> {
  let count = 0;
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = new Proxy(query, {
    apply(send, client, args: unknown[]) {
      const [sent] = args;
      if (sent instanceof Pipeline) count += sent.statements.filter(({ sql }) => table.test(sql)).length;
      return Reflect.apply(send, client, args);
    },
  });
  try {
    await run();
  } finally {
    pg.Client.prototype.query = query;
  }
  return count;
}

/** Screens of one person that follow the queue; how often a change of it makes the server read them this table. */
async function readsForScreens(who: TestMember, fields: string, table: RegExp): Promise<number> {
  const id = await aVisit(clinic, desk, { doctorId: doctor.doctorId });
  const document = `subscription { queueChanged { visit { id ${fields} } } }`;
  const open: LiveTest[] = Array.from({ length: screens }, () => who.client.watch(document));
  await settled();
  const reads = await readsOf(table, async () => {
    await step(doctor, visitOperations.call, { id });
    for (const live of open) await live.until(1);
  });
  for (const live of open) {
    expect(live.failures).toEqual([]);
    await live.stop();
  }
  return reads;
}

describe('a live update', () => {
  it('is read once for all screens of a role, when it says the same to each of them', async () => {
    expect(await readsForScreens(desk, 'queueNumber patient { name }', /from "patient"/)).toBe(1);
  });

  it('is read for each of them when it holds what is somebody’s to read, so that every reading is written down', async () => {
    expect(await readsForScreens(nurse, 'vitals { pulse }', /from "vitals"/)).toBe(screens);
  });

  it('is read for each doctor and patient alone', async () => {
    expect(await readsForScreens(doctor, 'patient { name }', /from "patient"/)).toBe(screens);
  });
});
