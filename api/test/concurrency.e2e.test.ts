import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, appointmentMutations as mutation, type TestClinic, type TestMember } from './support/clinic.ts';
import { TestClient, type Json } from './support/client.ts';
import { query } from './support/database.ts';
import { spawnProcess, type SpawnedProcess } from './support/processes.ts';
import { report } from './support/report.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let processes: SpawnedProcess[];
let clinic: TestClinic;
let desk: TestMember;

/** Somebody far enough away for real clocks: these processes live in real time. */
const nextYear = new Date().getUTCFullYear() + 1;
const slot = (hour: number, minute = 0) => new Date(Date.UTC(nextYear, 2, 4, hour, minute)).toISOString();

beforeAll(async () => {
  // A server in this process makes the clinic; the two processes under test share its database and secret.
  server = await startTestServer({ jwtSecret: 'a secret that all test processes share, long enough' });
  server.clock.set(new Date());
  clinic = await aClinic(server);
  desk = await clinic.hire('RECEPTIONIST');
  processes = await Promise.all([spawnProcess(server.database, 'api'), spawnProcess(server.database, 'api')]);
}, 90_000);

afterAll(async () => {
  await Promise.all((processes ?? []).map((each) => each.stop()));
  await server.stop();
});

/** The same person on one of the two processes in turn. */
const via = (who: TestMember | { client: TestClient }, index: number) =>
  new TestClient(processes[index % processes.length]?.url ?? '', who.client.token);

const count = async (text: string, values: unknown[]): Promise<number> =>
  Number((await query<{ count: string }>(server.database.adminUrl, text, values))[0]?.count);

const outcome = (answer: Json): string =>
  answer.errors?.[0]?.extensions.code ??
  answer.data.answer.userErrors[0]?.code ??
  answer.data.answer.appointment.status;

const tally = (answers: Json[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[outcome(answer)] = (counts[outcome(answer)] ?? 0) + 1;
  return counts;
};

describe('200 people for one slot, over two processes', { timeout: 60_000 }, () => {
  it('approves exactly one of 200 requests, and offers the others the nearest free slots', async () => {
    const doctor = await clinic.hire('DOCTOR');
    const startsAt = slot(2);
    const requests: string[] = [];
    for (let index = 0; index < 200; index += 1) {
      const input = {
        patientId: await clinic.aPatient(),
        doctorId: doctor.doctorId,
        serviceId: clinic.serviceId,
        startsAt,
      };
      const { answer } = await desk.client.ask(mutation.request, { input });
      requests.push(answer.appointment.id);
    }

    const started = performance.now();
    const answers = await Promise.all(
      requests.map((appointmentId, index) => via(doctor, index).send(mutation.approve, { input: { appointmentId } })),
    );
    report(`200 parallel approvals of one slot over two processes: ${Math.round(performance.now() - started)} ms`);

    expect(tally(answers)).toEqual({ APPROVED: 1, SLOT_TAKEN: 199 });
    const losers = answers.filter((answer) => outcome(answer) === 'SLOT_TAKEN');
    expect(losers.every((answer) => answer.data.answer.alternativeSlots.length === 3)).toBe(true);
    const approved = `select count(*) from appointment where doctor_id = $1 and status = 'APPROVED'`;
    const told = `select count(*) from notification where doctor_id = $1 and type = 'APPOINTMENT_APPROVED'`;
    expect(await count(approved, [doctor.doctorId])).toBe(1);
    expect(await count(told, [doctor.doctorId])).toBe(1);
  });

  it('books exactly one of 200, and leaves no trace of the others', async () => {
    const doctor = await clinic.hire('DOCTOR');
    const patients: string[] = [];
    for (let index = 0; index < 200; index += 1) patients.push(await clinic.aPatient());

    const answers = await Promise.all(
      patients.map((patientId, index) =>
        via(desk, index).send(mutation.book, {
          input: { patientId, doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt: slot(3) },
        }),
      ),
    );

    expect(tally(answers)).toEqual({ APPROVED: 1, SLOT_TAKEN: 199 });
    expect(await count('select count(*) from appointment where doctor_id = $1', [doctor.doctorId])).toBe(1);
    expect(await count('select count(*) from notification where doctor_id = $1', [doctor.doctorId])).toBe(1);
  });
});

describe('150 bookings of 3 doctors by 4 patients for 4 slots at once', { timeout: 60_000 }, () => {
  it('meets no deadlock, and no two that hold a slot overlap', async () => {
    const doctors = [await clinic.hire('DOCTOR'), await clinic.hire('DOCTOR'), await clinic.hire('DOCTOR')];
    const patients = [
      await clinic.aPatient(),
      await clinic.aPatient(),
      await clinic.aPatient(),
      await clinic.aPatient(),
    ];
    const deadlocks = 'select deadlocks as count from pg_stat_database where datname = current_database()';
    const deadlocksBefore = await count(deadlocks, []);

    const started = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 150 }, (_none, index) => {
        const doctor = doctors[index % 3];
        const patientId = patients[Math.floor(index / 3) % 4];
        const startsAt = slot(4, (Math.floor(index / 12) % 4) * 30);
        const input = { patientId, doctorId: doctor?.doctorId, serviceId: clinic.serviceId, startsAt };
        return via(desk, index).send(mutation.book, { input });
      }),
    );
    const milliseconds = performance.now() - started;
    report(`150 bookings over 3 doctors, 4 patients, 4 slots: ${Math.round(milliseconds)} ms`);

    const { APPROVED: approved = 0, SLOT_TAKEN: taken = 0, ...others } = tally(answers);
    expect(others).toEqual({});
    expect(approved + taken).toBe(150);
    // Three doctors and four patients: at most three can be seen at any one of the four times.
    expect(approved).toBe(12);
    expect(await count(deadlocks, [])).toBe(deadlocksBefore);
    const overlapping = `select count(*) from appointment a join appointment b on a.id < b.id and a.clinic_id = b.clinic_id
      and (a.doctor_id = b.doctor_id or a.patient_id = b.patient_id) and a.holds_slot and b.holds_slot
      and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at) where a.clinic_id = $1`;
    expect(await count(overlapping, [clinic.id])).toBe(0);
  });
});

describe('the order of events', () => {
  it('has no gap after all that, refusals included', async () => {
    const gaps = `select count(*) from (select sequence, lag(sequence, 1, 0::bigint) over (order by sequence) as before from event
      where clinic_id = $1) e where sequence <> before + 1`;
    const head =
      'select event_sequence = (select count(*) from event where clinic_id = $1) as same from clinic_head where clinic_id = $1';

    expect(await count(gaps, [clinic.id])).toBe(0);
    expect(await query(server.database.adminUrl, head, [clinic.id])).toEqual([{ same: true }]);
  });
});
