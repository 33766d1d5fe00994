import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic } from '../test/support/clinic.ts';
import { TestClient } from '../test/support/client.ts';
import { createTestDatabase, query, type TestDatabase } from '../test/support/database.ts';
import { spawnProcess, type SpawnedProcess } from '../test/support/processes.ts';
import { report } from '../test/support/report.ts';
import { openSandbox, type TestSandbox } from '../test/support/sandbox.ts';
import { startTestServer, type TestServerHandle } from '../test/support/server.ts';

const days = 28;
const kills = 12;

let database: TestDatabase;
let server: TestServerHandle;
let sandbox: TestSandbox;

/** In this process no worker: whatever goes on after a kill, the processes that are killed do. */
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startTestServer(
    { idleMinutes: 0, jwtSecret: 'a secret that all test processes share, long enough' },
    database,
  );
  server.clock.set(new Date());
  const { owner } = await aClinic(server);
  const opened = await openSandbox(owner, 3);
  if (opened.sandbox === null) throw new Error('There is no sandbox.');
  sandbox = opened.sandbox;
});
afterAll(() => server.stop());

const clockOf = async (): Promise<{ reached: Date | null; target: Date | null; now: Date }> => {
  const [clock] = await query<{ reached: Date | null; target: Date | null; now: Date }>(
    database.adminUrl,
    `select clock_reached as reached, clock_target as target, now() + clock_offset_ms * interval '1 millisecond' as now
     from clinic where id = $1`,
    [sandbox.id],
  );
  if (clock === undefined) throw new Error('The sandbox is gone.');
  return clock;
};

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a clock on its way', () => {
  it('arrives although every process that moves it is killed, with everything done once and at its minute', async () => {
    const expected = await query<{ id: string; at: Date }>(
      database.adminUrl,
      `select subject_id as id, due_at as at from due where clinic_id = $1 and kind = 'NO_SHOW_ALERT' order by due_at, subject_id`,
      [sandbox.id],
    );
    let process: SpawnedProcess = await spawnProcess(database, 'all');
    const owner = new TestClient(process.url, sandbox.owner.token);
    void owner.ask(`mutation { advanceClock(minutes: ${days * 24 * 60}) { clinic { now } } }`).catch(() => undefined);
    const places: string[] = [];
    let done = 0;
    while (done < kills) {
      await wait(150 + done * 20);
      await process.stop('SIGKILL');
      const { reached, target } = await clockOf();
      if (target === null) break;
      places.push(reached?.toISOString().slice(0, 16) ?? '');
      done += 1;
      process = await spawnProcess(database, 'all');
    }
    while ((await clockOf()).target !== null) await wait(100);
    await process.stop();

    const alerts = await query<{ id: string; at: Date }>(
      database.adminUrl,
      `select subject_id as id, at from event where clinic_id = $1 and type = 'NO_SHOW_SUSPECTED' order by at, subject_id`,
      [sandbox.id],
    );
    const { now } = await clockOf();
    report(`${done} kills while a clock went on for ${days} days, at ${places.join(', ')}; ${alerts.length} alerts`);
    expect(alerts).toEqual(expected);
    expect(now.getTime()).toBeGreaterThan(Date.parse('2026-03-30T00:00:00Z'));
    expect(done).toBeGreaterThan(2);
  });
});
