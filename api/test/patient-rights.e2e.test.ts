import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import type { TestClient } from './support/client.ts';
import { query } from './support/database.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let desk: TestMember;

beforeAll(async () => {
  server = await startTestServer();
});

beforeEach(async () => {
  server.clock.set(mondayMorning);
  clinic = await aClinic(server);
  desk = await clinic.hire('RECEPTIONIST', 'Rosa Reyes');
});

afterAll(() => server.stop());

const facts = 'id name birthDate birthDateEstimated age sex phone email address version updatedByName archived';
const payload = `{ patient { ${facts} } userErrors { code message field } }`;
const update = `mutation ($input: UpdatePatientInput!) { answer: updatePatient(input: $input) ${payload} }`;
const archive = `mutation ($id: ID!) { answer: archivePatient(id: $id) ${payload} }`;
const restore = `mutation ($id: ID!) { answer: restorePatient(id: $id) ${payload} }`;

const change = async (patientId: string, changes: Record<string, unknown>, client: TestClient = desk.client) =>
  (await client.ask(update, { input: { patientId, ...changes } })).answer;

const rowOf = async (id: string) =>
  (await query<Record<string, unknown>>(server.database.adminUrl, 'select * from patient where id = $1', [id]))[0];
const clinicalOf = async (id: string) =>
  (
    await query<Record<string, unknown>>(
      server.database.adminUrl,
      'select allergies, medical_history from patient_clinical where patient_id = $1',
      [id],
    )
  )[0];

describe('who may change what', () => {
  it('is for a patient their own contact details alone', async () => {
    const maria = await clinic.enrol();

    const own = await change(maria.patientId, { phone: '+639171234567', address: 'Cebu' }, maria.client);
    const named = await maria.client.codeOf(update, { input: { patientId: maria.patientId, firstName: 'Marie' } });
    const cleared = await maria.client.codeOf(update, { input: { patientId: maria.patientId, birthDate: null } });

    expect(own.patient).toMatchObject({ phone: '+639171234567', address: 'Cebu' });
    expect([named, cleared]).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(await rowOf(maria.patientId)).toMatchObject({ first_name: 'Maria', version: 2 });
  });

  it('is NOT_FOUND for somebody else’s record: another patient, another doctor, another clinic', async () => {
    const id = await clinic.aPatient({ firstName: 'Ana' });
    const strangers = [
      (await clinic.enrol()).client,
      (await clinic.hire('DOCTOR')).client,
      (await aClinic(server)).owner,
    ];

    for (const client of strangers)
      expect(await client.codeOf(update, { input: { patientId: id, phone: null } })).toBe('NOT_FOUND');
    expect(await rowOf(id)).toMatchObject({ version: 1 });
  });

  it.each([
    ['RECEPTIONIST', { allergies: ['Dust'] }],
    ['ADMIN', { allergies: null }],
    ['RECEPTIONIST', { medicalHistory: 'x' }],
    ['NURSE', { medicalHistory: 'x' }],
  ] as const)('is FORBIDDEN for a %s who sets %j', async (role, changes) => {
    const { client } = await clinic.hire(role);
    const id = await clinic.aPatient({ firstName: 'Ana' });

    expect(await client.codeOf(update, { input: { patientId: id, ...changes } })).toBe('FORBIDDEN');
    expect(await clinicalOf(id)).toBeUndefined();
  });

  it('is the clinical part for a doctor whose patient it is', async () => {
    const doctor = await clinic.hire('DOCTOR');
    const created = await doctor.client.ask(
      'mutation { createPatient(input: { firstName: "Ana", sex: FEMALE, allergies: ["Dust"] }) { patient { id } } }',
    );
    const { id } = created.createPatient.patient;

    await change(id, { medicalHistory: 'Asthma' }, doctor.client);
    await change(id, { allergies: null }, doctor.client);

    expect(await clinicalOf(id)).toEqual({ allergies: [], medical_history: 'Asthma' });
  });

  it('is for an owner who treats the clinical part of own patients alone', async () => {
    const treating = await aClinic(server, { ownerIsDoctor: true });
    const { client } = await treating.hire('RECEPTIONIST');
    const created = await client.ask(
      'mutation { createPatient(input: { firstName: "Ana", sex: FEMALE }) { patient { id } } }',
    );
    const { id } = created.createPatient.patient;
    const own = await treating.aPatient({ firstName: 'Own' });

    expect(await treating.owner.codeOf(update, { input: { patientId: id, allergies: ['Dust'] } })).toBe('FORBIDDEN');
    await change(own, { allergies: ['Dust'] }, treating.owner);

    expect(await clinicalOf(id)).toBeUndefined();
    expect(await clinicalOf(own)).toMatchObject({ allergies: ['Dust'] });
  });
});

describe('archiving', () => {
  it('puts a record aside, and restoring takes it back', async () => {
    const id = await clinic.aPatient({ firstName: 'Ana' });

    const archived = (await clinic.owner.ask(archive, { id })).answer;
    const twice = (await clinic.owner.ask(archive, { id })).answer;
    const restored = (await clinic.owner.ask(restore, { id })).answer;
    const again = (await clinic.owner.ask(restore, { id })).answer;

    expect(archived.patient).toMatchObject({ archived: true, version: 2 });
    expect(twice.userErrors).toEqual([
      { code: 'INVALID_TRANSITION', message: 'This record is archived already.', field: null },
    ]);
    expect(restored.patient).toMatchObject({ archived: false, version: 3 });
    expect(again.userErrors).toEqual([
      { code: 'INVALID_TRANSITION', message: 'This record is not archived.', field: null },
    ]);
  });

  it('is for admin and owner alone', async () => {
    const id = await clinic.aPatient({ firstName: 'Ana' });
    for (const role of ['RECEPTIONIST', 'NURSE', 'DOCTOR'] as const) {
      const { client } = await clinic.hire(role);
      expect(await client.codeOf(archive, { id })).toBe('FORBIDDEN');
      expect(await client.codeOf(restore, { id })).toBe('FORBIDDEN');
    }

    const admin = await clinic.hire('ADMIN');
    expect((await admin.client.ask(archive, { id })).answer.patient.archived).toBe(true);
    expect(await (await aClinic(server)).owner.codeOf(restore, { id })).toBe('NOT_FOUND');
  });
});

describe('consents', () => {
  const set = `mutation ($input: NotificationPreferencesInput!) { answer: setNotificationPreferences(input: $input) {
    patient { notificationPreferences { email sms marketing updatedAt updatedByName } } userErrors { code } } }`;

  it('are written down with when and by whom; what is left out stays', async () => {
    const id = await clinic.aPatient({ firstName: 'Ana', emailConsent: true });
    server.clock.advance(5 * 60_000);

    const { answer } = await desk.client.ask(set, { input: { patientId: id, sms: true } });

    expect(answer.patient.notificationPreferences).toEqual({
      email: true,
      sms: true,
      marketing: false,
      updatedAt: '2030-03-04T01:05:00.000Z',
      updatedByName: 'Rosa Reyes',
    });
  });

  it('are set by the patient, a nurse, and a doctor of theirs, and by no other', async () => {
    const maria = await clinic.enrol();
    const doctor = await clinic.hire('DOCTOR');
    const nurse = await clinic.hire('NURSE');
    const input = { patientId: maria.patientId, marketing: true };

    expect(await doctor.client.codeOf(set, { input })).toBe('NOT_FOUND');
    expect(await (await clinic.enrol()).client.codeOf(set, { input })).toBe('NOT_FOUND');
    expect((await nurse.client.ask(set, { input })).answer.userErrors).toEqual([]);
    const { answer } = await maria.client.ask(set, { input: { ...input, marketing: false } });

    expect(answer.patient.notificationPreferences).toMatchObject({ marketing: false });
    expect(await rowOf(maria.patientId)).toMatchObject({ marketing_consent: false, version: 1 });
  });
});
