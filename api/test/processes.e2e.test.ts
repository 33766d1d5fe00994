import { afterAll, beforeAll, expect, it } from 'vitest';
import { aClinic, appointmentMutations as mutation, type TestClinic, type TestMember } from './support/clinic.ts';
import { settled, TestClient, type Json } from './support/client.ts';
import { query } from './support/database.ts';
import { spawnProcess, type SpawnedProcess } from './support/processes.ts';
import { report } from './support/report.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

const appointmentChanged = `subscription ($after: String) {
  appointmentChanged(after: $after) { cursor type appointment { id status } }
}`;

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let patient: TestMember;
let first: SpawnedProcess;
let second: SpawnedProcess;
let worker: SpawnedProcess;

beforeAll(async () => {
  server = await startTestServer({ jwtSecret: 'a secret that all test processes share, long enough' });
  server.clock.set(new Date());
  clinic = await aClinic(server);
  doctor = await clinic.hire('DOCTOR');
  patient = await clinic.enrol();
  [first, second, worker] = await Promise.all([
    spawnProcess(server.database, 'api'),
    spawnProcess(server.database, 'api'),
    spawnProcess(server.database, 'worker'),
  ]);
}, 90_000);

afterAll(async () => {
  await Promise.all([first, second, worker].filter((each) => each !== undefined).map((each) => each.stop()));
  await server.stop();
});

const via = (process: SpawnedProcess, who: TestMember) => new TestClient(process.url, who.client.token);
const dayMs = 24 * 60 * 60 * 1_000;
let day = 0;

/** 10:00 in Manila, each time a day later. */
function request(process: SpawnedProcess): Promise<Json> {
  day += 1;
  const startsAt = `${new Date(Date.now() + day * dayMs).toISOString().slice(0, 10)}T02:00:00.000Z`;
  const input = { doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt };
  return via(process, patient).ask(mutation.request, { input });
}

it('two API processes and a separate worker over one database behave as one', async () => {
  const doctorsScreen = via(second, doctor).watch(appointmentChanged);
  await settled();

  const started = performance.now();
  const { answer } = await request(first);
  const [update] = await doctorsScreen.until(1);
  const seenAfter = Math.round(performance.now() - started);
  await via(second, doctor).ask(mutation.approve, { input: { appointmentId: answer.appointment.id } });
  const mail = async () =>
    query(server.database.adminUrl, 'select recipient, subject from captured_message where recipient = $1', [
      patient.email,
    ]);
  for (let tries = 0; tries < 50 && (await mail()).length === 0; tries += 1) await settled(100);

  report(`asked in one process, on the doctor's screen in the other after ${seenAfter} ms`);
  expect(update.appointmentChanged.appointment).toEqual({ id: answer.appointment.id, status: 'REQUESTED' });
  expect(await mail()).toEqual([{ recipient: patient.email, subject: 'Your appointment is confirmed' }]);
  await doctorsScreen.stop();
});

it(
  'a client that was away for 30 s gets what it missed from another process, once and in order',
  { timeout: 60_000 },
  async () => {
    const before = via(first, doctor).watch(appointmentChanged);
    await settled();
    await request(second);
    const [seen] = await before.until(1);
    await before.stop();

    const missed = [await request(first), await request(second), await request(first)].map(
      ({ answer }) => answer.appointment.id,
    );
    await settled(30_000);
    const after = via(second, doctor).watch(appointmentChanged, { after: seen.appointmentChanged.cursor });
    await after.until(3);
    await settled(500);

    expect(after.received.map((data) => data.appointmentChanged.appointment.id)).toEqual(missed);
    await after.stop();
  },
);

it('a message whose worker is killed before it is sent goes out once when another worker comes', async () => {
  await worker.stop('SIGKILL');
  const { answer } = await request(first);
  await via(second, doctor).ask(mutation.approve, { input: { appointmentId: answer.appointment.id } });
  const sent = async () =>
    Number(
      (
        await query<{ count: string }>(
          server.database.adminUrl,
          'select count(*) from captured_message where recipient = $1',
          [patient.email],
        )
      )[0]?.count,
    );
  const beforeRestart = await sent();

  worker = await spawnProcess(server.database, 'worker');
  for (let tries = 0; tries < 50 && (await sent()) === beforeRestart; tries += 1) await settled(100);
  await settled(500);

  expect(await sent()).toBe(beforeRestart + 1);
});

it('a process that is told to stop ends within ten seconds, cleanly, and tells its sockets', async () => {
  const screen = via(first, doctor).watch(appointmentChanged);
  await settled();

  const started = performance.now();
  const code = await first.stop('SIGTERM');
  await screen.until(1);

  expect(code).toBe(0);
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(screen.isOver).toBe(true);
  first = await spawnProcess(server.database, 'api');
});
