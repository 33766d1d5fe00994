import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addedBy, type Entry } from './support/audit.ts';
import { aClinic, appointmentMutations, type TestClinic, type TestMember } from './support/clinic.ts';
import { settled } from './support/client.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let other: TestClinic;
let doctor: TestMember;
let desk: TestMember;
let nurse: TestMember;

beforeAll(async () => {
  server = await startTestServer();
  [clinic, other] = [await aClinic(server), await aClinic(server)];
  [doctor, desk, nurse] = [await clinic.hire('DOCTOR'), await clinic.hire('RECEPTIONIST'), await clinic.hire('NURSE')];
});

afterAll(() => server.stop());

const added = (run: () => Promise<unknown>): Promise<Entry[]> => addedBy(server, clinic, run);
const kinds = (entries: readonly Entry[]) => entries.map(({ action, subject_id }) => [action, subject_id]);

async function ownPatient(): Promise<string> {
  const { createPatient } = await doctor.client.ask(
    `mutation { createPatient(input: { firstName: "Rosa", sex: FEMALE, allergies: ["penicillin"], medicalHistory: "asthma" }) {
      patient { id } } }`,
  );
  return createPatient.patient.id;
}

describe('opening a record', () => {
  const open = 'query ($id: ID!) { patient(id: $id) { name } }';

  it('leaves one entry for the reader and the request, whatever it asked for and how often', async () => {
    const id = await ownPatient();
    const document = `query ($id: ID!) { one: patient(id: $id) { name allergies } two: node(id: $id) { id }
      three: nodes(ids: [$id, $id]) { id ... on Patient { medicalHistory } } }`;

    const entries = await added(() => doctor.client.ask(document, { id }));

    expect(entries).toMatchObject([
      { action: 'patient.read', subject_id: id, actor_user_id: doctor.userId, role: 'DOCTOR', changes: null },
    ]);
  });

  it('leaves one for each request and each patient', async () => {
    const ids = [await ownPatient(), await ownPatient()];

    const entries = await added(async () => {
      await desk.client.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
      await desk.client.ask(open, { id: ids[0] });
    });

    expect(kinds(entries).sort()).toEqual([...ids, ids[0]].map((id) => ['patient.read', id]).sort());
  });

  it('leaves one when the clinical part is reached another way, and none for a name in a list', async () => {
    const id = await ownPatient();
    const input = { patientId: id, doctorId: doctor.doctorId, serviceId: clinic.serviceId };
    await clinic.owner.ask(appointmentMutations.request, { input: { ...input, startsAt: '2030-03-06T01:00:00.000Z' } });
    const through = (fields: string) =>
      `{ appointments(filter: { patientId: "${id}" }) { nodes { patient { name ${fields} } } } }`;

    const names = await added(() => nurse.client.ask(through('phone')));
    const clinical = await added(() => nurse.client.ask(through('allergies')));

    expect(names).toEqual([]);
    expect(clinical).toMatchObject([{ action: 'patient.read', subject_id: id, actor_user_id: nurse.userId }]);
  });

  it('leaves none when nothing was there for the reader, nor when patients read their own', async () => {
    const rosa = await clinic.enrol();
    const stranger = await other.aPatient();
    const colleague = await clinic.hire('DOCTOR');

    const entries = await added(async () => {
      await rosa.client.ask('query ($id: ID!) { patient(id: $id) { allergies } viewer { patient { allergies } } }', {
        id: rosa.patientId,
      });
      await colleague.client.ask(open, { id: rosa.patientId });
      await clinic.owner.ask(open, { id: stranger });
    });

    expect(entries).toEqual([]);
  });

  it('leaves none beside the entry of the change that answers with it, but one when the change was refused by a rule', async () => {
    const id = await ownPatient();
    const update = `mutation ($input: UpdatePatientInput!) { answer: updatePatient(input: $input) {
      patient { allergies medicalHistory } userErrors { code } } }`;

    const changed = await added(() => doctor.client.ask(update, { input: { patientId: id, firstName: 'Rosalia' } }));
    const stale = await added(() =>
      doctor.client.ask(update, { input: { patientId: id, version: 1, firstName: 'Rosalinda' } }),
    );

    expect(kinds(changed)).toEqual([['patient.update', id]]);
    expect(kinds(stale)).toEqual([['patient.read', id]]);
  });

  it('is answered only once its entry is there: without the trail nobody reads', async () => {
    const id = await ownPatient();
    await query(server.database.adminUrl, 'alter table audit_entry rename to audit_entry_away');

    const answer = await doctor.client.send('query ($id: ID!) { patient(id: $id) { allergies } }', { id });

    await query(server.database.adminUrl, 'alter table audit_entry_away rename to audit_entry');
    expect(answer.errors?.[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
    expect(JSON.stringify(answer)).not.toContain('penicillin');
  });

  it('leaves one for each update of a live screen that shows the clinical part', async () => {
    const id = await ownPatient();
    const live = doctor.client.watch(
      'subscription { appointmentChanged { appointment { patient { id allergies } } } }',
    );
    await settled();
    const input = { patientId: id, doctorId: doctor.doctorId, serviceId: clinic.serviceId };
    const entries = await added(async () => {
      await desk.client.ask(appointmentMutations.request, {
        input: { ...input, startsAt: '2030-03-07T01:00:00.000Z' },
      });
      await live.until(1);
    });
    await live.stop();

    expect(live.received).toMatchObject([
      { appointmentChanged: { appointment: { patient: { allergies: ['penicillin'] } } } },
    ]);
    expect(kinds(entries.filter(({ action }) => action === 'patient.read'))).toEqual([['patient.read', id]]);
  });
});
