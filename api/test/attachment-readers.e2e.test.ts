import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import type { Json } from './support/client.ts';
import { query } from './support/database.ts';
import { aFile, aPlace, aPng, listedFiles, listFiles, openFile, put, removeFile } from './support/files.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';
import { aVisit, codes } from './support/visits.ts';

let dataDir: string;
let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let colleague: TestMember;
let nurse: TestMember;
let desk: TestMember;
let patient: TestMember;
let visitId: string;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'clinigraph-files-'));
  server = await startTestServer({ dataDir });
  clinic = await aClinic(server);
  [doctor, colleague, nurse, desk] = await Promise.all([
    clinic.hire('DOCTOR'),
    clinic.hire('DOCTOR'),
    clinic.hire('NURSE'),
    clinic.hire('RECEPTIONIST'),
  ]);
});

beforeEach(async () => {
  server.clock.set(mondayMorning);
  patient = await clinic.enrol();
  visitId = await aVisit(clinic, desk, { doctorId: doctor.doctorId, patientId: patient.patientId });
});

afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const admin = (text: string, values: unknown[] = []): Promise<Json[]> => query(server.database.adminUrl, text, values);
const rowOf = async (id: string): Promise<Json> => (await admin('select * from attachment where id = $1', [id]))[0];
const list = (who: TestMember): Promise<Json> => listFiles(who.client, patient.patientId);
const own = () => ({ patientId: patient.patientId });
describe('who sees a file', () => {
  it('is nurses, doctors whose patient it is and the patient; the desk hands in and does not read', async () => {
    const id = await aFile(desk.client, { ...own(), visitId });
    const owner: TestMember = { ...patient, client: clinic.owner };
    const neighbour = await clinic.enrol();
    const node = async (who: TestMember) =>
      (await who.client.send('query ($id: ID!) { node(id: $id) { id ... on Attachment { fileName } } }', { id })).data
        ?.node ?? null;
    const ofVisit = async (who: TestMember) =>
      (await who.client.send('query ($id: ID!) { visit(id: $id) { attachments { id } } }', { id: visitId })).data?.visit
        ?.attachments ?? null;

    for (const who of [nurse, doctor, patient]) {
      expect((await list(who)).nodes.map((file: Json) => file.id)).toEqual([id]);
      expect((await node(who))?.id).toBe(id);
      expect(await ofVisit(who)).toEqual([{ id }]);
    }
    for (const who of [colleague, neighbour, owner, desk]) {
      expect(await node(who)).toBeNull();
      expect(await ofVisit(who)).toBeNull();
    }
    expect(await desk.client.codeOf(listedFiles, { id: patient.patientId })).toBe('FORBIDDEN');
  });

  it('stops with their right: a link is read as whoever asked for it, at that moment', async () => {
    await aFile(nurse.client, own());
    const passing = await clinic.hire('NURSE');
    const url = (await list(passing)).nodes[0].url;
    const forged = url.replace(/.$/, (letter: string) => (letter === 'A' ? 'B' : 'A'));

    expect((await openFile(passing.client, url)).status).toBe(200);
    expect((await openFile(passing.client, forged)).status).toBe(404);
    await admin(`update membership set role = 'RECEPTIONIST' where user_id = $1`, [passing.userId]);
    expect((await openFile(passing.client, url)).status).toBe(404);
    const own5 = (await list(nurse)).nodes[0].url;
    server.clock.set(new Date(mondayMorning.getTime() + 11 * 60_000));
    expect((await openFile(nurse.client, own5)).status).toBe(404);
  });

  it('is written down: the list as a reading, each opening by itself, and nothing for the patient', async () => {
    const id = await aFile(patient.client, own());
    const trail = async () =>
      (
        await admin(
          `select action || ' ' || coalesce(role, '') as line from audit_entry where clinic_id = $1 and subject_id in ($2, $3) order by sequence`,
          [clinic.id, id, patient.patientId],
        )
      ).map(({ line }) => line);
    const before = (await trail()).length;

    const url = (await list(doctor)).nodes[0].url;
    await openFile(doctor.client, url);
    await openFile(patient.client, (await list(patient)).nodes[0].url);

    expect((await trail()).slice(before)).toEqual(['patient.read DOCTOR', 'attachment.open DOCTOR']);
  });
});

describe('removing a file', () => {
  it('takes it out of the record for everybody and keeps the row, the reason and the bytes', async () => {
    const id = await aFile(patient.client, { ...own(), visitId });
    const url = (await list(nurse)).nodes[0].url;

    const { data } = await removeFile(doctor.client, id);

    expect(data.answer).toEqual({ attachment: null, userErrors: [] });
    for (const who of [nurse, doctor, patient]) expect((await list(who)).totalCount).toBe(0);
    expect((await openFile(nurse.client, url)).status).toBe(404);
    expect((await removeFile(doctor.client, id)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(await rowOf(id)).toMatchObject({
      status: 'REMOVED',
      removal_reason: 'Filed under the wrong patient',
      removed_by_user_id: doctor.userId,
    });
    expect(await readdir(path.join(dataDir, 'files', clinic.id, id))).toHaveLength(1);
  });

  it('needs a reason, and a nurse or the doctor of the visit', async () => {
    await aVisit(clinic, desk, { doctorId: colleague.doctorId, patientId: patient.patientId });
    const id = await aFile(nurse.client, { ...own(), visitId });

    expect(codes((await removeFile(nurse.client, id, ' ')).data.answer)).toEqual(['NOTE_REQUIRED']);
    for (const who of [colleague, desk, patient])
      expect((await removeFile(who.client, id)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const other = await clinic.hire('DOCTOR');
    expect((await removeFile(other.client, id)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await rowOf(id)).status).toBe('READY');
  });
});

describe('two records that become one', () => {
  it('take their files along', async () => {
    const kept = await clinic.aPatient();
    const id = await aFile(nurse.client, own());
    const pending = await aPlace(nurse.client, own());

    await clinic.owner.ask(
      'mutation ($input: MergePatientsInput!) { mergePatients(input: $input) { userErrors { code } } }',
      { input: { keepId: kept, mergeId: patient.patientId } },
    );

    expect((await put(pending.url, aPng())).status).toBe(204);
    const { patient: record } = await nurse.client.ask(listedFiles, { id: kept });
    expect(record.attachments.nodes.map((file: Json) => file.id).sort()).toEqual([id, pending.id].sort());
  });
});
