import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ctx } from '../src/access/ctx.ts';
import { noCaller } from '../src/app/runtime.ts';
import { addDoctorProfile } from '../src/features/accounts/index.ts';
import { aClinic, type TestClinic } from '../test/support/clinic.ts';
import { TestClient } from '../test/support/client.ts';
import { query } from '../test/support/database.ts';
import { report } from '../test/support/report.ts';
import { startTestServer, type TestServerHandle } from '../test/support/server.ts';
import { inPercentiles, percentile, timed } from './figures.ts';

const doctorCount = 20;
const appointmentCount = 200_000;
/** From the server's today on: so many days are full, and as many after them are half full. */
const fullDays = 31;
const rounds = 60;
const interactiveMs = 100;

let server: TestServerHandle;
let clinic: TestClinic;
let doctorIds: string[];
let anyone: TestClient;

const admin = (text: string, values: unknown[] = []) => query(server.database.adminUrl, text, values);

beforeAll(async () => {
  server = await startTestServer();
  anyone = new TestClient(server.url);
  clinic = await aClinic(server);
  const system = new Ctx(server.runtime, noCaller, null).asSystem({ clinicId: clinic.id, clockOffsetMs: 0 });
  doctorIds = [];
  for (let index = 0; index < doctorCount; index += 1)
    doctorIds.push(await addDoctorProfile(system, `Dr. ${index}`, null));
  const { ms } = await timed(fill);
  report(`${appointmentCount} appointments of ${doctorCount} doctors, made in ${(ms / 1_000).toFixed(1)} s`);
});

afterAll(() => server.stop());

/** Every doctor works every day 09:00 to 17:00 in half-hour slots; past days are full, as far back as it takes. */
async function fill(): Promise<void> {
  await admin(
    `insert into schedule_block (id, clinic_id, doctor_id, weekday, starts_at, ends_at, slot_minutes)
      select gen_random_uuid(), clinic_id, id, weekday, hours.starts_at, hours.ends_at, 30 from doctor,
        unnest(array['MONDAY','TUESDAY','WEDNESDAY','THURSDAY','FRIDAY','SATURDAY','SUNDAY']) weekday,
        (values (time '09:00', time '13:00'), (time '13:00', time '17:00')) hours (starts_at, ends_at)
      where clinic_id = $1`,
    [clinic.id],
  );
  for (let index = 0; index < doctorCount; index += 1) await clinic.aPatient();
  await admin(
    `insert into appointment (id, clinic_id, doctor_id, patient_id, service_id, status, source, starts_at, ends_at, holds_slot,
        created_at, updated_at, version)
      select gen_random_uuid(), clinic_id, doctor_id, gen.patient_id, $2, 'APPROVED', 'STAFF', at, at + interval '30 minutes', true,
        at, at, 1
      from (
        select d.clinic_id, d.id as doctor_id, p.id as patient_id,
          timestamptz '2030-03-04 09:00+08' + (day - 1) * interval '1 day' + slot * interval '30 minutes' as at
        from (select id, clinic_id, row_number() over (order by id) as k from doctor where clinic_id = $1) d
        join (select id, row_number() over (order by id) as k from patient where clinic_id = $1) p on p.k = d.k
        cross join generate_series(-2000, 62) day cross join generate_series(0, 15) slot
        where day <= ${fullDays} or slot % 2 = 0
        order by day desc, slot, d.id limit ${appointmentCount}) gen`,
    [clinic.id, clinic.serviceId],
  );
  await admin('analyze');
}

const slotsQuery = `query ($slug: String!, $serviceId: ID!, $doctorId: ID, $from: Date!, $to: Date!, $first: Int) {
  availableSlots(slug: $slug, serviceId: $serviceId, doctorId: $doctorId, from: $from, to: $to, first: $first) { doctorId startsAt } }`;

interface Question {
  doctorId?: string | undefined;
  from: string;
  to: string;
  first: number;
}

const ask = async (question: Question): Promise<{ startsAt: string }[]> =>
  (await anyone.ask(slotsQuery, { slug: clinic.slug, serviceId: clinic.serviceId, ...question })).availableSlots;

/** How long the answers to a question take, and the last of them. */
async function measure(name: string, question: (round: number) => Question) {
  const times: number[] = [];
  let found: { startsAt: string }[] = [];
  for (let round = -5; round < rounds; round += 1) {
    const { ms, result } = await timed(() => ask(question(round + 5)));
    if (round >= 0) times.push(ms);
    found = result;
  }
  report(`${name}: ${inPercentiles(times)}`);
  return { found, p50: percentile(times, 0.5) };
}

const seqScans = async (): Promise<number> => {
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const [row] = await query<{ count: number }>(
    server.database.adminUrl,
    `select sum(seq_scan)::int as count from pg_stat_user_tables where relname in ('appointment', 'held_time')`,
  );
  return row?.count ?? 0;
};

describe(`free slots among ${appointmentCount} appointments`, () => {
  it('of one doctor’s month come at once, half of them taken', async () => {
    const month = { from: '2030-04-04', to: '2030-05-04', first: 500 };

    const { found, p50 } = await measure('one doctor’s month', (round) => ({
      ...month,
      doctorId: doctorIds[round % doctorCount],
    }));

    expect(found).toHaveLength(31 * 8);
    expect(p50).toBeLessThan(interactiveMs);
  });

  it(`of ${doctorCount} doctors, the next one after ${fullDays} full days, come at once`, async () => {
    const { found, p50 } = await measure('next available of all doctors, after a full month', () => ({
      from: '2030-03-04',
      to: '2030-05-04',
      first: 3,
    }));

    expect(found.map(({ startsAt }) => startsAt)).toEqual(Array(3).fill('2030-04-04T01:30:00.000Z'));
    expect(p50).toBeLessThan(interactiveMs);
  });

  it(`of ${doctorCount} doctors, the next one within days, come at once`, async () => {
    const { p50 } = await measure('next available of all doctors, within days', () => ({
      from: '2030-04-03',
      to: '2030-05-04',
      first: 3,
    }));

    expect(p50).toBeLessThan(interactiveMs);
  });

  it('come by an index: no table of them is ever read through', async () => {
    const before = await seqScans();
    for (const doctorId of [undefined, doctorIds[0]])
      await ask({ doctorId, from: '2030-03-04', to: '2030-05-04', first: 500 });

    expect(await seqScans()).toBe(before);
    await admin('select count(*) from held_time where doctor_id is not null');
    expect(await seqScans()).toBeGreaterThan(before);
  });
});
