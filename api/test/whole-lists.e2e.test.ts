import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ctx } from '../src/access/ctx.ts';
import { noCaller } from '../src/app/runtime.ts';
import { addDoctorProfile } from '../src/features/accounts/index.ts';
import { aClinic, type TestClinic } from './support/clinic.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.stop());

const admin = (text: string, values: unknown[]) => query(server.database.adminUrl, text, values);

async function withDoctors(count: number): Promise<void> {
  clinic = await aClinic(server);
  const system = new Ctx(server.runtime, noCaller, null).asSystem({ clinicId: clinic.id, clockOffsetMs: 0 });
  for (let made = 0; made < count; made += 1) await addDoctorProfile(system, `Dr. ${made}`, null);
}

describe('a list without pages', () => {
  it('has the whole week of every doctor, however many there are', async () => {
    await withDoctors(80);
    await admin(
      `insert into schedule_block (id, clinic_id, doctor_id, weekday, starts_at, ends_at, slot_minutes)
        select gen_random_uuid(), clinic_id, id, weekday, make_time(8 + hour, 0, 0), make_time(8 + hour, 30, 0), 15
        from doctor, generate_series(0, 9) hour,
          unnest(array['MONDAY','TUESDAY','WEDNESDAY','THURSDAY','FRIDAY','SATURDAY','SUNDAY']) weekday
        where clinic_id = $1`,
      [clinic.id],
    );

    const { doctors } = await clinic.owner.ask('{ doctors { schedule { weekday } } }');
    const sunday = await clinic.owner.ask(
      'query ($id: ID!) { availableSlots(serviceId: $id, from: "2030-03-10", to: "2030-03-10", first: 500) { startsAt } }',
      { id: clinic.serviceId },
    );

    expect(doctors).toHaveLength(80);
    expect(new Set(doctors.map((doctor: { schedule: object[] }) => doctor.schedule.length))).toEqual(new Set([70]));
    expect(sunday.availableSlots).toHaveLength(500);
  });

  it('has time off that is still to come behind years of it', async () => {
    await withDoctors(1);
    await admin(
      `insert into time_off (id, clinic_id, starts_at, ends_at, reason, created_at)
        select gen_random_uuid(), $1, at, at + interval '1 hour', case when at > '2030-03-04' then 'To come' else 'Past' end, at
        from generate_series(timestamptz '2030-03-05', timestamptz '2027-03-05', interval '-1 day') at`,
      [clinic.id],
    );

    const { doctors } = await clinic.owner.ask(
      '{ doctors { timeOff(from: "2030-03-04T00:00:00Z") { reason startsAt } } }',
    );

    expect(doctors[0].timeOff).toEqual([
      { reason: 'Past', startsAt: '2030-03-04T00:00:00.000Z' },
      { reason: 'To come', startsAt: '2030-03-05T00:00:00.000Z' },
    ]);
  });
});
