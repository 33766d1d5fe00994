import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runDue } from '../src/app/due-running.service.ts';
import {
  aClinic,
  appointmentMutations as mutation,
  signIn,
  type TestClinic,
  type TestMember,
} from './support/clinic.ts';
import type { Json } from './support/client.ts';
import { query } from './support/database.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';

const minuteMs = 60_000;

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
  await clinic.hire('NURSE');
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
  new Date(new Date(`2030-03-04T${wallTime}:00+08:00`).getTime() + day * 24 * 60 * minuteMs).toISOString();

const book = async (wallTime: string): Promise<Json> => {
  const input = {
    patientId: patient.patientId,
    doctorId: doctor.doctorId,
    serviceId: clinic.serviceId,
    startsAt: at(wallTime),
  };
  return (await desk.client.ask(mutation.book, { input })).answer.appointment;
};

const admin = (text: string, values: unknown[]): Promise<Json[]> => query(server.database.adminUrl, text, values);

const refused = (answer: Json) => answer.userErrors.map((error: { code: string }) => error.code);

describe('the alert of a likely no-show', () => {
  /** Who was told so far, after everything ran that is due at this wall-clock time. */
  async function toldAt(id: string, wallTime: string, workers = 1): Promise<string[]> {
    server.clock.set(new Date(at(wallTime)));
    const place = { clinicId: clinic.id, clockOffsetMs: 0 };
    await Promise.all(Array.from({ length: workers }, () => runDue(server.runtime, place)));
    const rows = await admin(
      `select recipient_name as name from notification where appointment_id = $1 and type = 'NO_SHOW_ALERT' order by 1`,
      [id],
    );
    return rows.map(({ name }) => name);
  }

  const frontDesk = ['Jun Villanueva', 'Olive Owner'];

  it('reaches the front desk, once, fifteen minutes after the start to the minute, however many workers there are', async () => {
    const { id } = await book('09:00');

    expect(await toldAt(id, '09:14')).toEqual([]);
    expect(await toldAt(id, '09:15', 3)).toEqual(frontDesk);
    expect(await toldAt(id, '09:16')).toEqual(frontDesk);
    const client = await signIn(server.url, desk.email);
    const { notifications } = await client.ask(
      '{ notifications(first: 1) { nodes { type title body appointment { id status } } } }',
    );
    expect(notifications.nodes).toEqual([
      {
        type: 'NO_SHOW_ALERT',
        title: 'Likely no-show',
        body: expect.stringMatching(
          /^Maria Santos is not checked in. Consultation with Dr. Ana Reyes was to begin on .* 9:00 AM/,
        ),
        appointment: { id, status: 'APPROVED' },
      },
    ]);
  });

  it('does not fall for what was cancelled or marked meanwhile, nor for a request', async () => {
    const [cancelled, marked] = [await book('09:00'), await book('10:00')];
    const input = { doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt: at('11:00') };
    const { answer: asked } = await patient.client.ask(mutation.request, { input });
    await desk.client.ask(mutation.cancel, { input: { appointmentId: cancelled.id } });
    server.clock.set(new Date(at('10:05')));
    const client = await signIn(server.url, desk.email);
    await client.ask(mutation.noShow, { input: { appointmentId: marked.id } });

    for (const { id } of [cancelled, marked, asked.appointment]) expect(await toldAt(id, '16:00')).toEqual([]);
    expect(await admin(`select from due where clinic_id = $1 and kind = 'NO_SHOW_ALERT'`, [clinic.id])).toEqual([]);
  });

  it('does not fall for whoever was checked in, and falls at once when that was a mistake found out later', async () => {
    const { id } = await book('09:00');
    server.clock.set(new Date(at('08:50')));
    const step = async (name: string) =>
      (await signIn(server.url, desk.email)).ask(
        `mutation ($id: ID!) { ${name}(input: { appointmentId: $id }) { userErrors { code } } }`,
        { id },
      );

    await step('checkIn');
    expect(await toldAt(id, '09:20')).toEqual([]);
    await step('undoCheckIn');
    expect(await toldAt(id, '09:20')).toEqual(frontDesk);
  });

  it('moves with the appointment', async () => {
    const { id } = await book('09:00');
    await desk.client.ask(mutation.reschedule, { input: { appointmentId: id, startsAt: at('11:00') } });

    expect(await toldAt(id, '11:14')).toEqual([]);
    expect(await toldAt(id, '11:15')).toEqual(frontDesk);
  });

  it('moves when the clinic decides to wait for another while', async () => {
    const { id } = await book('09:00');
    const wait =
      'mutation ($minutes: Int!) { updateClinic(input: { noShowAfterMinutes: $minutes }) { userErrors { code } } }';

    await clinic.owner.ask(wait, { minutes: 5 });
    await toldAt(id, '08:00');

    expect(await toldAt(id, '09:04')).toEqual([]);
    expect(await toldAt(id, '09:05')).toEqual(frontDesk);
    server.clock.set(mondayMorning);
    await clinic.owner.ask(wait, { minutes: 15 });
  });
});

describe('marking a no-show', () => {
  const markNoShow = async (appointmentId: string, client = desk.client) =>
    (await client.ask(mutation.noShow, { input: { appointmentId } })).answer;

  it('is possible once the start has passed, once, and frees the time', async () => {
    const { id } = await book('09:00');

    const early = await markNoShow(id);
    server.clock.set(new Date(at('09:00')));
    const client = await signIn(server.url, desk.email);
    const done = await markNoShow(id, client);
    const again = await markNoShow(id, client);

    expect(early.userErrors).toEqual([
      { code: 'INVALID_TRANSITION', message: 'This appointment has not begun yet. Wait until it has.', field: null },
    ]);
    expect(done.appointment).toMatchObject({ status: 'NO_SHOW', archived: false, allowedActions: ['CHECK_IN'] });
    expect(done.appointment.timeline.at(-1)).toMatchObject({ type: 'NO_SHOW', fromStatus: 'APPROVED' });
    expect(refused(again)).toEqual(['INVALID_TRANSITION']);
    expect(await admin('select holds_slot from appointment where id = $1', [id])).toEqual([{ holds_slot: false }]);
  });

  it('is the front desk’s, not a doctor’s or a patient’s', async () => {
    const { id } = await book('09:00');
    server.clock.set(new Date(at('09:00')));

    for (const { email } of [doctor, patient]) {
      const client = await signIn(server.url, email);
      expect(await client.codeOf(mutation.noShow, { input: { appointmentId: id } })).toBe('FORBIDDEN');
    }
  });
});
