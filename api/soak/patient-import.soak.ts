import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { settled, TestClient, type Json } from '../test/support/client.ts';
import { aClinic, type TestClinic } from '../test/support/clinic.ts';
import { query } from '../test/support/database.ts';
import { spawnProcess, type SpawnedProcess } from '../test/support/processes.ts';
import { report } from '../test/support/report.ts';
import { startTestServer, type TestServerHandle } from '../test/support/server.ts';
import { timed } from './figures.ts';

const rowCount = 50_000;
const badEvery = 100;

const importPatients = `mutation ($input: ImportPatientsInput!) { answer: importPatients(input: $input) {
  importId createdCount validCount rejected { row message } userErrors { message } } }`;
const undoImport = 'mutation ($id: ID!) { answer: undoImport(importId: $id) { removedCount keptCount } }';

let server: TestServerHandle;
let clinic: TestClinic;
let product: SpawnedProcess;
let desk: TestClient;

beforeAll(async () => {
  server = await startTestServer({
    jwtSecret: 'a secret that all test processes share, long enough',
    dataKey: 'another secret that all test processes share, long enough',
  });
  server.clock.set(new Date());
});

beforeEach(async () => {
  server.clock.set(new Date());
  clinic = await aClinic(server);
  await clinic.aPatient({ firstName: 'Known', lastName: 'Already', birthDate: '1990-06-14' });
  product = await spawnProcess(server.database, 'api');
  desk = new TestClient(product.url, (await clinic.hire('RECEPTIONIST')).client.token);
});

afterEach(async () => {
  await product.stop('SIGKILL');
});

afterAll(() => server.stop());

const letters = (count: number): string => String(count).replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));
const goodRow = (row: number): string =>
  `Maria ${letters(row)},Santos,1990-06-14,,F,0917${1_000_000 + row},maria${row}@example.org,"${row} Rizal St, Cebu"`;

const phoneProblem =
  'This is no phone number of this country. Check it, or write it with its country code, such as +63 917 123 4567.';

/** Every kind of row that is refused, and what is said of it. */
const badRows: [text: (row: number) => string, message: (row: number) => string][] = [
  [() => ',Santos,,,,,,', () => 'Enter the first name.'],
  [(row) => `${letters(row)},,1990-02-30,,,,,`, () => 'There is no such day. Check the birth date.'],
  [(row) => `${letters(row)},,2999-01-01,,,,,`, () => 'Enter a birth date that is not in the future.'],
  [(row) => `${letters(row)},,1700-01-01,,,,,`, () => 'Check the year of birth: nobody is that old.'],
  [(row) => `${letters(row)},,,200,,,,`, () => 'Enter an age of at most 130.'],
  [(row) => `${letters(row)},,,old,,,,`, () => 'Write the age as a whole number.'],
  [(row) => `${letters(row)},,,,x,,,`, () => 'Write the sex as F, M, other or unknown.'],
  [(row) => `${letters(row)},,,,,12,,`, () => phoneProblem],
  [(row) => `${letters(row)},,,,,,not an address,`, () => 'Write the e-mail as ana@example.org.'],
  [() => `${'x'.repeat(121)},,,,,,,`, () => 'Use at most 120 characters for the first name.'],
  [(row) => `${letters(row)},${'y'.repeat(121)},,,,,,`, () => 'Use at most 120 characters for the last name.'],
  [(row) => `${letters(row)},,,,,,,"${'z'.repeat(301)}"`, () => 'Use at most 300 characters for the address.'],
  [(row) => `${letters(row)},,,,,,,,surplus`, () => 'This row has 9 cells; the first line names 8 columns.'],
  [(row) => goodRow(row - 1), (row) => `Looks like row ${row - 1}: the same name, and the same birth date or phone.`],
  [
    () => 'Already,Known,1990-06-14,,,,,',
    () => 'Looks like P-00001 Known Already, who has a record already. Add them by hand if they are two people.',
  ],
];

interface File {
  csv: string;
  rejected: { row: number; message: string }[];
}

function aFile(): File {
  const lines = ['first_name,last_name,birth_date,age,sex,phone,email,address'];
  const rejected: File['rejected'] = [];
  let isKnownUsed = false;
  for (let row = 1; row <= rowCount; row += 1) {
    const kind = row % badEvery === 0 ? badRows[(row / badEvery) % badRows.length] : undefined;
    if (kind === undefined) {
      lines.push(goodRow(row));
      continue;
    }
    const [text, message] = kind;
    lines.push(text(row));
    // The second row about a known person is like the first one, which was refused for the record it looks like.
    const isKnown = text(row).startsWith('Already');
    rejected.push({
      row,
      message:
        isKnown && isKnownUsed
          ? `Looks like row ${firstKnown(rejected)}: the same name, and the same birth date or phone.`
          : message(row),
    });
    isKnownUsed ||= isKnown;
  }
  return { csv: lines.join('\n'), rejected };
}

const firstKnown = (rejected: File['rejected']): number =>
  rejected.find(({ message }) => message.startsWith('Looks like P-00001'))?.row ?? 0;

/** Megabytes of memory that a process holds, or held at most. */
function megabytes(name: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${product.child.pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1_024);
}

const countOfClinic = async (table: string): Promise<number> =>
  Number(
    (
      await query<{ count: string }>(server.database.adminUrl, `select count(*) from ${table} where clinic_id = $1`, [
        clinic.id,
      ])
    )[0]?.count,
  );

describe('a file of 50,000 rows', () => {
  it('is taken but for its bad rows, each named; the memory stays flat, others are served meanwhile, and it goes back', async () => {
    const { csv, rejected } = aFile();
    const before = megabytes('VmRSS');
    const waits: number[] = [];
    let isOver = false;

    const running = timed(() => desk.ask(importPatients, { input: { csv } }));
    void running.then(() => {
      isOver = true;
    });
    while (!isOver) {
      waits.push((await timed(() => desk.ask('{ patients(first: 1) { nodes { id } } }'))).ms);
      await settled(50);
    }
    const { ms, result } = await running;
    const after = megabytes('VmRSS');
    const again = await timed(() => desk.ask(importPatients, { input: { csv } }));
    const undone = await timed(() => desk.ask(undoImport, { id: result.answer.importId }));

    report(`${csv.length} bytes, ${rowCount} rows, ${rejected.length} of them bad: ${(ms / 1_000).toFixed(1)} s`);
    report(
      `memory: ${before} MB before, ${after} MB after, ${megabytes('VmRSS')} MB after a second one, ${megabytes('VmHWM')} MB at most`,
    );
    report(`a list asked meanwhile waited ${Math.max(...waits).toFixed(0)} ms at most, of ${waits.length}`);
    report(
      `the same file again: ${(again.ms / 1_000).toFixed(1)} s; taken back in ${(undone.ms / 1_000).toFixed(1)} s`,
    );
    expect(result.answer.userErrors).toEqual([]);
    expect(result.answer.rejected).toEqual(rejected);
    expect(result.answer.createdCount).toBe(rowCount - rejected.length);
    expect(again.result.answer).toMatchObject({ createdCount: 0, importId: null });
    expect(again.result.answer.rejected).toHaveLength(rowCount);
    expect(undone.result.answer).toEqual({ removedCount: rowCount - rejected.length, keptCount: 0 });
    expect(await countOfClinic('patient')).toBe(1);
  });

  it('leaves nothing half when its process is killed, wherever it is', async () => {
    const { csv } = aFile();
    for (const share of [0.1, 0.4, 0.6, 0.75, 0.9]) {
      const running = desk.send(importPatients, { input: { csv, progressKey: `at ${share}` } }).catch(() => null);
      const reached = await progressPast(share);
      await product.stop('SIGKILL');
      await running;

      report(`killed at ${Math.round(reached * 100)} %: ${(await countOfClinic('patient')) - 1} records`);
      expect([await countOfClinic('patient'), await countOfClinic('patient_import')]).toEqual([1, 0]);
      product = await spawnProcess(server.database, 'api');
      desk = new TestClient(product.url, desk.token);
    }
  });
});

/** Waits until the rows looked at and written are past this share, as the database tells. */
async function progressPast(share: number): Promise<number> {
  for (let tries = 0; tries < 6_000; tries += 1) {
    const [progress]: Json[] = await query(
      server.database.adminUrl,
      'select processed::float / total as share from import_progress where clinic_id = $1 and key = $2',
      [clinic.id, `at ${share}`],
    );
    if (progress !== undefined && progress.share >= share) return progress.share;
    await settled(5);
  }
  throw new Error('The import did not get that far.');
}
