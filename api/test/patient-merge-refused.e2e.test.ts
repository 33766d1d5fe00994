import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aClinic, appointmentMutations as mutation, type TestClinic, type TestMember } from './support/clinic.ts';
import type { Json, TestClient } from './support/client.ts';
import { query } from './support/database.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let desk: TestMember;
let doctor: TestMember;

beforeAll(async () => {
  server = await startTestServer();
});

beforeEach(async () => {
  server.clock.set(mondayMorning);
  clinic = await aClinic(server);
  desk = await clinic.hire('RECEPTIONIST', 'Rosa Reyes');
  doctor = await clinic.hire('DOCTOR');
});

afterAll(() => server.stop());

const mergePatients = `mutation ($input: MergePatientsInput!) { answer: mergePatients(input: $input) {
  patient { id recordNumber name phone email birthDate version notificationPreferences { email sms updatedByName }
    appointments { totalCount nodes { status timeline { type } } } }
  userErrors { code message field } } }`;

const merge = async (keepId: string, mergeId: string, client: TestClient = desk.client): Promise<Json> =>
  (await client.ask(mergePatients, { input: { keepId, mergeId } })).answer;

const book = (patientId: string, startsAt: string, client: TestClient = desk.client): Promise<Json> =>
  client.send(mutation.book, {
    input: { patientId, doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt },
  });

const rows = <Row extends object>(text: string, values: unknown[]) =>
  query<Row>(server.database.adminUrl, text, values);

/** Tables that may go on naming a merged record, and why. */
const mayStay = [
  'care', // so that its doctors still find where it went
  'patient_clinical', // as it was, for whoever looks back
];

/** How many rows of each table name this patient, but for the tables that may. */
async function rowsNaming(patientId: string): Promise<Record<string, number>> {
  const named = await rows<{ table_name: string }>(
    `select table_name from information_schema.columns where table_schema = 'public' and column_name = 'patient_id'
     and table_name <> all ($1) order by 1`,
    [mayStay],
  );
  const counts: Record<string, number> = {};
  for (const { table_name: table } of named) {
    const [found] = await rows<{ count: number }>(`select count(*)::int as count from ${table} where patient_id = $1`, [
      patientId,
    ]);
    counts[table] = found?.count ?? 0;
  }
  return counts;
}

describe('a merge is refused', () => {
  const messageOf = async (keepId: string, mergeId: string) => (await merge(keepId, mergeId)).userErrors[0]?.message;

  it('for one record twice', async () => {
    const id = await clinic.aPatient();

    expect((await merge(id, id)).userErrors).toEqual([
      { code: 'INVALID_INPUT', message: 'Choose two different records.', field: ['mergeId'] },
    ]);
  });

  it('when both have accounts: two people may sign in', async () => {
    const [one, other] = [await clinic.enrol(), await clinic.enrol()];

    expect(await messageOf(one.patientId, other.patientId)).toBe(
      'Both records have an account of their own, so two people may sign in with them. They stay apart.',
    );
  });

  it('when either was merged before, naming where it went', async () => {
    const [one, two, three] = [await clinic.aPatient(), await clinic.aPatient(), await clinic.aPatient()];
    await merge(one, two);

    expect(await messageOf(three, two)).toBe('This record was merged into P-00001. Use that one.');
    expect(await messageOf(two, three)).toBe('This record was merged into P-00001. Use that one.');
    expect(await messageOf(one, two)).toBe('This record was merged into P-00001. Use that one.');
  });

  it('when appointments of both overlap, naming the time; nothing moves', async () => {
    const [keepId, mergeId] = [await clinic.aPatient(), await clinic.aPatient()];
    const colleague = await clinic.hire('DOCTOR');
    await book(keepId, '2030-03-05T02:00:00Z');
    await clinic.owner.ask(mutation.book, {
      input: {
        patientId: mergeId,
        doctorId: colleague.doctorId,
        serviceId: clinic.serviceId,
        startsAt: '2030-03-05T02:00:00Z',
      },
    });

    const answer = await merge(keepId, mergeId);

    expect(answer.userErrors).toEqual([
      {
        code: 'SLOT_TAKEN',
        message:
          'These records cannot be merged yet: both have an appointment on 5 March 2030 at 10:00. Move or cancel one of them first.',
        field: null,
      },
    ]);
    expect(await rows('select 1 from patient where merged_into is not null and clinic_id = $1', [clinic.id])).toEqual(
      [],
    );
    expect(await rowsNaming(mergeId)).toMatchObject({ appointment: 1 });
  });

  it('when the one that stays is archived', async () => {
    const [keepId, mergeId] = [await clinic.aPatient(), await clinic.aPatient()];
    await clinic.owner.ask('mutation ($id: ID!) { archivePatient(id: $id) { userErrors { code } } }', { id: keepId });

    expect(await messageOf(keepId, mergeId)).toBe('The record that stays is archived. Restore it first.');
    expect(await messageOf(mergeId, keepId)).toBeUndefined();
  });

  it('for records of another clinic, and by nurses, doctors and patients', async () => {
    const [keepId, mergeId] = [await clinic.aPatient(), await clinic.aPatient()];
    const input = { keepId, mergeId };
    const stranger = (await aClinic(server)).owner;
    const foreign = await (await aClinic(server)).aPatient();

    expect(await stranger.codeOf(mergePatients, { input })).toBe('NOT_FOUND');
    expect(await desk.client.codeOf(mergePatients, { input: { keepId, mergeId: foreign } })).toBe('NOT_FOUND');
    for (const { client } of [await clinic.hire('NURSE'), doctor, await clinic.enrol()])
      expect(await client.codeOf(mergePatients, { input })).toBe('FORBIDDEN');
  });
});

describe('a merged record', () => {
  it('takes no change, no appointment and no way back', async () => {
    const [keepId, mergeId] = [await clinic.aPatient(), await clinic.aPatient()];
    await merge(keepId, mergeId);
    const gone = 'This record was merged into P-00001. Use that one.';

    const update = await desk.client.ask(
      'mutation ($id: ID!) { answer: updatePatient(input: { patientId: $id, phone: null }) { userErrors { message } } }',
      { id: mergeId },
    );
    const restore = await clinic.owner.ask(
      'mutation ($id: ID!) { answer: restorePatient(id: $id) { userErrors { message } } }',
      { id: mergeId },
    );
    const booked = await book(mergeId, '2030-03-05T02:00:00Z');

    expect(update.answer.userErrors).toEqual([{ message: gone }]);
    expect(restore.answer.userErrors).toEqual([{ message: gone }]);
    expect(booked.data.answer.userErrors).toEqual([{ code: 'INVALID_INPUT', message: gone, field: ['patientId'] }]);
  });
});
