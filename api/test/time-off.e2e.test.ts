import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, appointmentMutations, type TestClinic, type TestMember } from './support/clinic.ts';
import { settled, type Json, type LiveTest, type TestClient } from './support/client.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  doctor = await clinic.hire('DOCTOR', 'Dr. Ana Reyes');
});

afterAll(() => server.stop());

const timeOffPayload = `{ timeOff { id doctorId startsAt endsAt reason } affectedAppointments { id startsAt } affectedCount
  userErrors { code message field } }`;
const addTimeOff = `mutation ($input: AddTimeOffInput!) { answer: addTimeOff(input: $input) ${timeOffPayload} }`;
const removeTimeOff = `mutation ($id: ID!) { answer: removeTimeOff(id: $id) ${timeOffPayload} }`;

describe('adding time off', () => {
  const week = { startsAt: '2030-05-06T00:00:00.000Z', endsAt: '2030-05-11T00:00:00.000Z' };
  const add = async (client: TestClient, changes: object = {}): Promise<Json> =>
    (await client.ask(addTimeOff, { input: { doctorId: doctor.doctorId, ...week, ...changes } })).answer;
  const count = async () =>
    (await query(server.database.adminUrl, 'select from time_off where clinic_id = $1', [clinic.id])).length;

  const book = async (ofDoctor: TestMember, startsAt: string, more: object = {}): Promise<string> => {
    const input = { doctorId: ofDoctor.doctorId, serviceId: clinic.serviceId, startsAt, ...more };
    const { answer } = await clinic.owner.ask(appointmentMutations.book, {
      input: { patientId: await clinic.aPatient(), ...input },
    });
    return answer.appointment.id;
  };

  it('shows what falls into it and needs a new time: booked or asked for, of that doctor, still to come', async () => {
    const [own, colleague] = [await clinic.hire('DOCTOR'), await clinic.hire('DOCTOR')];
    const intoIt = await book(own, '2030-05-06T01:00:00.000Z', { durationMinutes: 60 });
    const patientId = await clinic.aPatient();
    const request = { patientId, doctorId: own.doctorId, serviceId: clinic.serviceId };
    const { answer: asked } = await clinic.owner.ask(appointmentMutations.request, {
      input: { ...request, startsAt: '2030-05-06T05:00:00.000Z' },
    });
    const cancelled = await book(own, '2030-05-06T03:00:00.000Z');
    await clinic.owner.ask(appointmentMutations.cancel, { input: { appointmentId: cancelled } });
    await book(own, '2030-05-06T08:00:00.000Z');
    await book(colleague, '2030-05-06T03:00:00.000Z');

    const answer = await add(own.client, {
      doctorId: own.doctorId,
      startsAt: '2030-05-06T01:30:00.000Z',
      endsAt: '2030-05-06T08:00:00.000Z',
      reason: ' Conference ',
    });

    expect(answer).toEqual({
      timeOff: {
        id: expect.any(String),
        doctorId: own.doctorId,
        startsAt: '2030-05-06T01:30:00.000Z',
        endsAt: '2030-05-06T08:00:00.000Z',
        reason: 'Conference',
      },
      affectedAppointments: [
        { id: intoIt, startsAt: '2030-05-06T01:00:00.000Z' },
        { id: asked.appointment.id, startsAt: '2030-05-06T05:00:00.000Z' },
      ],
      affectedCount: 2,
      userErrors: [],
    });
  });

  it('closes the whole clinic without a doctor, for an admin and the owner', async () => {
    const [one, other] = [await clinic.hire('DOCTOR'), await clinic.hire('DOCTOR')];
    const ids = [await book(one, '2030-05-07T01:00:00.000Z'), await book(other, '2030-05-07T01:00:00.000Z')];
    const day = { doctorId: null, startsAt: '2030-05-07T00:00:00.000Z', endsAt: '2030-05-08T00:00:00.000Z' };

    const refused = await doctor.client.codeOf(addTimeOff, { input: day });
    const answer = await add((await clinic.hire('ADMIN')).client, day);

    expect(refused).toBe('FORBIDDEN');
    expect(answer.timeOff.doctorId).toBeNull();
    expect(answer.affectedAppointments.map(({ id }: { id: string }) => id).sort()).toEqual(ids.sort());
    expect((await clinic.owner.ask(removeTimeOff, { id: answer.timeOff.id })).answer.userErrors).toEqual([]);
  });

  it('keeps bookings out from then on, and lets them in again when it is removed', async () => {
    const own = await clinic.hire('DOCTOR');
    const { timeOff } = await add(own.client, { doctorId: own.doctorId });
    const input = {
      patientId: await clinic.aPatient(),
      doctorId: own.doctorId,
      serviceId: clinic.serviceId,
      startsAt: '2030-05-07T01:00:00.000Z',
    };

    const away = await clinic.owner.ask(appointmentMutations.book, { input });
    const removed = (await own.client.ask(removeTimeOff, { id: timeOff.id })).answer;
    const back = await clinic.owner.ask(appointmentMutations.book, { input });

    expect(away.answer.userErrors[0].message).toBe('The doctor is away at this time. Choose another one.');
    expect(removed).toEqual({ timeOff, affectedAppointments: [], affectedCount: 0, userErrors: [] });
    expect(back.answer.appointment.status).toBe('APPROVED');
    expect(await own.client.codeOf(removeTimeOff, { id: timeOff.id })).toBe('NOT_FOUND');
  });

  it('is there once when it is asked for twice at once', async () => {
    const own = await clinic.hire('DOCTOR');

    const [one, other] = await Promise.all([
      add(own.client, { doctorId: own.doctorId }),
      add(clinic.owner, { doctorId: own.doctorId }),
    ]);

    expect(other.timeOff).toEqual(one.timeOff);
    const { doctor: seen } = await own.client.ask('query ($id: ID!) { doctor(id: $id) { timeOff { id } } }', {
      id: own.doctorId,
    });
    expect(seen.timeOff).toEqual([{ id: one.timeOff.id }]);
  });

  it('lets no booking slip in between: each is refused, or shown as affected', async () => {
    const own = await clinic.hire('DOCTOR');
    const starts = Array.from({ length: 8 }, (_none, hour) => `2030-05-08T0${hour + 1}:00:00.000Z`);
    const patients = await Promise.all(starts.map(() => clinic.aPatient()));

    const [answer, ...bookings] = await Promise.all([
      add(clinic.owner, { doctorId: own.doctorId }),
      ...starts.map((startsAt, index) => {
        const input = { patientId: patients[index], doctorId: own.doctorId, serviceId: clinic.serviceId, startsAt };
        return clinic.owner.ask(appointmentMutations.book, { input });
      }),
    ]);

    const booked = bookings.flatMap(({ answer: { appointment } }) => (appointment === null ? [] : [appointment.id]));
    const affected = answer.affectedAppointments.map(({ id }: { id: string }) => id);
    expect(affected.sort()).toEqual(booked.sort());
  });

  it.each([
    ['an end that is the start', { endsAt: week.startsAt }, 'The end must come after the start.'],
    [
      'what has passed',
      { startsAt: '2030-01-01T00:00:00Z', endsAt: '2030-01-02T00:00:00Z' },
      'This time has passed. Choose a later end.',
    ],
    ['more than a year', { endsAt: '2031-05-08T00:00:00Z' }, 'Enter at most 366 days at a time.'],
  ])('is refused for %s', async (_what, changes, message) => {
    const before = await count();

    const answer = await add(doctor.client, changes);

    expect(answer.userErrors).toEqual([{ code: 'INVALID_INPUT', message, field: ['endsAt'] }]);
    expect(await count()).toBe(before);
  });

  it("is a doctor's own alone: a colleague's does not exist, the front desk and patients are refused", async () => {
    const colleague = await clinic.hire('DOCTOR');
    const { timeOff } = await add(clinic.owner, { doctorId: colleague.doctorId });
    const others = [await clinic.hire('RECEPTIONIST'), await clinic.hire('NURSE'), await clinic.enrol()];
    const before = await count();

    const input = { doctorId: colleague.doctorId, ...week };
    expect(await doctor.client.codeOf(addTimeOff, { input })).toBe('NOT_FOUND');
    expect(await doctor.client.codeOf(removeTimeOff, { id: timeOff.id })).toBe('NOT_FOUND');
    expect(await (await aClinic(server)).owner.codeOf(removeTimeOff, { id: timeOff.id })).toBe('NOT_FOUND');
    for (const { client } of others) {
      expect(await client.codeOf(addTimeOff, { input })).toBe('FORBIDDEN');
      expect(await client.codeOf(removeTimeOff, { id: timeOff.id })).toBe('FORBIDDEN');
    }
    expect(await count()).toBe(before);
  });
});

describe('a change of working hours or time off', () => {
  it('reaches the screens of the staff: all, or those of one doctor with what concerns the whole clinic', async () => {
    const place = await aClinic(server);
    const [one, other] = [await place.hire('DOCTOR'), await place.hire('DOCTOR')];
    const desk = await place.hire('RECEPTIONIST');
    const watching = 'subscription ($of: ID) { scheduleChanged(doctorId: $of) { doctorId } }';
    const everything = desk.client.watch(watching);
    const ofOne = other.client.watch(watching, { of: one.doctorId });
    const asPatient = (await place.enrol()).client.watch(watching);
    await settled();
    const week = { startsAt: '2030-07-01T00:00:00.000Z', endsAt: '2030-07-06T00:00:00.000Z' };

    await place.owner.ask(addTimeOff, { input: { doctorId: other.doctorId, ...week } });
    const { answer } = await place.owner.ask(addTimeOff, { input: { doctorId: one.doctorId, ...week } });
    await place.owner.ask(addTimeOff, { input: week });
    await one.client.ask(removeTimeOff, { id: answer.timeOff.id });
    await one.client.ask(
      'mutation ($id: ID!) { setSchedule(input: { doctorId: $id, blocks: [] }) { userErrors { code } } }',
      { id: one.doctorId },
    );

    const seen = async (live: LiveTest, count: number) =>
      (await live.until(count)).map(({ scheduleChanged }) => scheduleChanged.doctorId);
    const own = one.doctorId;
    expect(await seen(everything, 5)).toEqual([other.doctorId, own, null, own, own]);
    expect(await seen(ofOne, 4)).toEqual([own, null, own, own]);
    expect(asPatient.failures[0].extensions.code).toBe('FORBIDDEN');
    await Promise.all([everything, ofOne, asPatient].map((live) => live.stop()));
  });
});

describe('time off', () => {
  it("is the doctor's own and the whole clinic's, in order, within the days that were asked for", async () => {
    const colleague = await clinic.hire('DOCTOR');
    const rows: [string | null, string, string, string][] = [
      [doctor.doctorId, '2030-03-06T00:00:00Z', '2030-03-07T00:00:00Z', 'Conference'],
      [null, '2030-03-05T00:00:00Z', '2030-03-06T00:00:00Z', 'Inventory'],
      [colleague.doctorId, '2030-03-05T00:00:00Z', '2030-03-06T00:00:00Z', 'Wedding'],
    ];
    for (const [doctorId, startsAt, endsAt, reason] of rows)
      await clinic.owner.ask(addTimeOff, { input: { doctorId, startsAt, endsAt, reason } });
    const question = `query ($id: ID!) { doctor(id: $id) {
      all: timeOff { reason startsAt } later: timeOff(from: "2030-03-06T00:00:00Z") { reason }
      earlier: timeOff(to: "2030-03-06T00:00:00Z") { reason } } }`;

    const data = await clinic.owner.ask(question, { id: doctor.doctorId });

    expect(data.doctor).toEqual({
      all: [
        { reason: 'Inventory', startsAt: '2030-03-05T00:00:00.000Z' },
        { reason: 'Conference', startsAt: '2030-03-06T00:00:00.000Z' },
      ],
      later: [{ reason: 'Conference' }],
      earlier: [{ reason: 'Inventory' }],
    });
  });

  it('is for staff to read: a patient gets FORBIDDEN and null', async () => {
    const patient = await clinic.enrol();

    const { data, errors } = await patient.client.send('{ doctors { timeOff { reason } } }');

    expect(data.doctors.every((each: { timeOff: unknown }) => each.timeOff === null)).toBe(true);
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(['FORBIDDEN']));
  });
});
