import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareDatabase } from '../src/app/database-setup.ts';
import { startEmbeddedDatabase } from '../src/platform/db/embedded-database.ts';
import { appointmentMutations, aClinic } from './support/clinic.ts';
import { settled } from './support/client.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

const outageMs = 3_000;

let folder: string;
let postgres: Awaited<ReturnType<typeof startEmbeddedDatabase>>;
let server: TestServerHandle;

const startPostgres = (port?: number) =>
  startEmbeddedDatabase({
    dataDir: path.join(folder, 'postgres'),
    durable: false,
    ...(port !== undefined && { port }),
  });

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'clinigraph-outage-'));
  postgres = await startPostgres();
  await prepareDatabase(postgres.ownerUrl);
  const database = { adminUrl: postgres.adminUrl('clinigraph'), appUrl: postgres.appUrl, ownerUrl: postgres.ownerUrl };
  server = await startTestServer({ role: 'all', logLevel: 'silent' }, database);
});

afterAll(async () => {
  await server.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

const answersAt = async (page: string): Promise<number> => (await fetch(new URL(page, server.url))).status;

describe('a database that stops for a while', () => {
  it('costs those seconds and nothing else: no process, no session, no socket, nothing that was said to be done', async () => {
    const clinic = await aClinic(server);
    const doctor = await clinic.hire('DOCTOR');
    const patient = await clinic.enrol();
    const live = doctor.client.watch('subscription { notificationReceived { notification { type } } }');
    const input = { doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt: '2030-03-05T02:00:00.000Z' };
    const before = await patient.client.ask(appointmentMutations.request, { input });
    await live.until(1);

    const { port } = postgres;
    await postgres.stop();
    const refused = await patient.client.send(appointmentMutations.request, { input });
    const [ready, alive] = [await answersAt('/readyz'), await answersAt('/healthz')];
    await settled(outageMs);
    postgres = await startPostgres(port);

    expect(refused.errors?.[0]?.extensions.code).toBe('SERVICE_UNAVAILABLE');
    expect(JSON.stringify(refused)).not.toMatch(/ECONNREFUSED|terminat|connect/i);
    expect([ready, alive]).toEqual([503, 200]);
    await expect.poll(() => answersAt('/readyz'), { timeout: 10_000 }).toBe(200);
    const again = await patient.client.ask(appointmentMutations.request, {
      input: { ...input, startsAt: '2030-03-05T03:00:00.000Z' },
    });
    expect([before.answer.appointment.status, again.answer.appointment.status]).toEqual(['REQUESTED', 'REQUESTED']);
    expect(await live.until(2)).toHaveLength(2);
    expect(live.isOver).toBe(false);
    const rows = await query(postgres.adminUrl('clinigraph'), 'select id from appointment');
    expect(rows).toHaveLength(2);
    await live.stop();
  });
});
