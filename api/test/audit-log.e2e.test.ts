import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditOperations as ask, entriesOf } from './support/audit.ts';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import type { TestClient } from './support/client.ts';
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

async function ownPatient(): Promise<string> {
  const { createPatient } = await doctor.client.ask(
    `mutation { createPatient(input: { firstName: "Rosa", sex: FEMALE, allergies: ["penicillin"], medicalHistory: "asthma" }) {
      patient { id } } }`,
  );
  return createPatient.patient.id;
}

describe('auditLog', () => {
  const log = async (client: TestClient, variables: Record<string, unknown> = {}) =>
    (await client.ask(ask.log, variables)).answer;

  it('shows an owner and an administrator what happened, newest first', async () => {
    const admin = await clinic.hire('ADMIN');
    await desk.client.ask('mutation { createPatient(input: { firstName: "Nora", sex: FEMALE }) { patient { id } } }');

    for (const client of [clinic.owner, admin.client]) {
      const { nodes } = await log(client, { first: 1 });
      expect(nodes).toMatchObject([
        { action: 'patient.create', actor: { id: desk.userId }, role: 'RECEPTIONIST', ipAddress: '127.0.0.1' },
      ]);
    }
  });

  it('narrows to one person, one subject, one action or one word of it, and a time', async () => {
    const id = await ownPatient();
    await desk.client.ask('query ($id: ID!) { patient(id: $id) { id } }', { id });
    const actions = async (filter: Record<string, unknown>) =>
      (await log(clinic.owner, { first: 100, filter })).nodes.map((each: { action: string }) => each.action);
    const now = server.clock.now();
    await desk.client.send('mutation ($id: ID!) { archivePatient(id: $id) { patient { id } } }', {
      id: await clinic.aPatient(),
    });

    expect(await actions({ subjectId: id })).toEqual(['patient.read', 'patient.create']);
    expect(await actions({ subjectId: id, actorId: doctor.userId })).toEqual(['patient.create']);
    expect(await actions({ subjectId: id, action: 'read' })).toEqual(['patient.read']);
    expect(await actions({ action: 'refuse' })).toEqual(['archivePatient.refuse']);
    expect(await actions({ action: 'patient.create', subjectId: id, from: now, to: now })).toEqual([]);
    expect(await actions({ subjectId: id, from: now })).toHaveLength(2);
  });

  it('pages without a gap or a double, also among entries of one instant', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await log(clinic.owner, { first: 7, after });
      seen.push(...page.nodes.map((each: { id: string }) => each.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);

    expect(seen).toEqual((await entriesOf(server, clinic)).map(({ id }) => id).reverse());
  });

  it('is for nobody else, and shows nothing of another clinic', async () => {
    for (const member of [doctor, desk, nurse]) expect(await member.client.codeOf(ask.log)).toBe('FORBIDDEN');
    const [entry] = await entriesOf(server, clinic);
    const node = 'query ($id: ID!) { node(id: $id) { ... on AuditEntry { action } } }';

    expect((await log(other.owner, { filter: { actorId: doctor.userId } })).nodes).toEqual([]);
    expect(await clinic.owner.ask(node, { id: entry?.id })).toEqual({ node: { action: 'clinic.register' } });
    for (const client of [other.owner, desk.client, doctor.client])
      expect(await client.ask('query ($id: ID!) { node(id: $id) { id } }', { id: entry?.id })).toEqual({ node: null });
  });

  it('refuses an id that is none', async () => {
    expect(await clinic.owner.codeOf(ask.log, { filter: { actorId: clinic.id } })).toBe('BAD_USER_INPUT');
    expect(await clinic.owner.codeOf(ask.log, { filter: { subjectId: 'x' } })).toBe('BAD_USER_INPUT');
  });
});

describe('Patient.accessLog', () => {
  const accessLog = async (client: TestClient, id: string) =>
    (await client.ask(ask.accessLog, { id })).patient?.accessLog ?? null;

  it('shows patients who opened or changed their record: names and times, nothing else', async () => {
    const rosa = await clinic.enrol();
    await desk.client.ask('query ($id: ID!) { patient(id: $id) { id } }', { id: rosa.patientId });
    await desk.client.send('mutation ($id: ID!) { archivePatient(id: $id) { patient { id } } }', {
      id: rosa.patientId,
    });

    expect(await accessLog(rosa.client, rosa.patientId)).toEqual({
      totalCount: 1,
      nodes: [
        {
          actor: null,
          actorName: expect.stringContaining('RECEPTIONIST'),
          role: 'RECEPTIONIST',
          action: 'patient.read',
          subjectId: rosa.patientId,
          changes: null,
          ipAddress: null,
        },
      ],
    });
  });

  it('shows the owner the same with who it was', async () => {
    const rosa = await clinic.enrol();
    await desk.client.ask('query ($id: ID!) { patient(id: $id) { id } }', { id: rosa.patientId });

    const { nodes } = await accessLog(clinic.owner, rosa.patientId);

    expect(nodes.at(-1)).toMatchObject({ actor: { id: desk.userId }, ipAddress: '127.0.0.1' });
  });

  it('holds what was done to a record that was merged into this one', async () => {
    const rosa = await clinic.enrol();
    const twin = await clinic.aPatient();
    await desk.client.ask('query ($id: ID!) { patient(id: $id) { id } }', { id: twin });
    await clinic.owner.ask(
      'mutation ($input: MergePatientsInput!) { mergePatients(input: $input) { userErrors { code } } }',
      { input: { keepId: rosa.patientId, mergeId: twin } },
    );

    const { nodes } = await accessLog(rosa.client, rosa.patientId);

    expect(nodes.map((each: { action: string; subjectId: string }) => [each.action, each.subjectId === twin])).toEqual([
      ['patient.merge', true],
      ['patient.merge', false],
      ['patient.read', true],
      ['patient.create', true],
    ]);
  });

  it('is for nobody else', async () => {
    const id = await ownPatient();
    const admin = await clinic.hire('ADMIN');
    const rosa = await clinic.enrol();

    for (const member of [doctor, desk, nurse, admin])
      expect(await member.client.codeOf(ask.accessLog, { id })).toBe('FORBIDDEN');
    expect(await accessLog(rosa.client, id)).toBeNull();
    expect(await accessLog(other.owner, id)).toBeNull();
  });
});
