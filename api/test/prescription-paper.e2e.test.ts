import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import type { Json } from './support/client.ts';
import { query } from './support/database.ts';
import { isOver, isPdf, openAt, opened, prescriptionsShown, voiding } from './support/prescriptions.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';
import { aVisit, prescribe, step, visitOperations as visits } from './support/visits.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let colleague: TestMember;
let desk: TestMember;
let nurse: TestMember;
let admin: TestMember;
let patient: TestMember;
/** A visit of the patient that is with the doctor. */
let visit: string;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  [colleague, desk, nurse, admin] = await Promise.all([
    clinic.hire('DOCTOR'),
    clinic.hire('RECEPTIONIST'),
    clinic.hire('NURSE'),
    clinic.hire('ADMIN'),
  ]);
});

beforeEach(async () => {
  server.clock.set(mondayMorning);
  doctor = await clinic.hire('DOCTOR', 'Dr. Ana Reyes');
  patient = await clinic.enrol();
  visit = await aVisit(clinic, desk, { doctorId: doctor.doctorId, patientId: patient.patientId });
  await step(desk, visits.start, { id: visit });
});

afterAll(() => server.stop());

const admins = (text: string, values: unknown[]): Promise<Json[]> => query(server.database.adminUrl, text, values);
const urlFor = async ({ client }: Pick<TestMember, 'client'>): Promise<string> =>
  (await client.ask(prescriptionsShown, { id: visit })).visit.prescriptions[0].pdfUrl;
const open = (url: string) => openAt(server.url, url);

describe('the paper', () => {
  it('opens by its link for everybody who may read it, as a PDF that nothing keeps', async () => {
    await prescribe(doctor, visit, 'Cetirizine');
    for (const who of [doctor, nurse, desk, admin, patient, { client: clinic.owner }])
      expect(await opened(server.url, await urlFor(who))).toEqual(isPdf);

    const answer = await open(`${await urlFor(patient)}?size=a4`);
    const pdf = Buffer.from(await answer.arrayBuffer()).toString('latin1');

    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringContaining('inline; filename="prescription.pdf"'),
    });
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    expect(pdf).toMatch(/\/MediaBox \[0 0 595\.28 841\.89\]/);
  });

  it('is there for a void one, which says so', async () => {
    const id = await prescribe(doctor, visit, 'Cetirizine');
    const url = await urlFor(doctor);
    const before = (await (await open(url)).arrayBuffer()).byteLength;
    await step(doctor, voiding, { id, reason: 'Wrong strength' });

    const after = await open(url);

    expect(after.status).toBe(200);
    expect((await after.arrayBuffer()).byteLength).not.toBe(before);
  });

  it('is gone after ten minutes, with the session, and for a link that was changed', async () => {
    await prescribe(doctor, visit, 'Cetirizine');
    const [url, own] = [await urlFor(desk), await urlFor(patient)];
    const token = url.slice(url.lastIndexOf('/') + 1);
    const theirs = own.slice(own.lastIndexOf('/') + 1);

    expect(await opened(server.url, url.replace('/prescription/', '/receipt/'))).toEqual(isOver);
    expect(await opened(server.url, url.replace(token, token.slice(0, 80) + theirs.slice(80)))).toEqual(isOver);
    expect(await opened(server.url, url.slice(0, -1))).toEqual(isOver);
    expect(await opened(server.url, url)).toEqual(isPdf);
    server.clock.advance(10 * 60_000);
    expect(await opened(server.url, url)).toEqual(isOver);

    const leaving = await clinic.hire('NURSE');
    const fresh = await urlFor(leaving);
    await leaving.client.ask('mutation { signOut }');
    expect(await opened(server.url, fresh)).toEqual(isOver);
  });

  it('is gone for whoever may not read it any more, though the link was theirs', async () => {
    await prescribe(doctor, visit, 'Cetirizine');
    await aVisit(clinic, desk, { doctorId: colleague.doctorId, patientId: patient.patientId });
    const url = await urlFor(colleague);
    expect(await opened(server.url, url)).toEqual(isPdf);

    await admins('delete from care where doctor_id = $1 and patient_id = $2', [colleague.doctorId, patient.patientId]);

    expect(await opened(server.url, url)).toEqual(isOver);
  });
});

describe('reading a prescription', () => {
  it('leaves a line, on screen and on paper, and no line names what was prescribed', async () => {
    await prescribe(doctor, visit, 'Secretamine');
    const url = await urlFor(desk);
    await open(url);
    await urlFor(patient);

    const lines = await admins('select action, role, changes from audit_entry where clinic_id = $1', [clinic.id]);
    const readings = await admins(
      `select role, action from audit_entry where clinic_id = $1 and subject_id = $2 and action = 'patient.read'`,
      [clinic.id, patient.patientId],
    );
    const events = await admins('select type, payload from event where clinic_id = $1 order by sequence', [clinic.id]);

    expect(readings.filter(({ role }) => role === 'RECEPTIONIST')).toHaveLength(2);
    expect(readings.filter(({ role }) => role === 'PATIENT')).toEqual([]);
    expect(events.filter(({ payload }) => payload.visitId === visit).map(({ type }) => type)).toEqual([
      'PRESCRIPTION_CREATED',
      'VISIT_UPDATED',
    ]);
    expect(JSON.stringify([lines, events])).not.toMatch(/Secretamine/);
  });
});
