import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aClinic, type TestClinic } from './support/clinic.ts';
import type { TestClient } from './support/client.ts';
import { query } from './support/database.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;

beforeAll(async () => {
  server = await startTestServer();
});

/** Names and record numbers of one test stay out of the others. */
beforeEach(async () => {
  server.clock.set(mondayMorning);
  clinic = await aClinic(server);
});

afterAll(() => server.stop());

const createPatient = `mutation ($input: CreatePatientInput!) { createPatient(input: $input) {
  patient { recordNumber name birthDate age sex } possibleDuplicates { recordNumber } userErrors { code message field } } }`;

const variablesFor = (changes: Record<string, unknown>) => ({ input: { firstName: 'Ana', sex: 'FEMALE', ...changes } });

const create = async (changes: Record<string, unknown> = {}, client: TestClient = clinic.owner) =>
  (await client.ask(createPatient, variablesFor(changes))).createPatient;

const rowsOf = (table: 'patient' | 'patient_clinical') =>
  query<{ id: string }>(server.database.adminUrl, `select * from ${table} where clinic_id = $1`, [clinic.id]);

const refusal = (message: string, ...field: string[]) => ({ code: 'INVALID_INPUT', message, field });

describe("a patient's record", () => {
  it('has what was entered, and the next record number', async () => {
    await create();

    const answer = await create({ firstName: ' Ana ', lastName: 'Reyes', birthDate: '2000-03-05', sex: 'OTHER' });

    expect(answer).toEqual({
      patient: { recordNumber: 'P-00002', name: 'Ana Reyes', birthDate: '2000-03-05', age: 29, sex: 'OTHER' },
      possibleDuplicates: [],
      userErrors: [],
    });
  });

  it('takes an age where the day of birth is not known: the first of January of that year', async () => {
    const { patient } = await create({ age: 30 });

    expect(patient).toMatchObject({ birthDate: '2000-01-01', age: 30 });
    expect(await rowsOf('patient')).toMatchObject([{ birth_date_estimated: true }]);
  });

  it('goes by the day of birth when both are given', async () => {
    const { patient } = await create({ age: 30, birthDate: '1990-06-14' });

    expect(patient).toMatchObject({ birthDate: '1990-06-14', age: 39 });
    expect(await rowsOf('patient')).toMatchObject([{ birth_date_estimated: false }]);
  });

  it("may be of somebody born today, by the clinic's calendar, and of nobody born tomorrow", async () => {
    server.clock.set(new Date('2030-03-03T17:00:00Z'));

    const tomorrow = await create({ birthDate: '2030-03-05' });
    const today = await create({ birthDate: '2030-03-04' });

    expect(tomorrow.patient).toBeNull();
    expect(tomorrow.userErrors).toEqual([refusal('Enter a birth date that is not in the future.', 'birthDate')]);
    expect(today.patient).toMatchObject({ birthDate: '2030-03-04', age: 0 });
  });

  it('is refused for somebody born in 1700, and for a name without a letter', async () => {
    const ancient = await create({ birthDate: '1700-01-01' });
    const nameless = await create({ firstName: '\u200B \u202E' });

    expect(ancient.userErrors).toEqual([refusal('Check the year of birth: nobody is that old.', 'birthDate')]);
    expect(nameless.userErrors).toEqual([refusal('Enter the first name.', 'firstName')]);
  });

  it('loses marks that would turn the direction of the screen around a name', async () => {
    expect((await create({ firstName: '\u202EABC', lastName: null })).patient.name).toBe('ABC');
  });

  it('may have an age from 0 to 130', async () => {
    expect((await create({ age: 0 })).patient.birthDate).toBe('2030-01-01');
    expect((await create({ age: 130 })).patient.birthDate).toBe('1900-01-01');
    expect((await create({ age: -1 })).userErrors).toEqual([refusal('Enter an age of 0 or more.', 'age')]);
    expect((await create({ age: 131 })).userErrors).toEqual([refusal('Enter an age of at most 130.', 'age')]);
  });

  it('is refused with all its mistakes at once, and takes no number', async () => {
    const answer = await create({
      firstName: ' ',
      lastName: 'x'.repeat(121),
      age: 200,
      birthDate: '2040-01-01',
      address: 'x'.repeat(301),
    });
    const next = await create();

    expect(answer).toEqual({
      patient: null,
      possibleDuplicates: null,
      userErrors: [
        refusal('Enter the first name.', 'firstName'),
        refusal('Use at most 120 characters for the last name.', 'lastName'),
        refusal('Enter an age of at most 130.', 'age'),
        refusal('Use at most 300 characters for the address.', 'address'),
        refusal('Enter a birth date that is not in the future.', 'birthDate'),
      ],
    });
    expect(next.patient.recordNumber).toBe('P-00001');
  });

  it('agrees to nothing unless it says so', async () => {
    const preferences = `mutation ($input: CreatePatientInput!) { createPatient(input: $input) { patient {
      notificationPreferences { email sms marketing updatedAt } } } }`;

    const silent = await clinic.owner.ask(preferences, variablesFor({}));
    const agreeing = await clinic.owner.ask(preferences, variablesFor({ emailConsent: true, smsConsent: true }));

    const updatedAt = '2030-03-04T01:00:00.000Z';
    expect(silent.createPatient.patient.notificationPreferences).toEqual({
      email: false,
      sms: false,
      marketing: false,
      updatedAt,
    });
    expect(agreeing.createPatient.patient.notificationPreferences).toEqual({
      email: true,
      sms: true,
      marketing: false,
      updatedAt,
    });
  });
});

describe('possible duplicates', () => {
  const duplicatesOf = async (changes: Record<string, unknown>, client: TestClient = clinic.owner) =>
    (await create(changes, client)).possibleDuplicates.map((patient: { recordNumber: string }) => patient.recordNumber);

  it('have the same name, whatever its case and accents, and the same birth date or phone', async () => {
    await create({ firstName: 'José', lastName: 'Núñez', birthDate: '1990-06-14' });
    await create({ firstName: 'Jose', lastName: 'NUNEZ', phone: '+639171234567' });
    await create({ firstName: 'José', lastName: 'Núñez', birthDate: '1991-06-14', phone: '+639170000000' });
    await create({ firstName: 'Josefa', lastName: 'Núñez', birthDate: '1990-06-14', phone: '+639171234567' });

    const found = await duplicatesOf({
      firstName: 'jose',
      lastName: 'nunez',
      birthDate: '1990-06-14',
      phone: '+639171234567',
    });

    expect(found.sort()).toEqual(['P-00001', 'P-00002']);
  });

  it('are all of the same name when nothing else is known', async () => {
    await create({ birthDate: '1990-06-14' });
    await create({ firstName: 'Anna' });

    expect(await duplicatesOf({})).toEqual(['P-00001']);
  });

  it('are never of another clinic', async () => {
    const other = await aClinic(server);
    await create({ birthDate: '1990-06-14' }, other.owner);

    expect(await duplicatesOf({ birthDate: '1990-06-14' })).toEqual([]);
  });

  it('are for a doctor their own patients alone', async () => {
    const doctor = await clinic.hire('DOCTOR');
    await create({ birthDate: '1990-06-14' });

    expect(await duplicatesOf({ birthDate: '1990-06-14' }, doctor.client)).toEqual([]);
    expect(await duplicatesOf({ birthDate: '1990-06-14' }, doctor.client)).toEqual(['P-00002']);
  });
});

describe('clinical parts of a new record', () => {
  const allergies = { allergies: ['Penicillin'] };
  const medicalHistory = { medicalHistory: 'Asthma since childhood' };

  it.each([
    ['RECEPTIONIST', 'allergies', allergies],
    ['RECEPTIONIST', 'medicalHistory', medicalHistory],
    ['RECEPTIONIST', 'allergies', { allergies: null }],
    ['ADMIN', 'allergies', allergies],
    ['NURSE', 'medicalHistory', medicalHistory],
  ] as const)('are FORBIDDEN when a %s sets %s, and no record is made', async (role, field, changes) => {
    const { client } = await clinic.hire(role);

    const { data, errors } = await client.send(createPatient, variablesFor(changes));

    expect(data).toEqual({ createPatient: null });
    expect(errors?.map(({ message, extensions }) => [message, extensions.code])).toEqual([
      [`You may not set CreatePatientInput.${field}.`, 'FORBIDDEN'],
    ]);
    expect(await rowsOf('patient')).toEqual([]);
    expect(await rowsOf('patient_clinical')).toEqual([]);
  });

  it('are FORBIDDEN in the document itself, too', async () => {
    const { client } = await clinic.hire('RECEPTIONIST');
    const mutation =
      'mutation { createPatient(input: { firstName: "Ana", sex: FEMALE, allergies: [] }) { userErrors { code } } }';

    expect(await client.codeOf(mutation)).toBe('FORBIDDEN');
    expect(await rowsOf('patient')).toEqual([]);
  });

  it('are FORBIDDEN for an owner, who reads them as little', async () => {
    expect(await clinic.owner.codeOf(createPatient, variablesFor(allergies))).toBe('FORBIDDEN');
    expect(await rowsOf('patient')).toEqual([]);
  });

  it('are written by a nurse as far as allergies go, and read by her', async () => {
    const nurse = await clinic.hire('NURSE');

    await create(allergies, nurse.client);

    const data = await nurse.client.ask('{ patients { nodes { allergies } } }');
    expect(data.patients.nodes).toEqual([{ allergies: ['Penicillin'] }]);
    expect(await rowsOf('patient_clinical')).toMatchObject([{ allergies: ['Penicillin'], medical_history: null }]);
  });

  it('are written and read by the doctor who registers the patient', async () => {
    const doctor = await clinic.hire('DOCTOR');

    await create({ ...allergies, ...medicalHistory }, doctor.client);

    const data = await doctor.client.ask('{ patients { nodes { allergies medicalHistory } } }');
    expect(data.patients.nodes).toEqual([{ ...allergies, ...medicalHistory }]);
  });

  it('are at most 50 allergies of 120 characters with a name each', async () => {
    const doctor = await clinic.hire('DOCTOR');

    const tooMany = await create({ allergies: Array.from({ length: 51 }, () => 'Dust') }, doctor.client);
    const unnamed = await create({ allergies: ['Dust', ' ', 'x'.repeat(121)] }, doctor.client);

    expect(tooMany.userErrors).toEqual([refusal('Enter at most 50 allergies.', 'allergies')]);
    expect(unnamed.userErrors).toEqual([
      refusal('Name the allergy.', 'allergies', '1'),
      refusal('Use at most 120 characters for an allergy.', 'allergies', '2'),
    ]);
  });
});
