import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import type { Json } from './support/client.ts';
import { query } from './support/database.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';
import { anAppointmentAt, aVisit, codes, step, visitOperations as visits } from './support/visits.ts';

const minuteMs = 60_000;

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let desk: TestMember;
let nurse: TestMember;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  [desk, nurse] = await Promise.all([clinic.hire('RECEPTIONIST'), clinic.hire('NURSE')]);
});

/** Each test has a doctor of its own. */
beforeEach(async () => {
  server.clock.set(mondayMorning);
  doctor = await clinic.hire('DOCTOR');
});

afterAll(() => server.stop());

const inMinutes = (minutes: number) => new Date(server.clock.now().getTime() + minutes * minuteMs).toISOString();
const booked = async (minutes = 30) =>
  anAppointmentAt(clinic, desk, {
    doctorId: doctor.doctorId,
    patientId: await clinic.aPatient(),
    startsAt: inMinutes(minutes),
  });

const admin = (text: string, values: unknown[]): Promise<Json[]> => query(server.database.adminUrl, text, values);

describe('checking in', () => {
  it('opens a visit with the day’s next number, and tells the doctor', async () => {
    const [first, second] = [await booked(30), await booked(60)];

    const one = await step(desk, visits.checkIn, { id: first });
    const two = await step(nurse, visits.checkIn, { id: second });

    expect(one.userErrors).toEqual([]);
    expect(one.visit).toMatchObject({
      status: 'WAITING',
      queuePosition: 1,
      appointment: { status: 'CHECKED_IN' },
      allowedActions: ['CALL', 'START', 'MARK_LEFT', 'REASSIGN'],
    });
    expect(two.visit).toMatchObject({ queueNumber: one.visit.queueNumber + 1, queuePosition: 2 });
    const told = await admin(
      `select recipient_user_id from notification where appointment_id = $1 and type = 'PATIENT_ARRIVED'`,
      [first],
    );
    expect(told).toEqual([{ recipient_user_id: doctor.userId }]);
  });

  it('gives fifty patients at once fifty numbers', async () => {
    const patients = await Promise.all(Array.from({ length: 50 }, () => clinic.aPatient()));

    await Promise.all(patients.map((patientId) => aVisit(clinic, desk, { doctorId: doctor.doctorId, patientId })));

    const { queue } = await desk.client.ask(visits.queue, { doctorId: doctor.doctorId });
    const numbers = queue.waiting.map((visit: Json) => visit.queueNumber);
    expect(new Set(numbers).size).toBe(50);
    expect(Math.max(...numbers) - Math.min(...numbers)).toBe(49);
    expect(queue.waiting.map((visit: Json) => visit.queuePosition)).toEqual(
      Array.from({ length: 50 }, (_none, index) => index + 1),
    );
  });

  it('twice at once opens one visit', async () => {
    const id = await booked();

    const answers = await Promise.all([1, 2, 3].map(() => step(desk, visits.checkIn, { id })));

    expect(answers.map(codes).sort()).toEqual([['INVALID_TRANSITION'], ['INVALID_TRANSITION'], []].sort());
    expect(await admin('select count(*)::int n from visit where appointment_id = $1', [id])).toEqual([{ n: 1 }]);
  });

  it('is for the appointment’s own clinic day', async () => {
    const id = await booked(24 * 60 + 30);

    expect(codes(await step(desk, visits.checkIn, { id }))).toEqual(['NOT_TODAY']);
  });

  it('takes whoever comes late on the same day, without the slot', async () => {
    const id = await booked(2);
    server.clock.advance(3 * minuteMs);
    await desk.client.ask('mutation ($id: ID!) { markNoShow(input: { appointmentId: $id }) { userErrors { code } } }', {
      id,
    });

    const late = await step(desk, visits.checkIn, { id });

    expect(late.visit).toMatchObject({ status: 'WAITING', appointment: { status: 'CHECKED_IN' } });
    expect(await admin('select holds_slot from appointment where id = $1', [id])).toEqual([{ holds_slot: false }]);
  });

  it('is undone while the patient waits, and a later one opens a new visit', async () => {
    const id = await booked();
    const { visit } = await step(desk, visits.checkIn, { id });

    const undone = await step(desk, visits.undoCheckIn, { id });
    const again = await step(desk, visits.checkIn, { id });

    expect(undone.appointment.status).toBe('APPROVED');
    expect((await desk.client.ask(visits.read, { id: visit.id })).visit).toBeNull();
    expect(again.visit.queueNumber).toBe(visit.queueNumber + 1);
  });

  it('is not undone once the patient was called, nor offered to be', async () => {
    const id = await booked();
    const offered = async (): Promise<string[]> =>
      (await desk.client.ask('query ($id: ID!) { appointment(id: $id) { allowedActions } }', { id })).appointment
        .allowedActions;
    const { visit } = await step(desk, visits.checkIn, { id });
    expect(await offered()).toContain('UNDO_CHECK_IN');
    await step(desk, visits.call, { id: visit.id });

    expect(await offered()).not.toContain('UNDO_CHECK_IN');
    expect(codes(await step(desk, visits.undoCheckIn, { id }))).toEqual(['INVALID_TRANSITION']);
  });
});

describe('a walk-in', () => {
  it('is an appointment for now with its visit, outside all hours, and nobody is told that it is confirmed', async () => {
    server.clock.advance(-120 * minuteMs);
    const id = await aVisit(clinic, nurse, { doctorId: doctor.doctorId });

    const { visit } = await desk.client.ask(visits.read, { id });

    expect(visit).toMatchObject({ status: 'WAITING', appointment: { status: 'CHECKED_IN' } });
    expect(await admin('select source, holds_slot from appointment where id = $1', [visit.appointment.id])).toEqual([
      { source: 'WALK_IN', holds_slot: false },
    ]);
    const types = await admin('select type from notification where appointment_id = $1', [visit.appointment.id]);
    expect(types).toEqual([{ type: 'PATIENT_ARRIVED' }]);
  });

  it('of a doctor is their own', async () => {
    const other = await clinic.hire('DOCTOR');
    const input = {
      patientId: await clinic.aPatient(),
      doctorId: other.doctorId,
      serviceId: clinic.serviceId,
    };

    // A patient whom this doctor has never seen is not there for them.
    expect(await doctor.client.codeOf(visits.walkIn, { input })).toBe('FORBIDDEN');
  });
});
