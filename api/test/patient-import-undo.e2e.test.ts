import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aClinic, appointmentMutations, type TestClinic, type TestMember } from './support/clinic.ts';
import { settled, TestClient, type Json } from './support/client.ts';
import { query } from './support/database.ts';
import { spawnProcess } from './support/processes.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let desk: TestMember;

beforeAll(async () => {
  server = await startTestServer({ jwtSecret: 'a secret that all test processes share, long enough' });
});

beforeEach(async () => {
  server.clock.set(mondayMorning);
  clinic = await aClinic(server);
  desk = await clinic.hire('RECEPTIONIST', 'Rosa Reyes');
});

afterAll(() => server.stop());

const importPatients = `mutation ($input: ImportPatientsInput!) { answer: importPatients(input: $input) {
  importId createdCount validCount rejected { row message } userErrors { code message field } } }`;
const undoImport = `mutation ($importId: ID!) { answer: undoImport(importId: $importId) {
  removedCount keptCount kept { recordNumber name } userErrors { code message field } } }`;

const send = async (csv: string, more: Record<string, unknown> = {}, client: TestClient = desk.client): Promise<Json> =>
  (await client.ask(importPatients, { input: { csv, ...more } })).answer;

const undo = async (importId: string): Promise<Json> => (await desk.client.ask(undoImport, { importId })).answer;

const records = (columns: string) =>
  query<Record<string, unknown>>(
    server.database.adminUrl,
    `select ${columns} from patient where clinic_id = $1 order by record_number`,
    [clinic.id],
  );

describe('taking an import back', () => {
  it('removes exactly what it made, once', async () => {
    await clinic.aPatient({ firstName: 'Stays' });
    const { importId } = await send('first_name\nAna\nBen');
    await send('first_name\nCora');

    const answer = await undo(importId);
    const twice = await undo(importId);

    expect(answer).toEqual({ removedCount: 2, keptCount: 0, kept: [], userErrors: [] });
    expect(twice.userErrors).toEqual([
      { code: 'INVALID_TRANSITION', message: 'This import was taken back already.', field: null },
    ]);
    expect(await records('first_name')).toEqual([{ first_name: 'Stays' }, { first_name: 'Cora' }]);
  });

  it('keeps and names whoever was changed, booked, agreed to something or merged since', async () => {
    const doctor = await clinic.hire('DOCTOR');
    const { importId } = await send('first_name\nAna\nBen\nCora\nDan\nEva\nFe');
    const ids = (await records('id')).map((row) => String(row['id']));
    const [ana, ben, cora, dan, eva] = ids;
    await desk.client.ask(
      `mutation ($ana: ID!, $cora: ID!, $dan: ID!, $eva: ID!) {
        updatePatient(input: { patientId: $ana, address: "Cebu" }) { userErrors { code } }
        mergePatients(input: { keepId: $dan, mergeId: $eva }) { userErrors { code } }
      }`.replace('$cora: ID!, ', ''),
      { ana, dan, eva },
    );
    server.clock.advance(1_000);
    await desk.client.ask(
      'mutation ($id: ID!) { setNotificationPreferences(input: { patientId: $id, sms: true }) { userErrors { code } } }',
      { id: cora },
    );
    await desk.client.ask(appointmentMutations.book, {
      input: {
        patientId: ben,
        doctorId: doctor.doctorId,
        serviceId: clinic.serviceId,
        startsAt: '2030-03-05T02:00:00Z',
      },
    });

    const answer = await undo(importId);

    expect(answer.removedCount).toBe(1);
    expect(answer.kept.map(({ name }: { name: string }) => name).sort()).toEqual(['Ana', 'Ben', 'Cora', 'Dan', 'Eva']);
    expect((await records('first_name')).map((row) => row['first_name'])).toEqual(['Ana', 'Ben', 'Cora', 'Dan', 'Eva']);
  });

  it('keeps whoever was invited since', async () => {
    const { importId } = await send('first_name,email\nAna,ana@example.org\nBen,ben@example.org');
    const [ana] = await records('id');
    await desk.client.ask('mutation ($id: ID!) { invitePatient(patientId: $id) { userErrors { code } } }', {
      id: ana?.['id'],
    });

    expect(await undo(importId)).toMatchObject({ removedCount: 1, keptCount: 1 });
    expect(await records('first_name')).toEqual([{ first_name: 'Ana' }]);
  });

  it('never takes a record away under a booking', { timeout: 60_000 }, async () => {
    const doctor = await clinic.hire('DOCTOR');
    for (let round = 0; round < 5; round += 1) {
      const name = `Ana${'b'.repeat(round)}`;
      const { importId } = await send(`first_name\n${name}`);
      const { patients } = await desk.client.ask(
        'query ($name: String) { patients(filter: { search: $name }) { nodes { id } } }',
        {
          name,
        },
      );
      const [{ id }] = patients.nodes;

      const [undone, booked] = await Promise.all([
        undo(importId),
        desk.client.send(appointmentMutations.book, {
          input: {
            patientId: id,
            doctorId: doctor.doctorId,
            serviceId: clinic.serviceId,
            startsAt: `2030-03-${10 + round}T02:00:00Z`,
          },
        }),
      ]);

      const isBooked = booked.errors === undefined && booked.data.answer.userErrors.length === 0;
      expect(booked.errors?.map(({ extensions }) => extensions.code) ?? []).toEqual(isBooked ? [] : ['NOT_FOUND']);
      expect([undone.removedCount, undone.keptCount]).toEqual(isBooked ? [0, 1] : [1, 0]);
    }
  });

  it('is NOT_FOUND for another clinic, and FORBIDDEN for a nurse', async () => {
    const { importId } = await send('first_name\nAna');

    expect(await (await aClinic(server)).owner.codeOf(undoImport, { importId })).toBe('NOT_FOUND');
    expect(await (await clinic.hire('NURSE')).client.codeOf(undoImport, { importId })).toBe('FORBIDDEN');
    expect(await records('first_name')).toEqual([{ first_name: 'Ana' }]);
  });
});

/** Names without digits, each another one. */
const manyRows = (count: number): string =>
  `first_name,birth_date\n${Array.from({ length: count }, (_, index) => {
    const letters = String(index).replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));
    return `Maria ${letters},1990-06-14`;
  }).join('\n')}`;

describe('the progress of an import', () => {
  const progressOf = async (client: TestClient): Promise<Json> =>
    (await client.ask('{ importProgress(key: "mine") { processed total done } }')).importProgress;

  it('is read from another process while it runs, by whoever runs it', { timeout: 60_000 }, async () => {
    server.clock.set(new Date());
    const rosa = await clinic.hire('RECEPTIONIST');
    const other = await spawnProcess(server.database, 'api');
    const elsewhere = new TestClient(other.url, rosa.client.token);
    const seen: Json[] = [];

    const running = send(manyRows(5_000), { progressKey: 'mine' }, rosa.client);
    let isOver = false;
    void running.then(() => {
      isOver = true;
    });
    while (!isOver) {
      seen.push(await progressOf(elsewhere));
      await settled(20);
    }
    await running;

    const steps = seen.filter((progress) => progress !== null).map(({ processed }) => processed);
    expect(steps.some((processed) => processed > 0 && processed < 5_000)).toBe(true);
    expect(steps).toEqual([...steps].sort((one, two) => one - two));
    expect(await progressOf(elsewhere)).toEqual({ processed: 5_000, total: 5_000, done: true });
    expect(await progressOf(clinic.owner)).toBeNull();
    await other.stop();
  });

  it('leaves nothing when the process is killed in the middle', { timeout: 60_000 }, async () => {
    server.clock.set(new Date());
    const rosa = await clinic.hire('RECEPTIONIST');
    const other = await spawnProcess(server.database, 'api');
    const elsewhere = new TestClient(other.url, rosa.client.token);
    const input = { csv: manyRows(20_000), progressKey: 'mine' };

    const running = elsewhere.send(importPatients, { input }).catch(() => null);
    for (let tries = 0; tries < 500; tries += 1) {
      const progress = await progressOf(rosa.client);
      // Past the middle the rows are being written.
      if (progress !== null && progress.processed > 11_000) break;
      await settled(10);
    }
    await other.stop('SIGKILL');
    await running;

    expect(await records('id')).toEqual([]);
    expect(
      await query(server.database.adminUrl, 'select 1 from patient_import where clinic_id = $1', [clinic.id]),
    ).toEqual([]);
    expect((await send('first_name\nAna', {}, rosa.client)).createdCount).toBe(1);
    expect(await records('record_number')).toEqual([{ record_number: 'P-00001' }]);
  });
});
