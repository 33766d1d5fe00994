import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInsideHours, type Block } from '../src/features/schedules/slot.domain.ts';
import { aClinic, appointmentMutations, type TestClinic } from './support/clinic.ts';
import { TestClient } from './support/client.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.stop());

const timeZoneChange = `query ($zone: TimeZone!) { timeZoneChange(timeZone: $zone) {
  from to upcomingCount outsideHoursCount outsideHoursNowCount
  examples { dayBefore timeBefore dayAfter timeAfter outsideHours appointment { startsAt patient { name } } } } }`;

const preview = async (client: TestClient, zone: string) => (await client.ask(timeZoneChange, { zone })).timeZoneChange;

/** A clinic with one doctor, 09:00 to 17:00 every day, and appointments at these instants. */
async function aBookedClinic(starts: readonly string[], changes: Record<string, unknown> = {}) {
  const clinic = await aClinic(server, changes);
  const doctor = await clinic.hire('DOCTOR');
  const ids: string[] = [];
  for (const startsAt of starts) {
    const input = {
      patientId: await clinic.aPatient(),
      doctorId: doctor.doctorId,
      serviceId: clinic.serviceId,
      startsAt,
    };
    const { answer } = await clinic.owner.ask(appointmentMutations.book, { input });
    expect(answer.userErrors).toEqual([]);
    ids.push(answer.appointment.id);
  }
  return { clinic, doctor, ids };
}

const setBlocks = (clinic: TestClinic, doctorId: string, blocks: readonly Block[]) =>
  clinic.owner.ask('mutation ($input: SetScheduleInput!) { setSchedule(input: $input) { userErrors { code } } }', {
    input: { doctorId, blocks },
  });

const startsOf = async (clinic: TestClinic): Promise<string[]> =>
  (
    await clinic.owner.ask(
      '{ appointments(first: 100, orderBy: { field: STARTS_AT, direction: ASC }) { nodes { startsAt } } }',
    )
  ).appointments.nodes.map((node: { startsAt: string }) => node.startsAt);

describe('a change of time zone, before it is taken', () => {
  it('tells what would happen to what is to come, and changes nothing', async () => {
    // 09:00, 12:00 and 16:30 in Manila are 10:00, 13:00 and 17:30 in Tokyo.
    const starts = ['2030-03-05T01:00:00.000Z', '2030-03-05T04:00:00.000Z', '2030-03-05T08:30:00.000Z'];
    const { clinic } = await aBookedClinic(starts);

    const answer = await preview(clinic.owner, 'Asia/Tokyo');

    expect(answer).toMatchObject({
      from: 'Asia/Manila',
      to: 'Asia/Tokyo',
      upcomingCount: 3,
      outsideHoursCount: 1,
      outsideHoursNowCount: 0,
    });
    expect(answer.examples).toEqual([
      {
        dayBefore: '2030-03-05',
        timeBefore: '16:30',
        dayAfter: '2030-03-05',
        timeAfter: '17:30',
        outsideHours: true,
        appointment: { startsAt: starts[2], patient: { name: expect.stringMatching(/^Pat /) } },
      },
      expect.objectContaining({ timeBefore: '09:00', timeAfter: '10:00', outsideHours: false }),
      expect.objectContaining({ timeBefore: '12:00', timeAfter: '13:00', outsideHours: false }),
    ]);
    expect(await preview(clinic.owner, 'Asia/Manila')).toMatchObject({ upcomingCount: 3, outsideHoursCount: 0 });
    expect((await clinic.owner.ask('{ viewer { clinic { timeZone } } }')).viewer.clinic.timeZone).toBe('Asia/Manila');
  });

  it('once taken, moves no instant: the same appointments, at another time on the wall', async () => {
    const starts = ['2030-03-05T01:00:00.000Z', '2030-03-05T08:30:00.000Z'];
    const { clinic, doctor } = await aBookedClinic(starts);
    const hours = 'query ($id: ID!) { doctor(id: $id) { schedule { weekday startsAt endsAt } } }';
    const before = await clinic.owner.ask(hours, { id: doctor.doctorId });

    await clinic.owner.ask('mutation { updateClinic(input: { timeZone: "Asia/Tokyo" }) { userErrors { code } } }');

    expect(await startsOf(clinic)).toEqual(starts);
    expect(await clinic.owner.ask(hours, { id: doctor.doctorId })).toEqual(before);
    expect(await preview(clinic.owner, 'Asia/Tokyo')).toMatchObject({
      from: 'Asia/Tokyo',
      outsideHoursNowCount: 1,
      outsideHoursCount: 1,
    });
  });

  it('reads every appointment by the clock of its own day, across a clock change', async () => {
    // Berlin moves its clocks on 31 March 2030: 16:30 in Manila is 09:30 before that and 10:30 after.
    const { clinic, doctor } = await aBookedClinic(['2030-03-29T08:30:00.000Z', '2030-04-01T08:30:00.000Z']);
    await setBlocks(
      clinic,
      doctor.doctorId,
      (['MONDAY', 'FRIDAY'] as const).map((weekday) => ({
        weekday,
        startsAt: '09:00',
        endsAt: '10:30',
        slotMinutes: 30,
      })),
    );

    const { examples, outsideHoursCount } = await preview(clinic.owner, 'Europe/Berlin');

    expect(outsideHoursCount).toBe(1);
    expect(examples).toEqual([
      expect.objectContaining({ dayAfter: '2030-04-01', timeAfter: '10:30', outsideHours: true }),
      expect.objectContaining({ dayAfter: '2030-03-29', timeAfter: '09:30', outsideHours: false }),
    ]);
  });

  it('judges as booking does, hour by hour around a clock change; blocks that touch count as one', async () => {
    const days = ['2030-03-30', '2030-03-31', '2030-04-01'];
    const whole = ['SATURDAY', 'SUNDAY', 'MONDAY'] as const;
    const { clinic, doctor } = await aBookedClinic([]);
    await setBlocks(
      clinic,
      doctor.doctorId,
      whole.map((weekday) => ({ weekday, startsAt: '00:00', endsAt: '23:59', slotMinutes: 5 })),
    );
    const starts = days.flatMap((day) =>
      Array.from({ length: 22 }, (_, hour) => `${day}T${String(hour).padStart(2, '0')}:30:00.000Z`),
    );
    for (const startsAt of starts) {
      const input = {
        patientId: await clinic.aPatient(),
        doctorId: doctor.doctorId,
        serviceId: clinic.serviceId,
        startsAt,
      };
      await clinic.owner.ask(appointmentMutations.book, { input });
    }
    const blocks: Block[] = whole.flatMap((weekday) => [
      { weekday, startsAt: '01:00', endsAt: '03:00', slotMinutes: 30 },
      { weekday, startsAt: '03:00', endsAt: '05:15', slotMinutes: 30 },
      { weekday, startsAt: '20:00', endsAt: '23:45', slotMinutes: 30 },
    ]);
    await setBlocks(clinic, doctor.doctorId, blocks);
    const booked = (await startsOf(clinic)).map((start) => ({
      startsAt: new Date(start),
      endsAt: new Date(Date.parse(start) + 1_800_000),
    }));

    for (const zone of ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland']) {
      const outside = booked.filter((interval) => !isInsideHours(interval, blocks, zone));
      expect([zone, (await preview(clinic.owner, zone)).outsideHoursCount]).toEqual([zone, outside.length]);
    }
    expect(booked.length).toBeGreaterThan(50);
  });

  it('leaves out what is past, cancelled, or another clinic’s, and shows ten at most', async () => {
    const starts = Array.from({ length: 13 }, (_, index) =>
      new Date(Date.parse('2030-03-05T01:00:00Z') + index * 1_800_000).toISOString(),
    );
    const { clinic, ids } = await aBookedClinic(starts);
    await aBookedClinic(['2030-03-05T01:00:00.000Z']);
    await clinic.owner.ask(appointmentMutations.cancel, { input: { appointmentId: ids[0] } });

    const answer = await preview(clinic.owner, 'Asia/Tokyo');

    expect(answer.upcomingCount).toBe(12);
    expect(answer.examples).toHaveLength(10);
  });

  it('is for admins and owners alone', async () => {
    const { clinic } = await aBookedClinic([]);
    const admin = await clinic.hire('ADMIN');
    const zone = { zone: 'Asia/Tokyo' };

    expect((await preview(admin.client, 'Asia/Tokyo')).upcomingCount).toBe(0);
    for (const role of ['DOCTOR', 'NURSE', 'RECEPTIONIST'] as const) {
      expect(await (await clinic.hire(role)).client.codeOf(timeZoneChange, zone)).toBe('FORBIDDEN');
    }
    expect(await (await clinic.enrol()).client.codeOf(timeZoneChange, zone)).toBe('FORBIDDEN');
    expect(await new TestClient(server.url).codeOf(timeZoneChange, zone)).toBe('UNAUTHENTICATED');
    expect(await clinic.owner.codeOf(timeZoneChange, { zone: 'Mars/Olympus' })).toBe('BAD_USER_INPUT');
  });
});
