import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, appointmentMutations, type TestClinic, type TestMember } from './support/clinic.ts';
import { createTestDatabase, query } from './support/database.ts';
import { freePort, spawnProcess } from './support/processes.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

const token = 'a-token-that-only-operators-know-and-long-enough';
const secretName = 'Xerxesina';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let patient: TestMember;

beforeAll(async () => {
  server = await startTestServer({ role: 'all', metricsToken: token });
  clinic = await aClinic(server);
  doctor = await clinic.hire('DOCTOR');
  patient = await clinic.enrol({ firstName: secretName });
});

afterAll(() => server.stop());

const at = (page: string): URL => new URL(page, server.url);

interface Reply {
  status: number;
  body: string;
}

/** By hand: fetch leaves out some of the headers that proxies add. */
const read = (headers: Record<string, string> = {}): Promise<Reply> =>
  new Promise((resolve, reject) => {
    get(at('/metrics'), { headers }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
    }).on('error', reject);
  });

const figures = async (): Promise<string> => (await read()).body;

/** The value of one series, its labels as they are printed. */
async function figure(series: string): Promise<number | undefined> {
  const line = (await figures()).split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length));
}

async function settledFigure(series: string, expected: number): Promise<void> {
  await expect.poll(() => figure(series), { timeout: 8_000 }).toBe(expected);
}

describe('/metrics', () => {
  it('is read on this machine, and by whoever brings the token', async () => {
    expect((await read()).status).toBe(200);
    expect((await read({ authorization: `Bearer ${token}`, 'x-forwarded-for': '203.0.113.9' })).status).toBe(200);
  });

  it('is nothing to anybody else, by a proxy on this machine too', async () => {
    const strangers: Record<string, string>[] = [
      { 'x-forwarded-for': '203.0.113.9' },
      { forwarded: 'for=203.0.113.9' },
      { via: '1.1 proxy' },
      { authorization: 'Bearer wrong' },
      { authorization: `Bearer ${token}x` },
    ];

    for (const headers of strangers) {
      expect(await read(headers)).toEqual({ status: 404, body: expect.not.stringContaining('clinigraph_') });
    }
  });

  it('counts requests by route and status, never by the address that was asked for', async () => {
    await fetch(at(`/no/such/page/${patient.patientId}`));
    const page = await figures();

    expect(page).toMatch(
      /clinigraph_http_request_duration_seconds_count\{method="POST",route="\/graphql",status="200"\} \d/,
    );
    expect(page).toMatch(
      /clinigraph_http_request_duration_seconds_count\{method="GET",route="other",status="404"\} \d/,
    );
    expect(page).not.toContain(patient.patientId);
  });

  it('counts errors in answers by their code', async () => {
    const before = (await figure('clinigraph_graphql_errors_total{code="FORBIDDEN"}')) ?? 0;

    await patient.client.send('{ staff { id } }');

    expect(await figure('clinigraph_graphql_errors_total{code="FORBIDDEN"}')).toBe(before + 1);
  });

  it('counts open sockets, live operations and what was handed to them', async () => {
    const updates = (await figure('clinigraph_live_updates_total')) ?? 0;
    const live = doctor.client.watch('subscription { appointmentChanged { cursor } }');
    await settledFigure('clinigraph_sockets', 1);
    await settledFigure('clinigraph_subscriptions', 1);

    await patient.client.ask(appointmentMutations.request, {
      input: { doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt: '2030-03-05T02:00:00.000Z' },
    });
    await live.until(1);
    // The request, and the message about it.
    expect(await figure('clinigraph_live_updates_total')).toBe(updates + 2);
    await live.stop();

    await settledFigure('clinigraph_sockets', 0);
    await settledFigure('clinigraph_subscriptions', 0);
  });

  it('measures pools, what waits to be sent, jobs, memory and the event loop', async () => {
    const page = await figures();

    expect(page).toMatch(/clinigraph_pool_connections\{pool="staff",state="max"\} 12/);
    expect(page).toMatch(/clinigraph_pool_connections\{pool="doctor",state="waiting"\} 0/);
    expect(page).toMatch(/clinigraph_deliveries\{kind="letter",status="QUEUED"\} 0/);
    expect(page).toMatch(/clinigraph_outbox_lag_seconds\{kind="message"\} 0/);
    expect(page).toContain('nodejs_eventloop_lag_seconds ');
    expect(page).toContain('process_resident_memory_bytes ');
    expect(page).toContain('# TYPE clinigraph_jobs gauge');
    expect(page).toContain('# TYPE clinigraph_graphql_operation_duration_seconds histogram');
  });

  it('says how late the oldest message is, over all clinics', async () => {
    const [row] = await query<{ id: string }>(
      server.database.adminUrl,
      `update delivery set status = 'QUEUED', due_at = $1 where id = (select id from delivery limit 1) returning id`,
      [new Date(server.clock.now().getTime() - 90_000)],
    );

    expect(row).toBeDefined();
    expect(await figure('clinigraph_outbox_lag_seconds{kind="message"}')).toBe(90);
    expect(await figure('clinigraph_deliveries{kind="message",status="QUEUED"}')).toBe(1);
  });

  it('holds nothing of a patient, a person or a clinic', async () => {
    const page = await figures();

    expect(page).not.toContain(secretName);
    expect(page).not.toContain(clinic.slug);
    expect(page).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/);
    expect(page).not.toContain('@');
  });

  it('does not grow with what callers make up', async () => {
    const lines = (await figures()).split('\n').length;

    for (let count = 0; count < 20; count += 1) {
      await fetch(at(`/made-up-${count}`));
      await patient.client.send(`query MadeUp${count} { viewer { role } }`);
    }

    expect((await figures()).split('\n').length - lines).toBeLessThanOrEqual(30);
  });
});

describe('/readyz', () => {
  it('names each part', async () => {
    const response = await fetch(at('/readyz'));

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ready', database: 'ready', migrations: 'ready', jobs: 'ready' });
  });

  it('says no while the tables are older than the code, and while the clockwork has no queues', async () => {
    const database = await createTestDatabase();
    const behind = await startTestServer({}, database);
    await query(database.adminUrl, `delete from mikro_orm_migrations where name = '0008-operations'`);
    await query(database.adminUrl, `alter schema pgboss rename to elsewhere`);

    const response = await fetch(new URL('/readyz', behind.url));
    await behind.stop();

    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      status: 'not ready',
      database: 'ready',
      migrations: 'missing: 0008-operations',
      jobs: 'missing: mail.due, limits.clear, requests.forget, sandboxes.forget',
    });
  });
});

describe('a worker of its own', () => {
  it('answers machines on WORKER_PORT', async () => {
    const port = await freePort();
    const worker = await spawnProcess(server.database, 'worker', { WORKER_PORT: String(port) });

    const pages = await Promise.all(
      ['/healthz', '/readyz', '/metrics', '/graphql'].map(
        async (page) => (await fetch(`http://127.0.0.1:${port}${page}`)).status,
      ),
    );
    await worker.stop();

    expect(pages).toEqual([200, 200, 200, 404]);
  });
});
