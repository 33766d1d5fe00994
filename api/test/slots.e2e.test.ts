import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aClinic, appointmentMutations, type TestClinic, type TestMember } from './support/clinic.ts';
import { TestClient, type Answer } from './support/client.ts';
import { query } from './support/database.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let anyone: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  anyone = new TestClient(server.url);
});

/** Each test has a clinic of its own, with one doctor who works every day 09:00 to 17:00 in half-hour slots. */
beforeEach(async () => {
  server.clock.set(mondayMorning);
  clinic = await aClinic(server);
  doctor = await clinic.hire('DOCTOR', 'Dr. Ana Reyes');
});

afterAll(() => server.stop());

const slotsQuery = `query ($slug: String, $serviceId: ID!, $doctorId: ID, $from: Date!, $to: Date!, $first: Int) {
  availableSlots(slug: $slug, serviceId: $serviceId, doctorId: $doctorId, from: $from, to: $to, first: $first) {
    doctorId startsAt endsAt } }`;

const send = (client: TestClient, variables: Record<string, unknown> = {}): Promise<Answer> =>
  client.send(slotsQuery, { serviceId: clinic.serviceId, from: '2030-03-05', to: '2030-03-05', ...variables });

async function slots(variables: Record<string, unknown> = {}, client = clinic.owner) {
  const { data } = await send(client, variables);
  const found: { doctorId: string; startsAt: string; endsAt: string }[] = data.availableSlots;
  return found;
}

const startsOf = async (variables: Record<string, unknown> = {}, client = clinic.owner): Promise<string[]> =>
  (await slots(variables, client)).map(({ startsAt }) => startsAt);

const manila = (...times: string[]): string[] =>
  times.map((time) => new Date(`2030-03-05T${time}:00+08:00`).toISOString());

const halfHours = Array.from(
  { length: 16 },
  (_none, index) => `${String(9 + Math.floor(index / 2)).padStart(2, '0')}:${index % 2 === 0 ? '00' : '30'}`,
);
const without = (...taken: string[]): string[] => manila(...halfHours.filter((time) => !taken.includes(time)));

const admin = (text: string, values: unknown[] = []) => query(server.database.adminUrl, text, values);

const takeTimeOff = (doctorId: string | null, startsAt: string, endsAt: string) =>
  admin(
    'insert into time_off (id, clinic_id, doctor_id, starts_at, ends_at, created_at) values ($1, $2, $3, $4, $5, $4)',
    [randomUUID(), clinic.id, doctorId, startsAt, endsAt],
  );

async function aService(durationMinutes: number): Promise<string> {
  const mutation = `mutation ($minutes: Int!) {
    createService(input: { name: "Other", durationMinutes: $minutes, price: "1" }) { service { id } } }`;
  return (await clinic.owner.ask(mutation, { minutes: durationMinutes })).createService.service.id;
}

async function appoint(mutation: string, startsAt: string): Promise<void> {
  const input = {
    patientId: await clinic.aPatient(),
    doctorId: doctor.doctorId,
    serviceId: clinic.serviceId,
    startsAt,
  };
  const { answer } = await clinic.owner.ask(mutation, { input });
  expect(answer.userErrors).toEqual([]);
}

describe('free slots', () => {
  it("are a doctor's whole working day when nothing is booked", async () => {
    const found = await slots();

    expect(found.map(({ startsAt }) => startsAt)).toEqual(without());
    expect(found[0]).toEqual({
      doctorId: doctor.doctorId,
      startsAt: '2030-03-05T01:00:00.000Z',
      endsAt: '2030-03-05T01:30:00.000Z',
    });
  });

  it('are as long as the service and end with the working day', async () => {
    const serviceId = await aService(90);

    const found = await slots({ serviceId });

    expect(found[0]?.endsAt).toBe('2030-03-05T02:30:00.000Z');
    expect(found.map(({ startsAt }) => startsAt)).toEqual(without('16:00', '16:30'));
  });

  it("are all doctors' in order of start, or those of the one who is named", async () => {
    const second = await clinic.hire('DOCTOR', 'Dr. Ramesh Rao');

    const all = await slots({ first: 3 });
    const named = await slots({ first: 1, doctorId: second.doctorId });

    expect(all.map(({ doctorId, startsAt }) => [doctorId, startsAt])).toEqual([
      [doctor.doctorId, '2030-03-05T01:00:00.000Z'],
      [second.doctorId, '2030-03-05T01:00:00.000Z'],
      [doctor.doctorId, '2030-03-05T01:30:00.000Z'],
    ]);
    expect(named.map(({ doctorId }) => doctorId)).toEqual([second.doctorId]);
  });

  it('leave out appointments, and come back when one is cancelled', async () => {
    await appoint(appointmentMutations.book, '2030-03-05T02:00:00.000Z');

    const taken = await startsOf();
    await admin(`update appointment set status = 'CANCELLED', holds_slot = false where clinic_id = $1`, [clinic.id]);
    const freed = await startsOf();

    expect(taken).toEqual(without('10:00'));
    expect(freed).toEqual(without());
  });

  it('are not held by a request', async () => {
    await appoint(appointmentMutations.request, '2030-03-05T02:00:00.000Z');

    expect(await startsOf()).toEqual(without());
  });

  it("leave out the doctor's time off and the whole clinic's", async () => {
    const second = await clinic.hire('DOCTOR');
    await takeTimeOff(doctor.doctorId, '2030-03-05T01:15:00Z', '2030-03-05T02:00:00Z');
    await takeTimeOff(null, '2030-03-05T04:00:00Z', '2030-03-05T05:00:00Z');

    expect(await startsOf({ doctorId: doctor.doctorId })).toEqual(without('09:00', '09:30', '12:00', '12:30'));
    expect(await startsOf({ doctorId: second.doctorId })).toEqual(without('12:00', '12:30'));
  });

  it('leave out what has passed: at nine, nine is gone', async () => {
    const today = { slug: clinic.slug, from: '2030-03-04', to: '2030-03-04' };

    const atNine = await startsOf(today, anyone);
    server.clock.set(new Date('2030-03-04T08:30:00Z'));
    const atHalfPastFour = await startsOf(today, anyone);
    const pastDays = await startsOf({ ...today, from: '2030-03-01', to: '2030-03-03' }, anyone);

    expect(atNine).toHaveLength(15);
    expect(atNine[0]).toBe('2030-03-04T01:30:00.000Z');
    expect(atHalfPastFour).toEqual([]);
    expect(pastDays).toEqual([]);
  });

  it('of an archived service, or of a doctor who cannot be booked, do not exist', async () => {
    const archived = await aService(30);
    await admin('update service set archived_at = now() where id = $1', [archived]);

    expect(await startsOf({ serviceId: archived })).toEqual([]);
    await admin('update doctor set active = false where id = $1', [doctor.doctorId]);
    expect(await startsOf()).toEqual([]);
    expect(await startsOf({ doctorId: doctor.doctorId })).toEqual([]);
  });

  it('are offered by the doctors alone who offer the service', async () => {
    const second = await clinic.hire('DOCTOR');
    const eyes = await aService(30);
    await admin('insert into doctor_service (clinic_id, doctor_id, service_id) values ($1, $2, $3)', [
      clinic.id,
      second.doctorId,
      eyes,
    ]);

    const consultations = await slots();
    const examinations = await slots({ serviceId: eyes });

    expect(new Set(consultations.map(({ doctorId }) => doctorId))).toEqual(new Set([doctor.doctorId]));
    expect(new Set(examinations.map(({ doctorId }) => doctorId))).toEqual(new Set([doctor.doctorId, second.doctorId]));
    expect(await startsOf({ doctorId: second.doctorId })).toEqual([]);
  });

  it("of another clinic's service or doctor do not exist", async () => {
    const other = await aClinic(server);
    const stranger = await other.hire('DOCTOR');

    expect(await startsOf({ serviceId: other.serviceId })).toEqual([]);
    expect(await startsOf({ doctorId: stranger.doctorId })).toEqual([]);
  });
});

describe('anybody', () => {
  it("sees a clinic's free slots by its address on the web, signed in elsewhere or not at all", async () => {
    const other = await aClinic(server);

    expect(await startsOf({ slug: clinic.slug }, anyone)).toEqual(without());
    expect(await startsOf({ slug: clinic.slug }, other.owner)).toEqual(without());
  });

  it('learns of a booked slot nothing but that it is not free', async () => {
    await appoint(appointmentMutations.book, '2030-03-05T02:00:00.000Z');

    expect(await startsOf({ slug: clinic.slug }, anyone)).toEqual(without('10:00'));
  });

  it("gets NOT_FOUND for an address that is nobody's, and UNAUTHENTICATED without one", async () => {
    const unknown = await send(anyone, { slug: 'no-such-clinic' });
    const unnamed = await send(anyone);

    expect(unknown.errors?.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND']);
    expect(unnamed.errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  });
});

describe('asking for free slots', () => {
  it('is possible for 62 days and 500 slots', async () => {
    const found = await startsOf({ from: '2030-03-04', to: '2030-05-04', first: 500 });

    expect(found).toHaveLength(500);
  });

  it('returns 100 when the number is left out', async () => {
    expect(await startsOf({ from: '2030-03-04', to: '2030-05-04' })).toHaveLength(100);
  });

  it.each([
    ['63 days', { from: '2030-03-04', to: '2030-05-05' }, 'to', 'Ask for at most 62 days.'],
    ['a last day before the first', { to: '2030-03-04' }, 'to', 'The last day comes before the first.'],
    ['501 slots', { first: 501 }, 'first', 'Ask for 1 to 500 slots.'],
    ['no slot', { first: 0 }, 'first', 'Ask for 1 to 500 slots.'],
    ['the year 9999', { from: '9999-12-31', to: '9999-12-31' }, 'from', 'Expected a Date such as 2026-03-02.'],
    ['a day that no calendar has', { from: '2030-02-30' }, 'from', 'Expected a Date such as 2026-03-02.'],
    ['a service that is a doctor', { serviceId: 'doctor' }, 'serviceId', 'This is not the id of a service.'],
  ])('is refused for %s', async (_what, changes, field, message) => {
    const named = { ...changes, ...('serviceId' in changes && { serviceId: doctor.doctorId }) };

    const { errors } = await send(clinic.owner, named);

    expect(errors?.[0]?.message).toBe(message);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: [field] });
  });

  it.each([
    ['America/New_York', '2030-03-09', '2030-03-10', ['2030-03-09T14:00:00.000Z', '2030-03-10T13:00:00.000Z']],
    ['America/New_York', '2030-11-02', '2030-11-03', ['2030-11-02T13:00:00.000Z', '2030-11-03T14:00:00.000Z']],
    ['Australia/Lord_Howe', '2030-04-06', '2030-04-07', ['2030-04-05T22:00:00.000Z', '2030-04-06T22:30:00.000Z']],
    ['Australia/Lord_Howe', '2030-10-05', '2030-10-06', ['2030-10-04T22:30:00.000Z', '2030-10-05T22:00:00.000Z']],
  ])("in %s finds the day's first at 09:00, across a change of the clocks", async (timeZone, from, to, expected) => {
    clinic = await aClinic(server, { timeZone });
    doctor = await clinic.hire('DOCTOR');

    const firsts = [(await startsOf({ from, to: from, first: 1 }))[0], (await startsOf({ from: to, to, first: 1 }))[0]];

    expect(firsts).toEqual(expected);
  });
});

describe('a clinic that moves to another time zone', () => {
  it('keeps its working hours on the wall clock, and what is booked at its instant', async () => {
    await appoint(appointmentMutations.book, '2030-03-05T02:00:00.000Z');
    const firstThree = { doctorId: doctor.doctorId, first: 3 };

    const before = await startsOf(firstThree);
    await clinic.owner.ask('mutation { updateClinic(input: { timeZone: "Asia/Kolkata" }) { userErrors { code } } }');
    const after = await startsOf(firstThree);

    // 09:00, 09:30 and 10:30 in Manila; in Kolkata 09:00 begins at 03:30 UTC, after the booking at 07:30.
    expect(before).toEqual(manila('09:00', '09:30', '10:30'));
    expect(after).toEqual(['2030-03-05T03:30:00.000Z', '2030-03-05T04:00:00.000Z', '2030-03-05T04:30:00.000Z']);
  });
});
