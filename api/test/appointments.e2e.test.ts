import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, appointmentMutations as mutation, type TestClinic, type TestMember } from './support/clinic.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let desk: TestMember;
let nurse: TestMember;
let patient: TestMember;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  doctor = await clinic.hire('DOCTOR', 'Dr. Ana Reyes');
  desk = await clinic.hire('RECEPTIONIST', 'Jun Villanueva');
  nurse = await clinic.hire('NURSE');
  patient = await clinic.enrol({ firstName: 'Maria', lastName: 'Santos' });
});

afterAll(() => server.stop());

/** A time on Tuesday, as it is in Manila; each test takes one of its own. */
const tuesday = (wallTime: string) => new Date(`2030-03-05T${wallTime}:00+08:00`).toISOString();

const request = async (wallTime: string, who = patient, changes: Record<string, unknown> = {}) =>
  (
    await who.client.ask(mutation.request, {
      input: { doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt: tuesday(wallTime), ...changes },
    })
  ).answer;

const book = async (wallTime: string, who = desk, changes: Record<string, unknown> = {}) =>
  (
    await who.client.ask(mutation.book, {
      input: {
        patientId: patient.patientId,
        doctorId: doctor.doctorId,
        serviceId: clinic.serviceId,
        startsAt: tuesday(wallTime),
        ...changes,
      },
    })
  ).answer;

const step = async (who: TestMember, text: string, appointmentId: string, more: Record<string, unknown> = {}) =>
  (await who.client.ask(text, { input: { appointmentId, ...more } })).answer;

const codes = (answer: { userErrors: { code: string }[] }) => answer.userErrors.map((error) => error.code);

describe('asking for an appointment', () => {
  it('makes a request that holds no slot and that the patient may cancel', async () => {
    const { appointment, userErrors } = await request('09:00');

    expect(userErrors).toEqual([]);
    expect(appointment).toMatchObject({
      status: 'REQUESTED',
      startsAt: '2030-03-05T01:00:00.000Z',
      endsAt: '2030-03-05T01:30:00.000Z',
      allowedActions: ['CANCEL'],
      overdue: false,
      archived: false,
      timeline: [{ type: 'REQUESTED', actorName: 'Maria Santos', fromStatus: null, toStatus: 'REQUESTED', note: null }],
    });
    expect((await book('09:00', desk, { patientId: await clinic.aPatient() })).appointment.status).toBe('APPROVED');
  });

  it('takes one request of a patient for a time, however often and however fast it comes', async () => {
    const another = await clinic.enrol();

    const answers = await Promise.all([1, 2, 3].map(() => request('16:00', another)));

    expect(answers.map(codes).sort()).toEqual([[], ['ALREADY_EXISTS'], ['ALREADY_EXISTS']]);
    expect(codes(await request('16:00', await clinic.enrol()))).toEqual([]);
  });

  it('refuses a time that somebody holds, with the three nearest free slots', async () => {
    await book('10:00', desk, { patientId: await clinic.aPatient() });

    const answer = await request('10:00');

    expect(answer.appointment).toBeNull();
    expect(answer.userErrors).toEqual([
      { code: 'SLOT_TAKEN', message: 'This time was just booked. Choose another one.', field: ['startsAt'] },
    ]);
    expect(answer.alternativeSlots.map((slot: { startsAt: string }) => slot.startsAt)).toEqual([
      '2030-03-05T01:30:00.000Z',
      '2030-03-05T02:30:00.000Z',
      '2030-03-05T03:00:00.000Z',
    ]);
  });

  it('refuses the past, the hours outside the schedule and the hours before it ends', async () => {
    const refusals = [
      await request('09:00', patient, { startsAt: '2030-03-04T00:59:00.000Z' }),
      await request('08:30'),
      await request('16:45'),
    ];

    expect(refusals.map(codes)).toEqual([['OUTSIDE_SCHEDULE'], ['OUTSIDE_SCHEDULE'], ['OUTSIDE_SCHEDULE']]);
  });

  it("is FORBIDDEN for a nurse, and a patient cannot ask in another patient's name", async () => {
    const input = { doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt: tuesday('11:00') };

    expect(await nurse.client.codeOf(mutation.request, { input })).toBe('FORBIDDEN');
    const other = await clinic.aPatient();
    expect(await patient.client.codeOf(mutation.request, { input: { ...input, patientId: other } })).toBe('NOT_FOUND');
    expect(await query(server.database.adminUrl, 'select 1 from appointment where patient_id = $1', [other])).toEqual(
      [],
    );
  });

  it('is approved at once where the clinic answers requests automatically', async () => {
    const automatic = await aClinic(server);
    const theirDoctor = await automatic.hire('DOCTOR');
    const theirPatient = await automatic.enrol();
    await query(server.database.adminUrl, `update clinic set request_policy = 'AUTOMATIC' where id = $1`, [
      automatic.id,
    ]);

    const { answer } = await theirPatient.client.ask(mutation.request, {
      input: { doctorId: theirDoctor.doctorId, serviceId: automatic.serviceId, startsAt: tuesday('09:00') },
    });

    expect(answer.appointment.status).toBe('APPROVED');
  });
});

describe('booking', () => {
  it('is approved at once, and refuses a slot that overlaps another booking of the same doctor', async () => {
    const first = await book('11:00', desk, { patientId: await clinic.aPatient() });
    const second = await book('11:15', desk, { patientId: await clinic.aPatient() });

    expect(first.appointment.status).toBe('APPROVED');
    expect(codes(second)).toEqual(['SLOT_TAKEN']);
  });

  it('refuses a patient who has another appointment at that time, with any doctor', async () => {
    const colleague = await clinic.hire('DOCTOR');
    const patientId = await clinic.aPatient();
    await book('11:30', desk, { patientId });

    const answer = await book('11:30', desk, { patientId, doctorId: colleague.doctorId });

    expect(answer.userErrors[0].message).toBe('The patient has another appointment at this time. Choose another one.');
  });

  it('goes on top of another one for a stated reason by a doctor, and never by a receptionist', async () => {
    await book('13:00', desk, { patientId: await clinic.aPatient() });
    const patientId = await clinic.aPatient();
    await book('13:30', desk, { patientId });
    const input = { patientId, doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt: tuesday('13:00') };

    const refused = await desk.client.codeOf(mutation.book, { input: { ...input, overbookReason: 'urgent' } });
    const afterRefusal = await query(
      server.database.adminUrl,
      'select starts_at from appointment where patient_id = $1',
      [patientId],
    );
    const { answer } = await doctor.client.ask(mutation.book, { input: { ...input, overbookReason: 'urgent' } });

    expect(refused).toBe('FORBIDDEN');
    expect(afterRefusal).toEqual([{ starts_at: new Date(tuesday('13:30')) }]);
    expect(answer.appointment.status).toBe('APPROVED');
  });

  it("is refused to a doctor in a colleague's calendar", async () => {
    const colleague = await clinic.hire('DOCTOR');
    const patientId = await clinic.aPatient();
    const input = { patientId, doctorId: colleague.doctorId, serviceId: clinic.serviceId, startsAt: tuesday('09:00') };

    expect(await doctor.client.codeOf(mutation.book, { input })).toBe('FORBIDDEN');
  });

  it("finds nothing of another clinic's: patient, doctor or service", async () => {
    const other = await aClinic(server);
    const theirPatient = await other.aPatient();
    const input = {
      patientId: theirPatient,
      doctorId: doctor.doctorId,
      serviceId: clinic.serviceId,
      startsAt: tuesday('14:00'),
    };

    expect(await desk.client.codeOf(mutation.book, { input })).toBe('NOT_FOUND');
    expect(
      await desk.client.codeOf(mutation.book, {
        input: { ...input, patientId: patient.patientId, serviceId: other.serviceId },
      }),
    ).toBe('NOT_FOUND');
  });
});

describe('answering a request', () => {
  it('approves, and then it cannot be approved again', async () => {
    const { appointment } = await request('14:00');

    const approved = await step(doctor, mutation.approve, appointment.id);
    const again = await step(doctor, mutation.approve, appointment.id);

    expect(approved.appointment).toMatchObject({
      status: 'APPROVED',
      version: 2,
      allowedActions: ['CANCEL', 'RESCHEDULE'],
    });
    expect(codes(again)).toEqual(['INVALID_TRANSITION']);
    expect(approved.appointment.timeline.at(-1)).toMatchObject({
      type: 'APPROVED',
      actorName: 'Dr. Ana Reyes',
      fromStatus: 'REQUESTED',
    });
  });

  it('checks the slot once more: the request that comes second is told so', async () => {
    const first = await request('14:30');
    const second = await request('14:30', await clinic.enrol());
    await step(doctor, mutation.approve, first.appointment.id);

    const answer = await step(doctor, mutation.approve, second.appointment.id);

    expect(codes(answer)).toEqual(['SLOT_TAKEN']);
    expect(answer.alternativeSlots).toHaveLength(3);
  });

  it('rejects with a note that the patient reads, and never without one', async () => {
    const { appointment } = await request('15:00');

    const silent = await step(doctor, mutation.reject, appointment.id, { note: '   ' });
    server.clock.advance(1_000);
    const rejected = await step(doctor, mutation.reject, appointment.id, { note: 'I am in surgery.' });

    expect(silent.userErrors).toEqual([
      { code: 'NOTE_REQUIRED', message: 'Write a note: it tells the patient why.', field: ['note'] },
    ]);
    expect(rejected.appointment).toMatchObject({
      status: 'REJECTED',
      archived: true,
      note: 'I am in surgery.',
      allowedActions: [],
    });
    const { notifications } = await patient.client.ask('{ notifications(first: 1) { nodes { type body readAt } } }');
    expect(notifications.nodes).toEqual([
      {
        type: 'APPOINTMENT_REJECTED',
        body: 'Dr. Ana Reyes at Test Clinic cannot see you on Tue, March 5, 2030 at 3:00 PM GMT+8. Note: I am in surgery.',
        readAt: null,
      },
    ]);
  });

  it('is the front desk’s only where the clinic says so', async () => {
    const { appointment } = await request('15:30');

    const before = await desk.client.send(mutation.approve, { input: { appointmentId: appointment.id } });
    await query(server.database.adminUrl, `update clinic set request_policy = 'FRONT_DESK' where id = $1`, [clinic.id]);
    const allowed = await desk.client.ask('query ($id: ID!) { appointment(id: $id) { allowedActions } }', {
      id: appointment.id,
    });
    const after = await step(desk, mutation.approve, appointment.id);
    await query(server.database.adminUrl, `update clinic set request_policy = 'DOCTOR' where id = $1`, [clinic.id]);

    expect(before.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(allowed.appointment.allowedActions).toEqual(['APPROVE', 'REJECT', 'CANCEL']);
    expect(after.appointment.status).toBe('APPROVED');
  });

  it("is NOT_FOUND for another doctor, another clinic's owner and another patient", async () => {
    const { appointment } = await request('16:00');
    const strangers = [await clinic.hire('DOCTOR'), { ...doctor, client: (await aClinic(server)).owner }];

    for (const stranger of strangers) {
      expect(await stranger.client.codeOf(mutation.approve, { input: { appointmentId: appointment.id } })).toBe(
        'NOT_FOUND',
      );
    }
    const otherPatient = await clinic.enrol();
    expect(await otherPatient.client.codeOf(mutation.cancel, { input: { appointmentId: appointment.id } })).toBe(
      'NOT_FOUND',
    );
    expect(
      await otherPatient.client.ask('query ($id: ID!) { appointment(id: $id) { id } }', { id: appointment.id }),
    ).toEqual({ appointment: null });
  });
});
