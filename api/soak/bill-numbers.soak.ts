import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSeenPatient, billOperations as bills } from '../test/support/bills.ts';
import { aClinic, type TestClinic, type TestMember } from '../test/support/clinic.ts';
import { settled, TestClient, type Json } from '../test/support/client.ts';
import { createTestDatabase, query, type TestDatabase } from '../test/support/database.ts';
import { dice } from '../test/support/dice.ts';
import { spawnProcess, type SpawnedProcess } from '../test/support/processes.ts';
import { report } from '../test/support/report.ts';
import { startTestServer } from '../test/support/server.ts';

const billCount = 100;
const kills = 5;
const roll = dice(20_300_304);

let database: TestDatabase;
let app: SpawnedProcess;
let clinic: TestClinic;
let desk: TestMember;
const appointments: string[] = [];
const made = new Map<string, Json>();
let [rolledBack, cutOff] = [0, 0];

beforeAll(async () => {
  database = await createTestDatabase();
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
  const doctor = await clinic.hire('DOCTOR');
  for (let count = 0; count < billCount; count += 1) appointments.push(await aSeenPatient(clinic, doctor));
  await setUp.stop();
  // A third of all bills is taken back at the very end, after they have their number.
  await query(
    database.adminUrl,
    `create function fail_some() returns trigger language plpgsql as $$ begin
      if hashtext(gen_random_uuid()::text) % 3 = 0 then raise exception 'forced'; end if; return new; end $$`,
  );
  await query(
    database.adminUrl,
    `create constraint trigger fail_some after insert on bill deferrable initially deferred for each row execute function fail_some()`,
  );
  app = await start();
}, 300_000);

afterAll(() => app.stop());

const start = () => spawnProcess(database, 'api', { LOG_LEVEL: 'silent', IDLE_MINUTES: '0' });

/** Asks for a bill until somebody has said that it is there; after a kill nobody has. */
async function insist(appointmentId: string): Promise<void> {
  while (!made.has(appointmentId)) {
    const client = new TestClient(app.url, desk.client.token);
    const input = { appointmentId, amount: String(10 + roll(90)) };
    const headers = { 'idempotency-key': `bill-${appointmentId}` };
    const answer = await client.send(bills.create, { input }, headers).catch(() => null);
    const bill: Json = answer?.data?.answer?.bill;
    if (bill != null) made.set(appointmentId, bill);
    else {
      if (answer === null) cutOff += 1;
      else rolledBack += 1;
      // A server that is starting is not asked all the time.
      await settled(answer === null ? 500 : 30 + roll(50));
    }
  }
}

describe('a hundred bills at once, with forced rollbacks and kills', () => {
  it(
    'have the numbers 1 to 100, no gap, none twice, and each acknowledged one is there',
    { timeout: 300_000 },
    async () => {
      const work = Promise.all(appointments.map(insist));
      for (let count = 0; count < kills; count += 1) {
        await settled(120 + roll(200));
        await app.stop('SIGKILL');
        app = await start();
      }
      await work;

      const rows = await query<{ id: string; sequence: number }>(
        database.adminUrl,
        'select id, sequence from bill where clinic_id = $1 order by sequence',
        [clinic.id],
      );
      report(
        `bill numbers: ${rows.length} bills, ${rolledBack} attempts rolled back, ${cutOff} cut off by ${kills} kills`,
      );
      expect(rows.map(({ sequence }) => sequence)).toEqual(
        Array.from({ length: billCount }, (_none, index) => index + 1),
      );
      expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([...made.values()].map((bill) => bill.id)));
      expect(Math.min(rolledBack, cutOff)).toBeGreaterThan(0);
    },
  );
});
