import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  aClinic,
  appointmentMutations as mutation,
  signIn,
  type TestClinic,
  type TestMember,
} from './support/clinic.ts';
import { query } from './support/database.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';

const hourMs = 60 * 60 * 1_000;

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let desk: TestMember;
let patient: TestMember;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  doctor = await clinic.hire('DOCTOR');
  desk = await clinic.hire('RECEPTIONIST');
  patient = await clinic.enrol();
});

beforeEach(() => server.clock.set(mondayMorning));

afterAll(() => server.stop());

const book = async (startsAt: string) => {
  const input = { patientId: patient.patientId, doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt };
  const { answer } = await desk.client.ask(mutation.book, { input });
  return answer.appointment;
};

const cancel = async (who: TestMember, appointmentId: string, more: Record<string, unknown> = {}) =>
  (await who.client.ask(mutation.cancel, { input: { appointmentId, ...more } })).answer;

const messagesAbout = (appointmentId: string) =>
  query(
    server.database.adminUrl,
    `select type, recipient_user_id = $2 as "toPatient" from notification
     where appointment_id = $1 and type = 'APPOINTMENT_CANCELLED' order by "toPatient"`,
    [appointmentId, patient.userId],
  );

describe('cancelling', () => {
  it('frees the slot for the next one', async () => {
    const { id } = await book('2030-03-05T01:00:00.000Z');

    const answer = await cancel(desk, id, { note: 'The doctor is ill.' });

    expect(answer.appointment).toMatchObject({ status: 'CANCELLED', note: 'The doctor is ill.', archived: true });
    expect((await book('2030-03-05T01:00:00.000Z')).status).toBe('APPROVED');
  });

  it('tells patient and doctor, without whoever did it', async () => {
    const byDesk = await book('2030-03-05T02:00:00.000Z');
    const byDoctor = await book('2030-03-05T03:00:00.000Z');
    const byPatient = await book('2030-03-05T05:00:00.000Z');

    await cancel(desk, byDesk.id);
    await cancel(doctor, byDoctor.id);
    await cancel(patient, byPatient.id);

    const cancelled = 'APPOINTMENT_CANCELLED';
    expect(await messagesAbout(byDesk.id)).toEqual([
      { type: cancelled, toPatient: false },
      { type: cancelled, toPatient: true },
    ]);
    expect(await messagesAbout(byDoctor.id)).toEqual([{ type: cancelled, toPatient: true }]);
    expect(await messagesAbout(byPatient.id)).toEqual([{ type: cancelled, toPatient: false }]);
  });

  it('is the patient’s until two hours before, to the minute, and the front desk’s after that', async () => {
    const startsAt = '2030-03-05T06:00:00.000Z';
    const { id } = await book(startsAt);
    const state = () =>
      patient.client.ask('query ($id: ID!) { appointment(id: $id) { status allowedActions } }', { id });

    server.clock.set(new Date(new Date(startsAt).getTime() - 2 * hourMs));
    const atCutoff = await (
      await reSignedIn()
    ).ask('query ($id: ID!) { appointment(id: $id) { allowedActions } }', { id });
    server.clock.advance(1);
    const signedIn = await reSignedIn();
    const late = await signedIn.ask(mutation.cancel, { input: { appointmentId: id } });
    const afterwards = await signedIn.ask('query ($id: ID!) { appointment(id: $id) { status allowedActions } }', {
      id,
    });
    server.clock.set(mondayMorning);

    expect(atCutoff.appointment.allowedActions).toEqual(['CANCEL', 'RESCHEDULE']);
    expect(late.answer.userErrors[0].code).toBe('TOO_LATE');
    expect(afterwards.appointment).toEqual({ status: 'APPROVED', allowedActions: [] });
    expect((await cancel(desk, id)).appointment.status).toBe('CANCELLED');
    expect((await state()).appointment.status).toBe('CANCELLED');
  });

  it('is refused once it has happened', async () => {
    const { id } = await book('2030-03-06T01:00:00.000Z');
    await cancel(desk, id);

    expect((await cancel(desk, id)).userErrors[0].code).toBe('INVALID_TRANSITION');
  });

  it('refuses a stale version with CONFLICT, and shows the appointment as it is now', async () => {
    const { id } = await book('2030-03-06T02:00:00.000Z');
    await cancel(desk, id, { version: 1 });

    const stale = await cancel(desk, id, { version: 1 });

    expect(stale.userErrors[0].code).toBe('CONFLICT');
    expect(stale.appointment).toMatchObject({ status: 'CANCELLED', version: 2 });
  });
});

/** Access tokens live for minutes of the clock that this file moves. */
const reSignedIn = () => signIn(server.url, patient.email);
