import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  aClinic,
  appointmentMutations as mutation,
  signIn,
  type TestClinic,
  type TestMember,
} from './support/clinic.ts';
import { settled, type Json } from './support/client.ts';
import { query } from './support/database.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let colleague: TestMember;
let desk: TestMember;
let patient: TestMember;
let day = 0;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  doctor = await clinic.hire('DOCTOR', 'Dr. Ana Reyes');
  colleague = await clinic.hire('DOCTOR', 'Dr. Ramesh Rao');
  desk = await clinic.hire('RECEPTIONIST', 'Jun Villanueva');
  patient = await clinic.enrol({ firstName: 'Maria', lastName: 'Santos' });
});

/** Each test has a day of its own, from Tuesday on. */
beforeEach(() => {
  server.clock.set(mondayMorning);
  day += 1;
});

afterAll(() => server.stop());

/** A wall-clock time in Manila on the test's own day. */
const at = (wallTime: string) =>
  new Date(new Date(`2030-03-04T${wallTime}:00+08:00`).getTime() + day * 24 * 60 * 60 * 1_000).toISOString();

const book = async (wallTime: string, changes: Record<string, unknown> = {}, who = desk): Promise<Json> => {
  const input = {
    patientId: patient.patientId,
    doctorId: doctor.doctorId,
    serviceId: clinic.serviceId,
    startsAt: at(wallTime),
    ...changes,
  };
  return (await who.client.ask(mutation.book, { input })).answer.appointment;
};

const inputFor = (id: string, wallTime: string, more: object = {}) => ({
  input: { appointmentId: id, startsAt: at(wallTime), ...more },
});

const move = async (who: TestMember, id: string, wallTime: string, more: object = {}): Promise<Json> =>
  (await who.client.ask(mutation.reschedule, inputFor(id, wallTime, more))).answer;

const codeOf = (who: TestMember, id: string, wallTime: string, more: object = {}) =>
  who.client.codeOf(mutation.reschedule, inputFor(id, wallTime, more));

const admin = (text: string, values: unknown[]): Promise<Json[]> => query(server.database.adminUrl, text, values);

const messagesAbout = (id: string) =>
  admin(
    `select recipient_name as name, body from notification where appointment_id = $1 and type = 'APPOINTMENT_RESCHEDULED' order by 1`,
    [id],
  );

const refused = (answer: Json) => answer.userErrors.map((error: { code: string }) => error.code);

describe('moving to another doctor', () => {
  it('tells both doctors and hands the history over; to the one before it is gone', async () => {
    const { id } = await book('09:00');

    await move(desk, id, '10:00', { doctorId: colleague.doctorId });

    expect(await messagesAbout(id)).toEqual([
      {
        name: 'Dr. Ana Reyes',
        body: expect.stringMatching(
          /^Maria Santos: Consultation on .* 9:00 AM .* was moved to Dr. Ramesh Rao, .* 10:00 AM/,
        ),
      },
      {
        name: 'Dr. Ramesh Rao',
        body: expect.stringMatching(
          /^Maria Santos: Consultation was moved from Dr. Ana Reyes, .* 9:00 AM .* to .* 10:00 AM/,
        ),
      },
      {
        name: 'Maria Santos',
        body: expect.stringMatching(
          /^Your appointment at Test Clinic on .* was moved: Dr. Ramesh Rao will see you on /,
        ),
      },
    ]);
    const question = 'query ($id: ID!) { appointment(id: $id) { timeline { type } patient { name } } }';
    expect(await colleague.client.ask(question, { id })).toEqual({
      appointment: { timeline: [{ type: 'APPROVED' }, { type: 'RESCHEDULED' }], patient: { name: 'Maria Santos' } },
    });
    expect(await doctor.client.ask(question, { id })).toEqual({ appointment: null });
  });

  it('reaches the screens of both doctors, the old one by its id alone', async () => {
    const { id } = await book('09:00');
    const watching = `subscription { appointmentChanged { type appointmentId appointment { startsAt } } }`;
    const [before, after] = [doctor.client.watch(watching), colleague.client.watch(watching)];
    await settled();

    await move(desk, id, '10:00', { doctorId: colleague.doctorId });

    const update = { type: 'RESCHEDULED', appointmentId: id };
    expect((await before.until(1))[0].appointmentChanged).toEqual({ ...update, appointment: null });
    expect((await after.until(1))[0].appointmentChanged).toEqual({ ...update, appointment: { startsAt: at('10:00') } });
    await Promise.all([before.stop(), after.stop()]);
  });

  it('is for the front desk and the patient, not for a doctor', async () => {
    const { id } = await book('09:00');

    expect(await codeOf(doctor, id, '10:00', { doctorId: colleague.doctorId })).toBe('FORBIDDEN');
    const byPatient = await move(patient, id, '10:00', { doctorId: colleague.doctorId });
    expect(byPatient.userErrors).toEqual([]);
    expect(await codeOf(doctor, id, '11:00')).toBe('NOT_FOUND');
  });

  it('needs one who offers the service and can be booked', async () => {
    const specialist = await clinic.hire('DOCTOR');
    const retired = await clinic.hire('DOCTOR');
    const { createService } = await clinic.owner.ask(
      'mutation { createService(input: { name: "Eyes", durationMinutes: 30, price: "1" }) { service { id } } }',
    );
    await admin('insert into doctor_service (clinic_id, doctor_id, service_id) values ($1, $2, $3)', [
      clinic.id,
      specialist.doctorId,
      createService.service.id,
    ]);
    await admin('update doctor set active = false where id = $1', [retired.doctorId]);
    const { id } = await book('09:00');

    const answers = [
      await move(desk, id, '10:00', { doctorId: specialist.doctorId }),
      await move(desk, id, '10:00', { doctorId: retired.doctorId }),
    ];

    expect(answers.map(({ userErrors }) => [userErrors[0].message, userErrors[0].field])).toEqual([
      ['This doctor does not offer this service. Choose another one.', ['doctorId']],
      ['This doctor cannot be booked now. Choose another one.', ['doctorId']],
    ]);
    await admin('update doctor set active = false where id = any ($1)', [[specialist.doctorId]]);
  });

  it('meets no deadlock when two swap doctors at once', async () => {
    const pairs = await Promise.all(
      ['09:00', '10:00', '11:00', '13:00'].map(async (wallTime) => [
        wallTime,
        (await book(wallTime, { patientId: await clinic.aPatient() })).id,
        (await book(wallTime, { patientId: await clinic.aPatient(), doctorId: colleague.doctorId })).id,
      ]),
    );

    const later = (wallTime: string) => wallTime.replace(':00', ':30');
    const answers = await Promise.all(
      pairs.flatMap(([wallTime = '', mine = '', theirs = '']) => [
        move(desk, mine, later(wallTime), { doctorId: colleague.doctorId }),
        move(desk, theirs, later(wallTime), { doctorId: doctor.doctorId }),
      ]),
    );

    expect(answers.flatMap(refused)).toEqual([]);
  });
});

describe('who may move', () => {
  it('is the patient until the clinic’s cutoff, own appointments alone, and never their length', async () => {
    const { id } = await book('15:00');
    const neighbour = await clinic.enrol();

    expect(await codeOf(neighbour, id, '16:00')).toBe('NOT_FOUND');
    expect(await codeOf(patient, id, '16:00', { durationMinutes: 60 })).toBe('FORBIDDEN');
    expect(await codeOf(patient, id, '16:00', { overbookReason: 'please' })).toBe('FORBIDDEN');
    server.clock.set(new Date(new Date(at('13:00')).getTime() + 1));
    const late = await signIn(server.url, patient.email);
    const { answer } = await late.ask(mutation.reschedule, inputFor(id, '16:00'));
    expect(answer.userErrors).toEqual([
      {
        code: 'TOO_LATE',
        message: 'Up to 2 hours before, you can move it by yourself. Call the clinic now.',
        field: null,
      },
    ]);
    expect(await admin('select version from appointment where id = $1', [id])).toEqual([{ version: 1 }]);
  });

  it('is not a nurse, another doctor, nor another clinic', async () => {
    const { id } = await book('09:00');
    const nurse = await clinic.hire('NURSE');
    const stranger = { ...desk, client: (await aClinic(server)).owner };

    expect(await codeOf(nurse, id, '10:00')).toBe('FORBIDDEN');
    expect(await codeOf(colleague, id, '10:00')).toBe('NOT_FOUND');
    expect(await codeOf(stranger, id, '10:00')).toBe('NOT_FOUND');
  });
});

describe('booking on top of another appointment', () => {
  it('is possible by moving, for a reason, for the doctor, an admin and the owner, not the front desk; audited', async () => {
    await book('10:00', { patientId: await clinic.aPatient() });
    const { id } = await book('09:00');
    const empty = await move(doctor, id, '10:00', { overbookReason: '  ' });

    expect(await codeOf(desk, id, '10:00', { overbookReason: 'urgent' })).toBe('FORBIDDEN');
    const answer = await move(doctor, id, '10:00', { overbookReason: 'In pain' });

    expect(empty.userErrors[0]).toMatchObject({ code: 'INVALID_INPUT', field: ['overbookReason'] });
    expect(answer.userErrors).toEqual([]);
    const rows = await admin('select overbook_reason, holds_slot from appointment where id = $1', [id]);
    const audit = await admin(
      `select changes -> 'overbookReason' as reason from audit_entry where subject_id = $1 and action = 'appointment.reschedule'`,
      [id],
    );
    expect(rows).toEqual([{ overbook_reason: 'In pain', holds_slot: false }]);
    expect(audit).toEqual([{ reason: [null, 'In pain'] }]);
  });

  it('ends with a move into a free time, which it holds again', async () => {
    await book('10:00', { patientId: await clinic.aPatient() });
    const { id } = await book('10:00', { overbookReason: 'In pain' }, doctor);

    await move(desk, id, '14:00');

    expect(await admin('select overbook_reason, holds_slot from appointment where id = $1', [id])).toEqual([
      { overbook_reason: null, holds_slot: true },
    ]);
    expect(
      (
        await desk.client.ask(mutation.book, {
          input: {
            patientId: await clinic.aPatient(),
            doctorId: doctor.doctorId,
            serviceId: clinic.serviceId,
            startsAt: at('14:00'),
          },
        })
      ).answer.userErrors[0].code,
    ).toBe('SLOT_TAKEN');
  });
});
