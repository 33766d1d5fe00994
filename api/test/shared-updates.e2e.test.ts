import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Pipeline } from '../src/platform/db/pipeline.ts';
import { aSeenPatient } from './support/bills.ts';
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

/** Screens of one person that follow something; how often a change of it makes the server read them this table. */
async function readsForScreens(
  who: TestMember,
  { document, change }: { document: string; change: () => Promise<unknown> },
  table: RegExp,
): Promise<number> {
  const open: LiveTest[] = Array.from({ length: screens }, () => who.client.watch(document));
  await settled();
  const reads = await readsOf(table, async () => {
    await change();
    for (const live of open) await live.until(1);
  });
  for (const live of open) {
    expect(live.failures).toEqual([]);
    await live.stop();
  }
  return reads;
}

/** The queue, in which somebody is called. */
async function queue(fields: string) {
  const id = await aVisit(clinic, desk, { doctorId: doctor.doctorId });
  return {
    document: `subscription { queueChanged { visit { id ${fields} } } }`,
    change: () => step(doctor, visitOperations.call, { id }),
  };
}

/** The bills, one of which is made by somebody who reads nothing of it. */
async function bills(fields: string) {
  const appointmentId = await aSeenPatient(clinic, doctor);
  const make = `mutation ($id: ID!) { createBill(input: { appointmentId: $id, amount: "1" }) { userErrors { code } } }`;
  return {
    document: `subscription { billChanged { bill { id ${fields} } } }`,
    change: () => desk.client.ask(make, { id: appointmentId }),
  };
}

describe('a live update', () => {
  it('is read once for all screens of a role, when it says the same to each of them', async () => {
    expect(await readsForScreens(desk, await queue('queueNumber patient { name }'), /from "patient"/)).toBe(1);
    const fields = 'number total { amount } items { description } patient { name }';
    expect(await readsForScreens(desk, await bills(fields), /from "bill_item"/)).toBe(1);
  });

  it('is read for each of them when it holds what is somebody’s to read, so that every reading is written down', async () => {
    expect(await readsForScreens(nurse, await queue('vitals { pulse }'), /from "vitals"/)).toBe(screens);
  });

  it('is read for each doctor and patient alone', async () => {
    expect(await readsForScreens(doctor, await queue('patient { name }'), /from "patient"/)).toBe(screens);
  });
});
