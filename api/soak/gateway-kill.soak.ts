import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBill, aSeenPatient, billOperations as bills } from '../test/support/bills.ts';
import { aClinic, signIn, type TestClinic, type TestMember } from '../test/support/clinic.ts';
import { settled, type Json } from '../test/support/client.ts';
import { createTestDatabase, query, type TestDatabase } from '../test/support/database.ts';
import { dice } from '../test/support/dice.ts';
import { startGateway, type TestGateway } from '../test/support/gateway.ts';
import { checkout } from '../test/support/online.ts';
import { spawnProcess, type SpawnedProcess } from '../test/support/processes.ts';
import { report } from '../test/support/report.ts';
import { startTestServer } from '../test/support/server.ts';
import { step } from '../test/support/visits.ts';

const rounds = 12;
const billsPerRound = 4;
const patienceMs = 120_000;
const roll = dice(20_260_307);

let gateway: TestGateway;
let database: TestDatabase;
let app: SpawnedProcess;
let clinic: TestClinic;
let patient: TestMember;
let manager: TestMember;
let billIds: string[];

const secrets = {
  jwtSecret: 'a secret that all test processes share, long enough',
  dataKey: 'another secret that all test processes share, long enough',
};

beforeAll(async () => {
  gateway = await startGateway();
  database = await createTestDatabase();
  const setUp = await startTestServer({ ...secrets, payments: gateway.settings }, database);
  clinic = await aClinic(setUp);
  const doctor = await clinic.hire('DOCTOR');
  [patient, manager] = [await clinic.enrol(), await clinic.hire('ADMIN')];
  billIds = [];
  for (let count = 0; count < rounds * billsPerRound; count += 1)
    billIds.push((await aBill(doctor, await aSeenPatient(clinic, doctor, patient.patientId), { amount: '1000' })).id);
  await setUp.stop();
  app = await start();
});

afterAll(async () => {
  await app.stop();
  await gateway.stop();
});

async function start(): Promise<SpawnedProcess> {
  const { secretKey, webhookSecret, apiUrl } = gateway.settings;
  const started = await spawnProcess(database, 'all', {
    PAYMENT_PROVIDER: 'stripe',
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_URL: apiUrl ?? '',
  });
  gateway.doorAt(started.url.replace('/graphql', '/webhooks/payments'));
  return started;
}

const admin = (text: string, values: unknown[] = []): Promise<Json[]> => query(database.adminUrl, text, values);
const statesOf = (table: string) => admin(`select status, count(*)::int as count from ${table} group by 1 order by 1`);
const tell = (event: Json) => gateway.tell(event, { at: new Date() }).catch(() => 0);

/** Waits until nothing waits for the gateway any more; how long that took, milliseconds. */
async function untilNothingWaits(): Promise<number> {
  const began = performance.now();
  for (;;) {
    const [row] = await admin(
      `select (select count(*) from payment p join checkout c on c.payment_id = p.id where p.status = 'PENDING' and c.session_ref is not null)
         + (select count(*) from refund where status = 'PENDING') as waiting`,
    );
    if (Number(row.waiting) === 0) return performance.now() - began;
    if (performance.now() - began > patienceMs) throw new Error(`${row.waiting} still wait for the gateway.`);
    await settled(250);
  }
}

/** Gives back a part of something that was paid earlier, when it is called; null when nothing was paid yet. */
async function aRefund(): Promise<(() => Promise<unknown>) | null> {
  const [paid] = await admin(`select id from payment where status = 'PAID' order by random() limit 1`);
  if (paid === undefined) return null;
  const management = await signIn(app.url, manager.email);
  const input = { paymentId: paid.id, amount: '100', reason: 'Part' };
  return () => step({ client: management }, bills.refund, { input }).catch(() => null);
}

interface Round {
  heard: number;
  refunds: number;
  /** How long after the start until the books were right. */
  pauseMs: number;
}

/** The gateway says yes to all; its word reaches us, or not, while the process is killed. Half of it is never told again. */
async function aRound(round: number): Promise<Round> {
  const client = await signIn(app.url, patient.email);
  const mine = billIds.slice(round * billsPerRound, (round + 1) * billsPerRound);
  const pages = await Promise.all(mine.map((id) => step({ client }, checkout, { id })));
  const events = pages.map(({ checkoutUrl }) => gateway.pay(gateway.sessionAt(checkoutUrl)));
  const refund = await aRefund();
  const refunding = refund?.();
  const telling = events.map(async (event, place) => {
    await settled(roll(300));
    return place % 2 === 1 ? 0 : tell(event);
  });
  await settled(roll(300));
  await app.stop('SIGKILL');
  const said = await Promise.all(telling);
  await refunding;
  app = await start();
  for (const event of events.toReversed().slice(0, roll(3))) await tell(event);
  const heard = said.filter((status) => status === 204).length;
  return { heard, refunds: refund === null ? 0 : 1, pauseMs: await untilNothingWaits() };
}

/** What the books say, in the end, minor units. */
async function books(): Promise<Json> {
  const [sums] = await admin(`select sum(paid_minor)::int as paid, sum(refunded_minor)::int as refunded,
    (select sum(doctor_minor + clinic_minor)::int from payment_share) as shares,
    (select coalesce(sum(doctor_minor + clinic_minor), 0)::int from refund_share) as back,
    (select count(*)::int from notification where type = 'PAYMENT_RECEIVED') as messages from bill`);
  return {
    ...sums,
    bills: await statesOf('bill'),
    payments: await statesOf('payment'),
    refunds: await statesOf('refund'),
  };
}

describe('the process killed between the gateway and the books', () => {
  it('books each payment and each refund of the gateway once, without a person', async () => {
    const done: Round[] = [];
    for (let round = 0; round < rounds; round += 1) done.push(await aRound(round));

    const taken = [...gateway.sessions.values()].filter((session) => session.payment_status === 'paid').length;
    const back = gateway.refunds.length;
    expect(taken).toBe(rounds * billsPerRound);
    expect(back).toBeGreaterThan(0);
    expect(await books()).toEqual({
      paid: taken * 100_000,
      refunded: back * 10_000,
      shares: taken * 100_000,
      back: back * 10_000,
      messages: taken,
      bills: [{ status: 'PAID', count: taken }],
      payments: [{ status: 'PAID', count: taken }],
      refunds: [{ status: 'PAID', count: back }],
    });
    const sum = (of: 'heard' | 'refunds') => done.reduce((total, round) => total + round[of], 0);
    const slowest = Math.max(...done.map(({ pauseMs }) => pauseMs)) / 1_000;
    report(
      `kill -9 between the gateway and the books: ${rounds} kills, ${taken} payments taken there and booked once, of which ` +
        `${sum('heard')} were answered before the kill; ${sum('refunds')} refunds asked, ${back} given back and booked once; ` +
        `the books were right ${slowest.toFixed(1)} s after the start at the latest`,
    );
  });
});
