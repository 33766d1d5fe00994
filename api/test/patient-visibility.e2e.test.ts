import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, appointmentMutations, type TestClinic, type TestMember } from './support/clinic.ts';
import type { TestClient } from './support/client.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let colleague: TestMember;
let desk: TestMember;

/** One patient for each way to become a doctor's, and one who is nobody's. */
let registered: string;
let booked: string;
let requested: TestMember;
let nobodys: string;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  doctor = await clinic.hire('DOCTOR');
  colleague = await clinic.hire('DOCTOR');
  desk = await clinic.hire('RECEPTIONIST');
  registered = await register(doctor);
  booked = await clinic.aPatient({ firstName: 'Booked' });
  requested = await clinic.enrol({ firstName: 'Requested' });
  nobodys = await clinic.aPatient({ firstName: 'Nobodys' });
  await appoint(desk.client, appointmentMutations.book, { patientId: booked, startsAt: '2030-03-05T01:00:00.000Z' });
  await appoint(requested.client, appointmentMutations.request, { startsAt: '2030-03-05T02:00:00.000Z' });
});

afterAll(() => server.stop());

async function register({ client }: TestMember): Promise<string> {
  const mutation = `mutation { createPatient(input: { firstName: "Registered", sex: FEMALE, allergies: ["Dust"],
    medicalHistory: "Asthma" }) { patient { id } } }`;
  return (await client.ask(mutation)).createPatient.patient.id;
}

async function appoint(client: TestClient, mutation: string, changes: Record<string, unknown>): Promise<void> {
  const input = { doctorId: doctor.doctorId, serviceId: clinic.serviceId, ...changes };
  expect((await client.ask(mutation, { input })).answer.userErrors).toEqual([]);
}

const list = `query ($filter: PatientFilter) { patients(filter: $filter) { totalCount nodes { id } edges { node { id } } } }`;
const byEveryPath = `query ($id: ID!) { patient(id: $id) { id } node(id: $id) { id } nodes(ids: [$id]) { id } }`;

async function listed(client: TestClient, filter: Record<string, unknown> | null = null): Promise<string[]> {
  const { patients } = await client.ask(list, { filter });
  const ids: string[] = patients.nodes.map((node: { id: string }) => node.id);
  expect(patients.totalCount).toBe(ids.length);
  expect(patients.edges.map((edge: { node: { id: string } }) => edge.node.id)).toEqual(ids);
  return ids.sort();
}

const seen = (id: string) => ({ patient: { id }, node: { id }, nodes: [{ id }] });
const unseen = { patient: null, node: null, nodes: [null] };

describe('a doctor', () => {
  it('lists the patients they registered, are booked with, or are asked by; and nobody else', async () => {
    expect(await listed(doctor.client)).toEqual([registered, booked, requested.patientId].sort());
    expect(await listed(colleague.client)).toEqual([]);
  });

  it('finds those by id on every path, and no others', async () => {
    for (const id of [registered, booked, requested.patientId]) {
      expect(await doctor.client.ask(byEveryPath, { id })).toEqual(seen(id));
      expect(await colleague.client.ask(byEveryPath, { id })).toEqual(unseen);
    }
    expect(await doctor.client.ask(byEveryPath, { id: nobodys })).toEqual(unseen);
  });

  it('sees no more by naming another doctor, or by searching', async () => {
    expect(await listed(colleague.client, { doctorId: doctor.doctorId })).toEqual([]);
    expect(await listed(colleague.client, { search: 'Registered' })).toEqual([]);
    expect(await listed(doctor.client, { search: 'P-00004' })).toEqual([]);
  });

  it('reads the clinical part of their own patients', async () => {
    const { patient } = await doctor.client.ask('query ($id: ID!) { patient(id: $id) { allergies medicalHistory } }', {
      id: registered,
    });

    expect(patient).toEqual({ allergies: ['Dust'], medicalHistory: 'Asthma' });
  });

  it('keeps a patient whose request they declined', async () => {
    const patient = await clinic.enrol({ firstName: 'Declined' });
    const request = { doctorId: colleague.doctorId, serviceId: clinic.serviceId, startsAt: '2030-03-06T01:00:00.000Z' };
    const { answer } = await patient.client.ask(appointmentMutations.request, { input: request });

    await colleague.client.ask(appointmentMutations.reject, {
      input: { appointmentId: answer.appointment.id, note: 'Please come another day.' },
    });

    expect(await listed(colleague.client)).toEqual([patient.patientId]);
  });
});

describe('the front desk', () => {
  it("lists all of the clinic's patients, or one doctor's", async () => {
    expect(await listed(desk.client)).toEqual(
      expect.arrayContaining([registered, booked, requested.patientId, nobodys]),
    );
    expect(await listed(desk.client, { doctorId: doctor.doctorId })).toEqual(
      [registered, booked, requested.patientId].sort(),
    );
  });

  it('reads no clinical part: both fields are FORBIDDEN, and null', async () => {
    const { data, errors } = await desk.client.send(
      'query ($id: ID!) { patient(id: $id) { id allergies medicalHistory } }',
      { id: registered },
    );

    expect(data).toEqual({ patient: { id: registered, allergies: null, medicalHistory: null } });
    expect(errors?.map(({ path, extensions }) => [path?.join('.'), extensions.code])).toEqual([
      ['patient.allergies', 'FORBIDDEN'],
      ['patient.medicalHistory', 'FORBIDDEN'],
    ]);
  });

  it('is told that a filter names no doctor, with the field', async () => {
    const { errors } = await desk.client.send(list, { filter: { doctorId: registered } });

    expect(errors?.map(({ extensions }) => [extensions.code, extensions.field])).toEqual([
      ['BAD_USER_INPUT', ['filter', 'doctorId']],
    ]);
  });
});

describe('a patient', () => {
  it("finds the own record by id, and nobody else's", async () => {
    const id = requested.patientId;

    expect(await requested.client.ask(byEveryPath, { id })).toEqual(seen(id));
    expect(await requested.client.ask(byEveryPath, { id: booked })).toEqual(unseen);
  });

  it('may not list patients, nor make one', async () => {
    const before = await query(server.database.adminUrl, 'select 1 from patient');

    expect(await requested.client.codeOf(list)).toBe('FORBIDDEN');
    expect(
      await requested.client.codeOf(
        'mutation { createPatient(input: { firstName: "A", sex: MALE }) { userErrors { code } } }',
      ),
    ).toBe('FORBIDDEN');
    expect(await query(server.database.adminUrl, 'select 1 from patient')).toHaveLength(before.length);
  });

  it('reads the own clinical part', async () => {
    const patient = await clinic.enrol();
    await query(
      server.database.adminUrl,
      `insert into patient_clinical (clinic_id, patient_id, allergies, medical_history, updated_at)
        values ($1, $2, array['Latex'], 'Migraine', now())`,
      [clinic.id, patient.patientId],
    );

    const { viewer } = await patient.client.ask('{ viewer { patient { allergies medicalHistory } } }');

    expect(viewer.patient).toEqual({ allergies: ['Latex'], medicalHistory: 'Migraine' });
  });
});

describe('another clinic', () => {
  it('sees none of these patients on any path', async () => {
    const other = await aClinic(server);

    expect(await listed(other.owner)).toEqual([]);
    expect(await other.owner.ask(byEveryPath, { id: registered })).toEqual(unseen);
  });
});

describe("a doctor's list of appointments", () => {
  it('holds their own, and nothing when it is asked for a colleague', async () => {
    const list = 'query ($filter: AppointmentFilter) { appointments(filter: $filter) { totalCount } }';
    const count = async (filter: Record<string, unknown>) =>
      (await doctor.client.ask(list, { filter })).appointments.totalCount;

    expect(await count({})).toBe(2);
    expect(await count({ doctorId: doctor.doctorId })).toBe(2);
    expect(await count({ doctorId: colleague.doctorId })).toBe(0);
  });
});
