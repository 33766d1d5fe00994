import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aClinic, appointmentMutations as mutation, type TestClinic, type TestMember } from './support/clinic.ts';
import type { Json } from './support/client.ts';
import { query } from './support/database.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let desk: TestMember;
let patient: TestMember;
let day = 0;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  doctor = await clinic.hire('DOCTOR', 'Dr. Ana Reyes');
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

const admin = (text: string, values: unknown[]): Promise<Json[]> => query(server.database.adminUrl, text, values);

const messagesAbout = (id: string) =>
  admin(
    `select recipient_name as name, body from notification where appointment_id = $1 and type = 'APPOINTMENT_RESCHEDULED' order by 1`,
    [id],
  );

const refused = (answer: Json) => answer.userErrors.map((error: { code: string }) => error.code);

describe('moving an appointment', () => {
  it('gives it another time, frees the old one, and keeps where it was in the history', async () => {
    const { id } = await book('09:00');

    const answer = await move(desk, id, '11:00', { note: 'The doctor is late.', version: 1 });

    expect(answer.userErrors).toEqual([]);
    expect(answer.appointment).toMatchObject({
      status: 'APPROVED',
      startsAt: at('11:00'),
      endsAt: at('11:30'),
      note: 'The doctor is late.',
      version: 2,
      allowedActions: ['CANCEL', 'RESCHEDULE'],
    });
    expect(answer.appointment.timeline.at(-1)).toEqual({
      type: 'RESCHEDULED',
      actorName: 'Jun Villanueva',
      fromStatus: 'APPROVED',
      toStatus: 'APPROVED',
      previousStartsAt: at('09:00'),
      note: 'The doctor is late.',
    });
    expect((await book('09:00', { patientId: await clinic.aPatient() })).status).toBe('APPROVED');
  });

  it('takes the length that staff give, the service’s otherwise, and up to 480 minutes', async () => {
    const { id } = await book('09:00');

    const longer = await move(desk, id, '09:00', { durationMinutes: 60 });
    const usual = await move(desk, id, '10:00');
    const tooLong = await move(desk, id, '10:00', { durationMinutes: 481 });

    expect(longer.appointment.endsAt).toBe(at('10:00'));
    expect(usual.appointment.endsAt).toBe(at('10:30'));
    expect(tooLong.userErrors).toEqual([
      {
        code: 'INVALID_INPUT',
        message: 'An appointment lasts at most 480 minutes.',
        field: ['durationMinutes'],
      },
    ]);
  });

  it('tells patient and doctor, without whoever did it', async () => {
    const byDesk = await book('09:00');
    const byDoctor = await book('10:00');
    const byPatient = await book('11:00');

    await move(desk, byDesk.id, '13:00');
    await move(doctor, byDoctor.id, '14:00');
    await move(patient, byPatient.id, '15:00');

    const names = async (id: string) => (await messagesAbout(id)).map(({ name }) => name);
    expect(await names(byDesk.id)).toEqual(['Dr. Ana Reyes', 'Maria Santos']);
    expect(await names(byDoctor.id)).toEqual(['Maria Santos']);
    expect(await names(byPatient.id)).toEqual(['Dr. Ana Reyes']);
  });

  it('to where it is already changes nothing and tells nobody', async () => {
    const { id } = await book('09:00');

    const answer = await move(desk, id, '09:00');

    expect(answer.appointment.version).toBe(1);
    expect(answer.appointment.timeline).toHaveLength(1);
    expect(await messagesAbout(id)).toEqual([]);
  });

  it('into its own old time is no clash with itself', async () => {
    const { id } = await book('09:00');

    expect((await move(desk, id, '09:15')).userErrors).toEqual([]);
  });

  it.each([
    ['SLOT_TAKEN', '10:00', 'This time was just booked. Choose another one.'],
    ['OUTSIDE_SCHEDULE', '20:00', 'The doctor does not work at this time. Choose another one.'],
  ])('refuses with %s and the three nearest free slots, and changes nothing', async (code, wallTime, message) => {
    const { id } = await book('09:00');
    await book('10:00', { patientId: await clinic.aPatient() });

    const answer = await move(desk, id, wallTime);

    expect(answer.userErrors).toEqual([{ code, message, field: ['startsAt'] }]);
    expect(answer.alternativeSlots).toHaveLength(3);
    expect(await admin('select starts_at, version from appointment where id = $1', [id])).toEqual([
      { starts_at: new Date(at('09:00')), version: 1 },
    ]);
  });

  it('offers times at which the patient is free as well, its own old time among them but for its start', async () => {
    const { id } = await book('09:00', { durationMinutes: 60 });
    await book('10:00', { patientId: await clinic.aPatient() });
    const colleague = await clinic.hire('DOCTOR');
    await book('11:00', { doctorId: colleague.doctorId });

    const answer = await move(desk, id, '10:00');

    // At 09:00 it is already, at 10:00 the doctor and at 11:00 the patient is taken.
    const starts = answer.alternativeSlots.map(({ startsAt }: { startsAt: string }) => startsAt);
    expect(starts).toEqual([at('09:30'), at('10:30'), at('11:30')]);
  });

  it('refuses a stale version: says who changed it and when, and shows it as it is now', async () => {
    const { id } = await book('09:00');
    await move(doctor, id, '10:00', { version: 1 });
    server.clock.advance(60_000);

    const moved = await move(desk, id, '11:00', { version: 1 });
    const cancelled = (await desk.client.ask(mutation.cancel, { input: { appointmentId: id, version: 1 } })).answer;

    const message = 'Dr. Ana Reyes changed this appointment at 09:00. Look at it as it is now, then try again.';
    for (const answer of [moved, cancelled]) {
      expect(answer.userErrors).toEqual([{ code: 'CONFLICT', message, field: null }]);
      expect(answer.appointment).toMatchObject({ status: 'APPROVED', startsAt: at('10:00'), version: 2 });
    }
  });

  it('is not possible once it is cancelled, nor while it is only requested', async () => {
    const { id } = await book('09:00');
    await desk.client.ask(mutation.cancel, { input: { appointmentId: id } });
    const input = { doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt: at('10:00') };
    const { answer } = await patient.client.ask(mutation.request, { input });

    expect(refused(await move(desk, id, '11:00'))).toEqual(['INVALID_TRANSITION']);
    expect(refused(await move(patient, answer.appointment.id, '11:00'))).toEqual(['INVALID_TRANSITION']);
  });

  it('leaves one winner when two move into one time at once', async () => {
    const one = await book('09:00');
    const other = await book('10:00', { patientId: await clinic.aPatient() });

    const answers = await Promise.all([move(desk, one.id, '12:00'), move(doctor, other.id, '12:00')]);

    expect(answers.flatMap(refused)).toEqual(['SLOT_TAKEN']);
  });

  it('overtakes a confirmation that has not left yet', async () => {
    const { id } = await book('09:00');
    server.clock.advance(1_000);
    await move(desk, id, '10:00');

    const waiting = await admin(
      `select n.type, exists (select from appointment_event e where e.appointment_id = n.appointment_id
         and e.type = 'RESCHEDULED' and e.at > n.created_at) as overtaken
       from delivery d join notification n on n.id = d.notification_id
       where n.appointment_id = $1 and d.channel = 'EMAIL' order by 1`,
      [id],
    );

    expect(waiting).toEqual([
      { type: 'APPOINTMENT_APPROVED', overtaken: true },
      { type: 'APPOINTMENT_RESCHEDULED', overtaken: false },
    ]);
  });
});
