import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merge } from '../src/platform/intervals.ts';
import { freeSlots, wallClockOf } from '../src/features/schedules/slot.domain.ts';
import { aClinic, type TestClinic } from '../test/support/clinic.ts';
import { TestClient } from '../test/support/client.ts';
import { query } from '../test/support/database.ts';
import { report } from '../test/support/report.ts';
import { startTestServer, type TestServerHandle } from '../test/support/server.ts';
import { slotsByLooking, someSlotCase, type SlotCase } from '../test/support/slot-model.ts';

const byRules = 10_000;
const byApi = 400;
const minuteMs = 60_000;

let server: TestServerHandle;
let clinic: TestClinic;
let doctorId: string;
let anyone: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  anyone = new TestClient(server.url);
  clinic = await aClinic(server);
  doctorId = (await clinic.hire('DOCTOR')).doctorId;
});

afterAll(() => server.stop());

const admin = (text: string, values: unknown[]) => query(server.database.adminUrl, text, values);

/** Makes the clinic's one doctor that of the case: every other busy stretch is a booking, the others are time off. */
async function become({ timeZone, blocks, busy, durationMinutes }: SlotCase, patientId: string): Promise<void> {
  await admin(`update clinic set time_zone = $2 where id = $1`, [clinic.id, timeZone]);
  await admin(`update service set duration_minutes = $2 where id = $1`, [clinic.serviceId, durationMinutes]);
  for (const table of ['schedule_block', 'time_off', 'appointment'])
    await admin(`delete from ${table} where clinic_id = $1`, [clinic.id]);
  for (const { weekday, startsAt, endsAt, slotMinutes } of blocks)
    await admin('insert into schedule_block values ($1, $2, $3, $4, $5, $6, $7)', [
      randomUUID(),
      clinic.id,
      doctorId,
      weekday,
      startsAt,
      endsAt,
      slotMinutes,
    ]);
  const booked: SlotCase['busy'][number][] = [];
  for (const [index, stretch] of busy.entries()) {
    const isApart = booked.every((other) => other.endsAt <= stretch.startsAt || stretch.endsAt <= other.startsAt);
    const values = [randomUUID(), clinic.id, doctorId, stretch.startsAt, stretch.endsAt];
    if (index % 2 === 0 && isApart) {
      booked.push(stretch);
      await admin(
        `insert into appointment (id, clinic_id, doctor_id, starts_at, ends_at, patient_id, service_id, status, source, holds_slot,
          created_at, updated_at, version) values ($1, $2, $3, $4, $5, $6, $7, 'APPROVED', 'STAFF', true, now(), now(), 1)`,
        [...values, patientId, clinic.serviceId],
      );
    } else
      await admin(
        `insert into time_off (id, clinic_id, doctor_id, starts_at, ends_at, created_at) values ($1, $2, $3, $4, $5, now())`,
        [...values.slice(0, 2), index % 3 === 0 ? null : doctorId, ...values.slice(3)],
      );
  }
}

describe('free slots of any schedule', () => {
  it('are those that looking at every five minutes finds, by the rules alone', () => {
    let count = 0;
    let free = 0;
    fc.assert(
      fc.property(someSlotCase, (wanted) => {
        const { days, busy, timeZone, ...others } = wanted;
        const question = { ...others, at: wallClockOf(timeZone), busy: merge(busy) };
        const slots = days.flatMap((day) => freeSlots({ ...question, day }));
        count += 1;
        free += slots.length;

        expect(slots.map(({ startsAt }) => startsAt.getTime())).toEqual(slotsByLooking(wanted));
      }),
      { numRuns: byRules },
    );
    report(`${count} random schedules in five zones and both changes of clocks: ${free} free slots, each as looked up`);
    expect(free).toBeGreaterThan(byRules);
  });

  it('are the same for a caller, out of the tables', async () => {
    let free = 0;
    const patientId = await clinic.aPatient();
    await fc.assert(
      fc.asyncProperty(someSlotCase, async (wanted) => {
        await become(wanted, patientId);
        server.clock.set(new Date(wanted.now.getTime() + minuteMs / 2));
        const { availableSlots } = await anyone.ask(
          `query ($slug: String, $serviceId: ID!, $from: Date!, $to: Date!) {
            availableSlots(slug: $slug, serviceId: $serviceId, from: $from, to: $to, first: 500) { startsAt } }`,
          { slug: clinic.slug, serviceId: clinic.serviceId, from: wanted.days[0], to: wanted.days[1] },
        );
        const starts = availableSlots.map(({ startsAt }: { startsAt: string }) => Date.parse(startsAt));
        free += starts.length;

        expect(starts).toEqual(slotsByLooking(wanted));
      }),
      { numRuns: byApi },
    );
    report(`${byApi} random schedules asked for through the API: ${free} free slots, each as looked up`);
    expect(free).toBeGreaterThan(byApi);
  });
});
