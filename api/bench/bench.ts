import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { accessTokens } from '../src/app/access-tokens.ts';
import { prepareDatabase } from '../src/app/database-setup.ts';
import { systemClock } from '../src/platform/clock.ts';
import { startEmbeddedDatabase } from '../src/platform/db/embedded-database.ts';
import { buildDataset, type Dataset } from './dataset.ts';
import { broadcastTimes } from './sockets.ts';
import { load, type Call, type Figures } from './load.ts';
import { startServer, type StartedServer } from './servers.ts';
import { copyDatabase, withoutTenancy } from './copies.ts';

const rounds = 5;
const seconds = Number(process.env['BENCH_SECONDS'] ?? 4);
const connections = 8;
const approvalsARound = 150;
const broadcastRounds = 15;

const day = `query Day($doctorId: ID!, $from: DateTime!, $to: DateTime!) {
  appointments(first: 25, filter: { doctorId: $doctorId, from: $from, to: $to }, orderBy: { field: STARTS_AT }) {
    nodes { id status startsAt endsAt reason version
      patient { id name phone } doctor { id name } service { id name durationMinutes }
      notifications(first: 2) { nodes { id type title createdAt } } } } }`;
/** All that hangs off a day, in one operation. */
const wholeDay = `query WholeDay($doctorId: ID!, $from: DateTime!, $to: DateTime!) {
  appointments(first: 22, filter: { doctorId: $doctorId, from: $from, to: $to }, orderBy: { field: STARTS_AT }) {
    nodes { id status startsAt endsAt reason version patient { id name phone }
      visit { id status queueNumber checkedInAt completedAt }
      prescriptions { id createdAt items { medication dosage frequency durationDays instructions } }
      bill { id number status total { amount currency } payments { id method status paidAt amount { amount currency } } }
      notifications(first: 2) { nodes { id type title createdAt } } } } }`;
const one = `query One($id: ID!) { appointment(id: $id) { id status startsAt endsAt reason version patient { id name phone } } }`;
const approve = `mutation Approve($id: ID!) {
  approveAppointment(input: { appointmentId: $id }) { appointment { id status } userErrors { code } } }`;

const line = (text: string) => process.stdout.write(`${text}\n`);

interface Servers {
  product: StartedServer;
  /** The same product over a copy of the data without row policies. */
  untenanted: StartedServer;
  bare: StartedServer;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'clinigraph-bench-'));
  const database = await startEmbeddedDatabase({ dataDir: path.join(folder, 'postgres'), durable: true });
  const started: StartedServer[] = [];
  const start = async (kind: 'product' | 'bare', url: string) => {
    const server = await startServer(kind, { url });
    started.push(server);
    return server;
  };
  try {
    await prepareDatabase(database.ownerUrl);
    const data = await buildDataset(database.adminUrl('clinigraph'));
    const open = await copyDatabase(database, 'open');
    const copy = await copyDatabase(database, 'bare');
    await withoutTenancy(open.adminUrl);
    await measure(data, {
      product: await start('product', database.appUrl),
      untenanted: await start('product', open.appUrl),
      bare: await start('bare', copy.adminUrl),
    });
  } finally {
    for (const server of started) await server.stop();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(data: Dataset, { product, untenanted, bare }: Servers): Promise<void> {
  const tokens = accessTokens(product.jwtSecret, systemClock);
  const signedIn = async (session: string) => ({ authorization: `Bearer ${(await tokens.issue(session)).token}` });
  const doctor = await signedIn(data.doctorSession);
  const desk = await signedIn(data.deskSession);
  const { clinicId } = data;
  const pick = () => data.appointmentIds[Math.floor(Math.random() * data.appointmentIds.length)];
  line(
    `20 clinics, 200,000 appointments, 400,000 messages. ${connections} connections, ${seconds} s a round, median of ${rounds} (spread).`,
  );
  await compareDays(data, { product, untenanted, bare }, doctor);
  const oneCall = () => ask(one, { id: pick() }, doctor);
  await compare('one appointment by its id', {
    product: [product, oneCall],
    'tenancy off': [untenanted, oneCall],
    'bare SQL-as-JSON': [bare, () => plain('one', [clinicId, pick()])],
  });
  // Each server has the same requests to approve, each of them once.
  const eachRequest = (call: (id: string) => Call) => {
    const left = [...data.requestIds];
    return () => {
      const id = left.pop();
      return id === undefined ? null : call(id);
    };
  };
  const approveCall = (id: string) => ask(approve, { id }, desk);
  await compare(
    'one approval',
    {
      product: [product, eachRequest(approveCall)],
      'tenancy off': [untenanted, eachRequest(approveCall)],
      'bare SQL-as-JSON': [bare, eachRequest((id) => plain('approve', [clinicId, id]))],
    },
    approvalsARound,
  );
  await measureSockets({
    product,
    bare,
    token: desk.authorization,
    ours: eachRequest(approveCall),
    bares: eachRequest((id) => plain('approve', [clinicId, id])),
  });
}

/** A doctor's day as a list shows it, and with all that hangs off it. */
async function compareDays(
  { clinicId, doctorId, from, to }: Dataset,
  { product, untenanted, bare }: Servers,
  doctor: Record<string, string>,
): Promise<void> {
  const dayCall = () => ask(day, { doctorId, from, to }, doctor);
  await compare('a doctor’s day, 25 appointments', {
    product: [product, dayCall],
    'tenancy off': [untenanted, dayCall],
    'bare SQL-as-JSON': [bare, () => plain('day', [clinicId, doctorId, from, to])],
  });
  const wholeDayCall = () => ask(wholeDay, { doctorId, from, to }, doctor);
  await compare('a doctor’s day of 22 with visits, prescriptions, bills, payments and messages', {
    product: [product, wholeDayCall],
    'tenancy off': [untenanted, wholeDayCall],
    'bare SQL-as-JSON': [bare, () => plain('wholeDay', [clinicId, doctorId, from, to])],
  });
}

interface Broadcasts {
  product: StartedServer;
  bare: StartedServer;
  token: string;
  ours: () => Call | null;
  bares: () => Call | null;
}

async function measureSockets({ product, bare, token, ours, bares }: Broadcasts): Promise<void> {
  line(`\n500 sockets hear of one approval, from its sending to the last of them, median of ${broadcastRounds}`);
  // What the rounds before have approved cannot be approved again.
  for (let used = approvalsARound * (rounds + 1); used > 0; used -= 1) void [ours(), bares()];
  const figures = {
    product: await broadcastTimes({ server: product, change: ours, token }, broadcastRounds),
    bare: await broadcastTimes({ server: bare, change: bares, token: null }, broadcastRounds),
  };
  for (const [name, times] of Object.entries(figures))
    line(
      `  ${name.padEnd(18)} ${median(times).toFixed(1)} ms (${Math.min(...times).toFixed(1)}–${Math.max(...times).toFixed(1)})`,
    );
  line(`  product takes ${(median(figures.product) / median(figures.bare)).toFixed(2)} times as long`);
}

const ask = (query: string, variables: object, headers: Record<string, string>): Call => ({
  body: JSON.stringify({ query, variables }),
  headers,
});

const plain = (name: string, values: unknown[]): Call => ({ body: JSON.stringify({ name, values }), headers: {} });

type Contestants = Record<string, [server: StartedServer, call: () => Call | null]>;

/** Runs all of them in turn, round by round: what the machine does meanwhile, it does to each. */
async function compare(title: string, contestants: Contestants, count?: number): Promise<void> {
  const results = new Map<string, Figures[]>(Object.keys(contestants).map((name) => [name, []]));
  for (const [server, call] of Object.values(contestants))
    await load(server.url, call, { connections, seconds: 2, count: count === undefined ? undefined : 40 });
  for (let round = 0; round < rounds; round += 1)
    for (const [name, [server, call]] of Object.entries(contestants))
      results.get(name)?.push(await load(server.url, call, { connections, seconds, count }));
  line(`\n${title}`);
  const first = median((results.get('product') ?? []).map((each) => each.perSecond));
  for (const [name, figures] of results) {
    const rates = figures.map((each) => each.perSecond);
    const middle = median(rates);
    line(
      `  ${name.padEnd(18)} ${middle.toFixed(0).padStart(6)} /s (${Math.min(...rates).toFixed(0)}–${Math.max(...rates).toFixed(0)})` +
        `  p50 ${median(figures.map(({ p50 }) => p50)).toFixed(2)} ms  p99 ${median(figures.map(({ p99 }) => p99)).toFixed(2)} ms` +
        (name === 'product' ? '' : `  product is ${(first / middle).toFixed(2)} of it`),
    );
  }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

await main();
