import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import { settled, type Json } from './support/client.ts';
import { query } from './support/database.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';
import { aVisit, codes, step, visitOperations as visits } from './support/visits.ts';

const minuteMs = 60_000;

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let other: TestMember;
let desk: TestMember;
let admin: TestMember;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  [other, desk, admin] = await Promise.all([clinic.hire('DOCTOR'), clinic.hire('RECEPTIONIST'), clinic.hire('ADMIN')]);
});

/** Each test has a doctor of its own. */
beforeEach(async () => {
  server.clock.set(mondayMorning);
  doctor = await clinic.hire('DOCTOR');
});

afterAll(() => server.stop());

const sql = (text: string, values: unknown[]): Promise<Json[]> => query(server.database.adminUrl, text, values);
const waiting = (patientId?: string) => aVisit(clinic, desk, { doctorId: doctor.doctorId, patientId });
const minutes = (count: number) => server.clock.advance(count * minuteMs);

describe('the queue', () => {
  it('has the urgent first, then the earlier', async () => {
    const first = await waiting();
    minutes(1);
    const second = await waiting();
    minutes(1);
    const third = await waiting();

    await step(desk, visits.reassign, { input: { visitId: third, priority: 'URGENT' } });

    const { queue } = await desk.client.ask(visits.queue, { doctorId: doctor.doctorId });
    expect(queue.waiting.map(({ id, queuePosition }: Json) => [id, queuePosition])).toEqual([
      [third, 1],
      [first, 2],
      [second, 3],
    ]);
  });

  it('calls, sends back to the same place, sends in, and tells doctor and patient', async () => {
    const patient = await clinic.enrol();
    const id = await waiting(patient.patientId);

    expect((await step(desk, visits.call, { id })).visit).toMatchObject({ status: 'CALLED', queuePosition: 1 });
    expect((await step(desk, visits.back, { id })).visit).toMatchObject({ status: 'WAITING', queuePosition: 1 });
    const { visit } = await step(desk, visits.start, { id });

    expect(visit).toMatchObject({ status: 'IN_PROGRESS', queuePosition: null });
    const told = await sql(
      `select type, recipient_user_id from notification where appointment_id = $1 and type <> 'PATIENT_ARRIVED' order by type`,
      [visit.appointment.id],
    );
    expect(told).toEqual([
      { type: 'CONSULTATION_STARTED', recipient_user_id: patient.userId },
      { type: 'PATIENT_WITH_DOCTOR', recipient_user_id: doctor.userId },
    ]);
  });

  it('sends one patient in at a time, however many press at once', async () => {
    const ids = [await waiting(), await waiting(), await waiting()];

    const answers = await Promise.all(ids.map((id) => step(desk, visits.start, { id })));

    expect(answers.map(codes).sort()).toEqual([[], ['DOCTOR_BUSY'], ['DOCTOR_BUSY']].sort());
  });

  it('undoes a start from the desk for five minutes, and from the doctor at any time', async () => {
    const id = await waiting();
    await step(desk, visits.start, { id });
    minutes(6);

    expect(codes(await step(desk, visits.back, { id }))).toEqual(['INVALID_TRANSITION']);
    expect((await step(doctor, visits.back, { id })).visit).toMatchObject({ status: 'WAITING' });
    await step(desk, visits.start, { id });
    minutes(3);
    expect((await step(desk, visits.back, { id })).visit).toMatchObject({ status: 'WAITING' });
  });

  it('does not undo from the desk what the doctor has written in', async () => {
    const id = await waiting();
    await step(desk, visits.start, { id });
    await step(doctor, visits.write, { input: { visitId: id, notes: 'Red eye.' } });

    expect(codes(await step(desk, visits.back, { id }))).toEqual(['INVALID_TRANSITION']);
  });

  it('lets a patient leave, and cancels what they came for without a letter', async () => {
    const patient = await clinic.enrol();
    const id = await waiting(patient.patientId);

    const { visit } = await step(desk, visits.leave, { id });

    expect(visit).toMatchObject({ status: 'LEFT', appointment: { status: 'CANCELLED' }, allowedActions: [] });
    expect(
      await sql(`select type from notification where appointment_id = $1 and type = 'APPOINTMENT_CANCELLED'`, [
        visit.appointment.id,
      ]),
    ).toEqual([]);
  });

  it('closes a running consultation by admin or owner alone, with a reason, and locks the notes', async () => {
    const id = await waiting();
    await step(desk, visits.start, { id });
    await step(doctor, visits.write, { input: { visitId: id, notes: 'Began to write' } });

    expect(await desk.client.codeOf(visits.leave, { id })).toBe('FORBIDDEN');
    expect(codes(await step(admin, visits.leave, { id }))).toEqual(['NOTE_REQUIRED']);
    const closed = await step(admin, visits.leave, { id, reason: 'The doctor had to go' });

    expect(closed.visit.status).toBe('LEFT');
    expect(await sql('select locked_at is not null locked from consultation where visit_id = $1', [id])).toEqual([
      { locked: true },
    ]);
  });

  it('gives a patient who waits to another doctor, whose day it is then', async () => {
    const id = await waiting();

    const { visit } = await step(desk, visits.reassign, { input: { visitId: id, doctorId: other.doctorId } });

    expect(visit.doctor.id).toBe(other.doctorId);
    expect((await doctor.client.ask(visits.read, { id })).visit).not.toBeNull();
    expect((await doctor.client.ask(visits.queue)).queue.waiting).toEqual([]);
    expect((await other.client.ask(visits.queue)).queue.waiting.map((row: Json) => row.id)).toEqual([id]);
    expect((await step(other, visits.start, { id })).visit.status).toBe('IN_PROGRESS');
  });

  it('says how long it takes from the doctor’s last consultations, less what the running one has used', async () => {
    for (const length of [1, 2, 4]) {
      const id = await waiting();
      await step(doctor, visits.start, { id });
      minutes(length);
      await step(doctor, visits.complete, { input: { visitId: id } });
    }
    await step(doctor, visits.start, { id: await waiting() });
    minutes(1);
    const [next, afterNext] = [await waiting(), await waiting()];

    const waits = await Promise.all(
      [next, afterNext].map(async (id) => (await desk.client.ask(visits.read, { id })).visit.estimatedWaitMinutes),
    );

    // The median is 2 minutes, 1 of them is used.
    expect(waits).toEqual([1, 3]);
  });

  it('shows a patient their own place and nobody else', async () => {
    await waiting();
    const patient = await clinic.enrol();
    const id = await waiting(patient.patientId);

    expect((await patient.client.ask(visits.read, { id })).visit).toMatchObject({
      queuePosition: 2,
      allowedActions: [],
    });
    expect(await patient.client.codeOf(visits.queue)).toBe('FORBIDDEN');
  });

  it('is not moved by a doctor whose patient it is not', async () => {
    const id = await waiting();
    for (const operation of [visits.call, visits.start, visits.back])
      expect(await other.client.codeOf(operation, { id })).toBe('NOT_FOUND');

    expect((await desk.client.ask(visits.read, { id })).visit.status).toBe('WAITING');
  });
});

describe('the live queue', () => {
  it('reaches the desk, the doctor whose patient it is, and the patient who waits', async () => {
    const patient = await clinic.enrol();
    const first = await waiting();
    const second = await waiting(patient.patientId);
    const live = `subscription ($of: ID) { queueChanged(doctorId: $of) { visit { id queuePosition } queue { waiting { id queuePosition } inProgress { id } } } }`;
    const sentInTo = `subscription { patientWithDoctor { visit { id patient { visits(first: 10) { nodes { id } } } } } }`;
    const atDesk = desk.client.watch(live, { of: doctor.doctorId });
    const atDoctor = doctor.client.watch(live);
    const atPatient = patient.client.watch(live);
    const atOther = other.client.watch(live);
    const sentIn = doctor.client.watch(sentInTo);
    await settled();

    await step(desk, visits.start, { id: first });

    const waitingNow = [{ id: second, queuePosition: 1 }];
    expect((await atDesk.until(1))[0].queueChanged.queue).toEqual({ waiting: waitingNow, inProgress: [{ id: first }] });
    expect((await atDoctor.until(1))[0].queueChanged.visit.id).toBe(first);
    expect((await atPatient.until(1))[0].queueChanged).toEqual({
      visit: null,
      queue: { waiting: waitingNow, inProgress: [] },
    });
    expect((await sentIn.until(1))[0].patientWithDoctor.visit).toMatchObject({ id: first });
    expect(atOther.received).toEqual([]);
    for (const open of [atDesk, atDoctor, atPatient, atOther, sentIn]) await open.stop();
  });
});
