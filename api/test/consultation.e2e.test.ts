import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import type { Json } from './support/client.ts';
import { query } from './support/database.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';
import { aVisit, codes, step, visitOperations as visits } from './support/visits.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let colleague: TestMember;
let desk: TestMember;
let nurse: TestMember;
let admin: TestMember;
let patient: TestMember;
let stranger: TestMember;
/** A visit of the patient, with the doctor. */
let visit: string;

beforeAll(async () => {
  server = await startTestServer();
  server.clock.set(mondayMorning);
  clinic = await aClinic(server);
  [colleague, desk, nurse, admin, stranger] = await Promise.all([
    clinic.hire('DOCTOR'),
    clinic.hire('RECEPTIONIST'),
    clinic.hire('NURSE'),
    clinic.hire('ADMIN'),
    clinic.enrol(),
  ]);
});

beforeEach(async () => {
  doctor = await clinic.hire('DOCTOR');
  patient = await clinic.enrol();
  visit = await aVisit(clinic, desk, { doctorId: doctor.doctorId, patientId: patient.patientId });
  await step(desk, visits.start, { id: visit });
});

afterAll(() => server.stop());

const admins = (text: string, values: unknown[]): Promise<Json[]> => query(server.database.adminUrl, text, values);
const write = (changes: Record<string, unknown>, who = doctor) =>
  step(who, visits.write, { input: { visitId: visit, ...changes } });
const complete = (changes: Record<string, unknown> = {}) =>
  step(doctor, visits.complete, { input: { visitId: visit, ...changes } });
const clinical = `query ($id: ID!) { visit(id: $id) { consultation { notes diagnosis addenda { text author { name } } }
  vitals { pulse temperature } } }`;
const read = async (who: TestMember): Promise<Json> =>
  (await who.client.send(clinical, { id: visit })).data?.visit ?? null;

describe('the notes of a consultation', () => {
  it('are saved again and again, what is left out stays and null clears', async () => {
    const first = await write({ symptoms: 'Itching', notes: 'Red eye.' });
    const second = await write({ notes: 'Red eye, left.', diagnosis: 'Conjunctivitis', version: 1 });
    await write({ symptoms: null, version: 2 });

    expect(codes(first)).toEqual([]);
    expect(second.visit.consultation).toEqual({
      notes: 'Red eye, left.',
      diagnosis: 'Conjunctivitis',
      locked: false,
      version: 2,
    });
    expect(await admins('select symptoms from consultation where visit_id = $1', [visit])).toEqual([
      { symptoms: null },
    ]);
  });

  it('lose no word when two windows save them: the second hears of the first and has both', async () => {
    await write({ notes: 'From the first window.' });

    const clash = await write({ notes: 'From the second window.' });

    expect(codes(clash)).toEqual(['CONFLICT']);
    expect(clash.visit.consultation).toMatchObject({ notes: 'From the first window.', version: 1 });
  });

  it('of two that save at the same moment keep one, and refuse the other', async () => {
    const answers = await Promise.all([write({ notes: 'One.' }), write({ notes: 'Two.' })]);

    expect(answers.map(codes).sort()).toEqual([[], ['CONFLICT']]);
  });

  it('are locked by the completion; then there are addenda, and the trail names no word of them', async () => {
    await write({ notes: 'Red eye.' });
    expect(codes(await step(doctor, visits.add, { id: visit, text: 'Too early.' }))).toEqual(['INVALID_TRANSITION']);
    const done = await complete({ followUpOn: '2030-03-18' });

    expect(done.visit).toMatchObject({ status: 'COMPLETED', followUpOn: '2030-03-18', allowedActions: [] });
    expect(codes(await write({ notes: 'Rewritten.', version: 1 }))).toEqual(['INVALID_TRANSITION']);
    expect(codes(await step(doctor, visits.add, { id: visit, text: 'Culture: negative.' }))).toEqual([]);
    expect((await read(doctor)).consultation).toMatchObject({
      notes: 'Red eye.',
      addenda: [{ text: 'Culture: negative.' }],
    });
    const trail = await admins(`select changes::text text from audit_entry where subject_id = $1`, [visit]);
    expect(trail.map(({ text }) => text).join(' ')).not.toMatch(/Red eye|Culture/);
  });

  it('hold an eye exam in quarter dioptres, and say which figure is wrong', async () => {
    const right = { sphere: '-1.25', cylinder: '-0.50', axis: 90, visualAcuity: '6/9' };

    expect(codes(await write({ eyeExam: { right, left: {} } }))).toEqual([]);
    const wrong = await write({
      eyeExam: { right: { sphere: '-1.30' }, left: { cylinder: '-0.50' } },
      version: 1,
    });

    expect(wrong.userErrors.map((error: Json) => error.field)).toEqual([
      ['eyeExam', 'right', 'sphere'],
      ['eyeExam', 'left', 'axis'],
    ]);
  });
});

describe('completing', () => {
  it('is the treating doctor’s alone', async () => {
    for (const who of [desk, nurse, admin]) {
      expect(await who.client.codeOf(visits.complete, { input: { visitId: visit } })).toBe('FORBIDDEN');
    }
    expect(await colleague.client.codeOf(visits.complete, { input: { visitId: visit } })).toBe('NOT_FOUND');
    expect(await clinic.owner.codeOf(visits.complete, { input: { visitId: visit } })).toBe('FORBIDDEN');
    expect(await admins('select status from visit where id = $1', [visit])).toEqual([{ status: 'IN_PROGRESS' }]);
  });

  it('tells the front desk and the patient, and closes the treatment where the clinic says so', async () => {
    const policy = (value: string) =>
      clinic.owner.ask(`mutation { updateClinic(input: { closeOutPolicy: ${value} }) { userErrors { code } } }`);
    await policy('ON_CONSULTATION_COMPLETED');
    const done = await complete();
    await policy('AFTER_PAYMENT');

    expect(done.visit.appointment.status).toBe('TREATED');
    const told = await admins(
      `select recipient_user_id as who from notification where appointment_id = $1 and type = 'CONSULTATION_COMPLETED'`,
      [done.visit.appointment.id],
    );
    expect(told.map(({ who }) => who)).toEqual(expect.arrayContaining([desk.userId, patient.userId, admin.userId]));
    expect(told).toHaveLength(4);
  });

  it('leaves the appointment checked in where the bill comes first', async () => {
    expect((await complete()).visit.appointment.status).toBe('CHECKED_IN');
  });

  it('wants a later day for the follow-up', async () => {
    expect(codes(await complete({ followUpOn: '2030-03-04' }))).toEqual(['INVALID_INPUT']);
  });
});

describe('what is clinical of a visit', () => {
  beforeEach(async () => {
    await write({ notes: 'Red eye.' });
    await step(nurse, visits.vitals, { input: { visitId: visit, pulse: 72, temperature: '36.6' } });
  });

  it('is the treating doctor’s; the patient reads the notes once they are locked', async () => {
    expect((await read(doctor)).consultation.notes).toBe('Red eye.');
    expect((await read(patient)).consultation).toBeNull();
    await complete();
    expect((await read(patient)).consultation.notes).toBe('Red eye.');
    expect((await read(patient)).vitals).toEqual({ pulse: 72, temperature: '36.6' });
    await step(doctor, visits.add, { id: visit, text: 'Culture: negative.' });
    const [addendum] = (await read(patient)).consultation.addenda;
    expect(addendum).toEqual({ text: 'Culture: negative.', author: { name: expect.stringMatching(/^DOCTOR/) } });
  });

  it('is FORBIDDEN to the desk, admin and owner, and of it a nurse reads the vital signs', async () => {
    for (const who of [desk, admin]) {
      const { data, errors } = await who.client.send(clinical, { id: visit });
      expect(data.visit).toEqual({ consultation: null, vitals: null });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    }
    expect((await read(nurse)).vitals).toEqual({ pulse: 72, temperature: '36.6' });
    expect((await read(nurse)).consultation).toBeNull();
  });

  it('is not there for another patient, nor for a doctor until the patient is theirs', async () => {
    await complete();
    expect(await read(stranger)).toBeNull();
    expect(await read(colleague)).toBeNull();

    await aVisit(clinic, desk, { doctorId: colleague.doctorId, patientId: patient.patientId });

    expect((await read(colleague)).consultation.notes).toBe('Red eye.');
    expect(await colleague.client.codeOf(visits.write, { input: { visitId: visit, notes: 'Mine now.' } })).toBe(
      'NOT_FOUND',
    );
  });

  it('is unchanged after anybody else tried to write it', async () => {
    const input = { visitId: visit, notes: 'Not mine to write', version: 1 };
    for (const who of [desk, nurse, admin, patient])
      expect(await who.client.codeOf(visits.write, { input })).toBe('FORBIDDEN');
    expect(await colleague.client.codeOf(visits.write, { input })).toBe('NOT_FOUND');
    expect(await desk.client.codeOf(visits.vitals, { input: { visitId: visit, pulse: 60 } })).toBe('FORBIDDEN');

    expect((await read(doctor)).consultation.notes).toBe('Red eye.');
  });

  it('refuses vital signs that nobody has', async () => {
    const answer = await step(nurse, visits.vitals, { input: { visitId: visit, pulse: 900, temperature: '366' } });

    expect(answer.userErrors.map((error: Json) => error.field)).toEqual([['temperature'], ['pulse']]);
  });

  it('when read is written down for the patient to see', async () => {
    await read(nurse);

    const seen = await admins(
      `select actor_user_id as who from audit_entry where action = 'patient.read' and subject_id = $1`,
      [patient.patientId],
    );
    expect(seen.map(({ who }) => who)).toContain(nurse.userId);
  });
});
