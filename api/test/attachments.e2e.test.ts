import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runDue } from '../src/app/due-running.service.ts';
import { aClinic, signIn, type TestClinic, type TestMember } from './support/clinic.ts';
import { settled, type Json } from './support/client.ts';
import { query } from './support/database.ts';
import { aFile, aPdf, aPlace, aPng, createUpload, listFiles, openFile, put, removeFile } from './support/files.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';
import { aVisit } from './support/visits.ts';

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
    clinic.hire('DOCTOR', 'Dr Rao'),
    clinic.hire('DOCTOR'),
    clinic.hire('NURSE', 'Nina Nurse'),
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
const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(path.join(dataDir, folder), { recursive: true, withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

describe('handing in a file', () => {
  it('makes it the patient’s once its bytes are there, and not before', async () => {
    const bytes = aPdf('eye pressure');
    const place = await aPlace(nurse.client, {
      ...own(),
      visitId,
      fileName: '../Befund Ärztin.PDF',
      contentType: 'application/pdf',
      bytes,
    });
    expect((await list(nurse)).totalCount).toBe(0);

    const answer = await put(place.url, bytes, 'application/pdf');

    expect(answer).toEqual({ status: 204, message: null });
    const { nodes, totalCount } = await list(doctor);
    expect([nodes.length, totalCount]).toEqual([1, 1]);
    expect(nodes[0]).toMatchObject({
      id: place.id,
      fileName: 'Befund Ärztin.PDF',
      uploadedBy: { name: 'Nina Nurse' },
      visit: { id: visitId },
    });
    const opened = await openFile(doctor.client, nodes[0].url);
    expect(opened.bytes.equals(bytes)).toBe(true);
    expect(Object.fromEntries(opened.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="Befund _rztin.PDF"; filename*=UTF-8''Befund%20%C3%84rztin.PDF`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'no-store',
    });
  });

  it('is done by nurse, doctor of the patient, front desk and the patient, and by nobody else', async () => {
    const input = { ...own(), fileName: 'a.png', contentType: 'image/png', size: 9 };
    const outcome = async (who: TestMember, changes = {}) => {
      const { data, errors } = await who.client.send(createUpload, { input: { ...input, ...changes } });
      return errors?.[0]?.extensions.code ?? data.answer.userErrors[0]?.code ?? 'place';
    };
    const [other, admins] = [await clinic.enrol(), await clinic.hire('ADMIN')];
    const otherClinic = await aClinic(server);
    const foreign = await otherClinic.hire('NURSE');

    expect(await Promise.all([nurse, doctor, desk, patient].map((who) => outcome(who, { visitId })))).toEqual(
      Array(4).fill('place'),
    );
    expect(await Promise.all([colleague, other, foreign].map((who) => outcome(who)))).toEqual(
      Array(3).fill('NOT_FOUND'),
    );
    expect(await outcome(admins)).toBe('FORBIDDEN');
    expect(await outcome({ ...patient, client: clinic.owner })).toBe('FORBIDDEN');
    // A visit of somebody else, and one of a colleague.
    const theirs = await aVisit(clinic, desk, { doctorId: colleague.doctorId, patientId: other.patientId });
    const second = await aVisit(clinic, desk, { doctorId: colleague.doctorId, patientId: patient.patientId });
    expect(await outcome(nurse, { visitId: theirs })).toBe('NOT_FOUND');
    expect(await outcome(doctor, { visitId: second })).toBe('FORBIDDEN');
    expect(await outcome(doctor, { patientId: other.patientId })).toBe('NOT_FOUND');
  });

  it('is refused at once for what is not taken, naming the field', async () => {
    const refused = async (changes: Record<string, unknown>) => {
      const input = { ...own(), fileName: 'a.png', contentType: 'image/png', size: 9, ...changes };
      const { answer } = await nurse.client.ask(createUpload, { input });
      expect(answer.attachment).toBeNull();
      expect(answer.uploadUrl).toBeNull();
      return answer.userErrors.map(({ code, field }: Json) => `${code} ${field.join('.')}`).join();
    };

    expect(await refused({ contentType: 'image/svg+xml' })).toBe('UNSUPPORTED_FILE contentType');
    expect(await refused({ size: 26_214_401 })).toBe('UNSUPPORTED_FILE size');
    expect(await refused({ size: 0 })).toBe('UNSUPPORTED_FILE size');
    expect(await refused({ fileName: '../..' })).toBe('INVALID_INPUT fileName');
    const withNul = { input: { ...own(), fileName: 'a\u0000.png', contentType: 'image/png', size: 9 } };
    expect(await nurse.client.codeOf(createUpload, withNul)).toBe('BAD_USER_INPUT');
  });
});

describe('the bytes of a file', () => {
  it('are refused when they are other ones than announced, and can be sent again', async () => {
    const bytes = aPng('right');
    const place = await aPlace(nurse.client, { ...own(), bytes });
    const same = (text: string) => Buffer.from(text.padEnd(bytes.length, ' '), 'latin1');

    const answers = [
      await put(place.url, Buffer.alloc(0)),
      await put(place.url, bytes.subarray(1)),
      await put(place.url, Buffer.concat([bytes, Buffer.from('x')])),
      await put(place.url, Buffer.alloc(2_000_000)),
      await put(place.url, bytes, 'text/html'),
      await put(place.url, same('<!doctype html><script>alert(1)</script>')),
      await put(place.url, same('<svg onload="alert(1)"/>')),
      await put(place.url, same('%PDF-1.4')),
    ];

    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(422));
    expect(answers.map(({ message }) => message)).toEqual([
      ...Array(2).fill('The file that came is shorter than the one that was announced. Send it again.'),
      ...Array(2).fill('The file that came is larger than the one that was announced. Send it again.'),
      'The file that came is of another kind than the one that was announced. Send it again.',
      ...Array(3).fill('This file is not a PNG image, whatever its name says. Choose another one.'),
    ]);
    expect((await rowOf(place.id)).status).toBe('PENDING');
    expect((await put(place.url, bytes)).status).toBe(204);
  });

  it('change nothing when the same come twice, and other ones are refused', async () => {
    const [one, two] = [aPng('one'), aPng('two')];
    const place = await aPlace(nurse.client, { ...own(), bytes: one });
    await put(place.url, one);

    expect(await put(place.url, one)).toEqual({ status: 204, message: null });
    expect(await put(place.url, two)).toEqual({
      status: 409,
      message: 'Another file came through this link already. Begin anew.',
    });
    expect(
      (await admin(`select action from audit_entry where subject_id = $1 order by sequence`, [place.id])).map(
        ({ action }) => action,
      ),
    ).toEqual(['attachment.announce', 'attachment.add']);
  });

  it('of one alone are kept when several come at once', async () => {
    const sent = ['a', 'b', 'c', 'd'].map((text) => aPng(text));
    const place = await aPlace(nurse.client, { ...own(), bytes: aPng('a') });

    const answers = await Promise.all(sent.map((bytes) => put(place.url, bytes)));

    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409, 409, 409]);
    const winner = sent[answers.findIndex(({ status }) => status === 204)];
    const { nodes } = await list(nurse);
    expect((await openFile(nurse.client, nodes[0].url)).bytes).toEqual(winner);
    const row = await rowOf(place.id);
    expect(await readdir(path.join(dataDir, 'files', clinic.id, place.id))).toEqual([row.storage_key.split('/')[2]]);
  });

  it('that break off leave nothing behind, and can be sent again', async () => {
    const bytes = aPng('x'.repeat(200_000));
    const place = await aPlace(nurse.client, { ...own(), bytes });

    const sending = request(place.url, {
      method: 'PUT',
      headers: { 'content-type': 'image/png', 'content-length': bytes.length },
    });
    sending.on('error', () => undefined);
    sending.write(bytes.subarray(0, 100_000));
    await settled(200);
    expect(await filesIn('files-incoming')).toHaveLength(1);
    sending.destroy();
    await settled(200);

    expect(await filesIn('files-incoming')).toEqual([]);
    expect((await rowOf(place.id)).status).toBe('PENDING');
    expect((await put(place.url, bytes)).status).toBe(204);
  });

  it('are not taken when the link is over, forged, of another session’s end, or the file is gone', async () => {
    const over = { status: 410, message: 'This upload is over. Choose the file once more.' };
    const places = await Promise.all([1, 2, 3].map(() => aPlace(nurse.client, own())));
    const [first, second, third] = places.map(({ url }) => url);
    const leaver = await signIn(server.url, nurse.email);
    const leavers = await aPlace(leaver, own());

    await leaver.ask('mutation { signOut { userErrors { code } } }').catch(() => leaver.ask('mutation { signOut }'));
    expect(await put(leavers.url, aPng())).toEqual(over);
    expect(await put(`${first?.slice(0, -3)}AAA`, aPng())).toEqual(over);
    expect(await put(new URL('/uploads/x', server.url).href, aPng())).toEqual(over);
    expect((await put(second ?? '', aPng())).status).toBe(204);
    await removeFile(nurse.client, places[1]?.id ?? '');
    expect(await put(second ?? '', aPng())).toEqual(over);
    server.clock.set(new Date(mondayMorning.getTime() + 15 * 60_000));
    expect(await put(third ?? '', aPng())).toEqual(over);
  });

  it('that never come free their place after an hour; those that came stay', async () => {
    const kept = await aFile(nurse.client, own());
    const { id } = await aPlace(nurse.client, own());
    server.clock.set(new Date(mondayMorning.getTime() + 61 * 60_000));

    await runDue(server.runtime, { clinicId: clinic.id, clockOffsetMs: 0 });

    expect(await rowOf(id)).toBeUndefined();
    expect((await rowOf(kept)).status).toBe('READY');
    const { nodes } = await list(await fresh(nurse));
    expect((await openFile(nurse.client, nodes[0].url)).bytes).toEqual(aPng());
  });
});

/** The clock has moved past the token's end. */
const fresh = async (who: TestMember): Promise<TestMember> => ({
  ...who,
  client: await signIn(server.url, who.email),
});
