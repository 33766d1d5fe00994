import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import type { TestClient } from './support/client.ts';
import { query } from './support/database.ts';
import { report } from './support/report.ts';
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

const refusal = (message: string, ...field: string[]) => ({ code: 'INVALID_INPUT', message, field });

describe('changing a record', () => {
  it('sets what is given, clears what is null, and leaves the rest', async () => {
    const id = await clinic.aPatient({ firstName: 'Ana', lastName: 'Reyes', phone: '+639171234567', address: 'Cebu' });

    const answer = await change(id, { lastName: 'Cruz', phone: null });

    expect(answer).toEqual({
      patient: {
        id,
        name: 'Ana Cruz',
        birthDate: null,
        birthDateEstimated: false,
        age: null,
        sex: 'FEMALE',
        phone: null,
        email: null,
        address: 'Cebu',
        version: 2,
        updatedByName: 'Rosa Reyes',
        archived: false,
      },
      userErrors: [],
    });
    expect(await rowOf(id)).toMatchObject({ name_folded: 'ana cruz' });
  });

  it('takes an age as an estimated day of birth, and a day of birth as a known one', async () => {
    const id = await clinic.aPatient({ firstName: 'Ana' });

    expect((await change(id, { age: 30 })).patient).toMatchObject({
      birthDate: '2000-01-01',
      birthDateEstimated: true,
    });
    expect((await change(id, { birthDate: '1999-06-14' })).patient).toMatchObject({
      birthDate: '1999-06-14',
      birthDateEstimated: false,
      age: 30,
    });
    expect((await change(id, { birthDate: null })).patient).toMatchObject({ birthDate: null });
  });

  it('is refused with all mistakes at once, and changes nothing', async () => {
    const id = await clinic.aPatient({ firstName: 'Ana' });

    const answer = await change(id, {
      firstName: 'x'.repeat(10_000),
      lastName: '\u200F\u0301',
      birthDate: '2030-03-05',
      age: -1,
    });
    const emptied = await change(id, { firstName: null, sex: null });

    expect(answer).toEqual({
      patient: null,
      userErrors: [
        refusal('Use at most 120 characters for the first name.', 'firstName'),
        refusal('Enter the last name.', 'lastName'),
        refusal('Enter an age of 0 or more.', 'age'),
        refusal('Enter a birth date that is not in the future.', 'birthDate'),
      ],
    });
    expect(emptied.userErrors).toEqual([
      refusal('Enter the first name.', 'firstName'),
      refusal('Choose one, or unknown.', 'sex'),
    ]);
    expect(await rowOf(id)).toMatchObject({ first_name: 'Ana', version: 1 });
  });

  it('takes names of any script, with combining characters, and finds them', async () => {
    const id = await clinic.aPatient({ firstName: 'Ana' });

    const { patient } = await change(id, { firstName: 'محمد', lastName: 'Nguye\u0302\u0303n' });

    expect(patient.name).toBe('محمد Nguye\u0302\u0303n');
    const found = await desk.client.ask('{ patients(filter: { search: "nguyen" }) { nodes { id } } }');
    expect(found.patients.nodes).toEqual([{ id }]);
  });

  it('is BAD_USER_INPUT for a text that no row can hold', async () => {
    const id = await clinic.aPatient({ firstName: 'Ana' });

    const { errors } = await desk.client.send(update, { input: { patientId: id, address: 'a\u0000b' } });

    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await rowOf(id)).toMatchObject({ address: null, version: 1 });
  });

  it('leaves an audit entry with before and after, and never clinical text', async () => {
    const nurse = await clinic.hire('NURSE');
    const id = await clinic.aPatient({ firstName: 'Ana', phone: '+639171234567' });

    await change(id, { phone: '+639170000000', allergies: ['Penicillin'] }, nurse.client);

    const [entry] = await query(
      server.database.adminUrl,
      `select actor_user_id, changes from audit_entry where action = 'patient.update' and subject_id = $1`,
      [id],
    );
    expect(entry).toEqual({
      actor_user_id: nurse.userId,
      changes: { phone: ['+639171234567', '+639170000000'], allergies: 'changed' },
    });
  });

  it('publishes that it changed, and nothing when nothing did', async () => {
    const id = await clinic.aPatient({ firstName: 'Ana' });

    await change(id, { firstName: 'Ana' });
    const silent = await rowOf(id);
    await change(id, { firstName: 'Anna' });

    expect(silent).toMatchObject({ version: 1 });
    const events = await query(
      server.database.adminUrl,
      `select type, payload from event where subject_id = $1 order by sequence`,
      [id],
    );
    expect(events).toEqual([
      { type: 'PATIENT_CREATED', payload: {} },
      { type: 'PATIENT_UPDATED', payload: {} },
    ]);
  });
});

describe('a stale change', () => {
  it("is CONFLICT: it says who changed the record and when on the clinic's clock, and hands it over as it is now", async () => {
    const id = await clinic.aPatient({ firstName: 'Ana' });
    server.clock.advance(5 * 60_000);
    await change(id, { version: 1, phone: '+639171234567' });

    const answer = await change(id, { version: 1, address: 'Cebu' }, clinic.owner);

    expect(answer.userErrors).toEqual([
      {
        code: 'CONFLICT',
        message: 'Rosa Reyes changed this record at 09:05. Look at it as it is now, then save again.',
        field: null,
      },
    ]);
    expect(answer.patient).toMatchObject({ id, phone: '+639171234567', address: null, version: 2 });
  });

  it('of consents is none: they do not count as a change of the record', async () => {
    const id = await clinic.aPatient({ firstName: 'Ana' });
    await desk.client.ask(
      'mutation ($id: ID!) { setNotificationPreferences(input: { patientId: $id, sms: true }) { userErrors { code } } }',
      { id },
    );

    expect((await change(id, { version: 1, address: 'Cebu' })).userErrors).toEqual([]);
  });
});

describe('150 edits of one record at once', () => {
  it('are all kept, field by field, and none fails', { timeout: 60_000 }, async () => {
    const nurse = await clinic.hire('NURSE');
    const id = await clinic.aPatient({ firstName: 'Ana' });
    const started = performance.now();

    const answers = await Promise.all(
      Array.from({ length: 150 }, (_, index) => {
        const edits: [Record<string, unknown>, TestClient][] = [
          [{ address: `Street ${index}` }, desk.client],
          [{ phone: `+63917${String(1_000_000 + index)}` }, clinic.owner],
          [{ allergies: [`Dust ${index}`] }, nurse.client],
        ];
        const [changes, client] = edits[index % 3] ?? [{}, desk.client];
        return client.send(update, { input: { patientId: id, ...changes } });
      }),
    );

    report(`150 edits of one record at once: ${Math.round(performance.now() - started)} ms`);
    expect(answers.filter(({ errors }) => errors !== undefined)).toEqual([]);
    expect(answers.flatMap(({ data }) => data.answer.userErrors)).toEqual([]);
    const versions = answers.map(({ data }) => data.answer.patient.version);
    expect(Math.max(...versions)).toBe(151);
    const row = await rowOf(id);
    expect(row).toMatchObject({ version: 151, first_name: 'Ana' });
    expect(row?.['address']).toMatch(/^Street \d+$/);
    expect(row?.['phone']).toMatch(/^\+639171000\d{3}$/);
    expect(await clinicalOf(id)).toMatchObject({ allergies: [expect.stringMatching(/^Dust \d+$/)] });
    const audited = await query(
      server.database.adminUrl,
      `select 1 from audit_entry where action = 'patient.update' and subject_id = $1`,
      [id],
    );
    expect(audited).toHaveLength(150);
  });

  it('with one version between them let one through and refuse the others', async () => {
    const id = await clinic.aPatient({ firstName: 'Ana' });

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => change(id, { version: 1, address: `Street ${index}` })),
    );

    const saved = answers.filter(({ userErrors }) => userErrors.length === 0);
    expect(saved).toHaveLength(1);
    expect(answers.flatMap(({ userErrors }) => userErrors).map(({ code }) => code)).toEqual(Array(19).fill('CONFLICT'));
    expect(await rowOf(id)).toMatchObject({ address: saved[0]?.patient.address, version: 2 });
  });
});
