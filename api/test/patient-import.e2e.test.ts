import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import type { Json, TestClient } from './support/client.ts';
import { query } from './support/database.ts';
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

const send = async (csv: string, more: Record<string, unknown> = {}, client: TestClient = desk.client): Promise<Json> =>
  (await client.ask(importPatients, { input: { csv, ...more } })).answer;

const header = 'first_name,last_name,birth_date,age,sex,phone,email,address';

const records = (columns: string) =>
  query<Record<string, unknown>>(
    server.database.adminUrl,
    `select ${columns} from patient where clinic_id = $1 order by record_number`,
    [clinic.id],
  );

describe('importing patients', () => {
  it('makes a record of every row, with the next numbers, consenting to nothing', async () => {
    await clinic.aPatient({ firstName: 'First' });

    const answer = await send(
      [
        header,
        'Maria,Santos,1990-06-14,,F,0917 123 4567,maria@example.org,"12 Rizal St, Cebu"',
        'Juan,,,30,male,+1 212 555 0123,,',
      ].join('\n'),
    );

    expect(answer).toEqual({
      importId: expect.stringMatching(/-8a30-/),
      createdCount: 2,
      validCount: 2,
      rejected: [],
      userErrors: [],
    });
    expect(
      await records(
        'record_number, first_name, last_name, birth_date::text, birth_date_estimated, sex, phone, email, address, email_consent, sms_consent, updated_by_name',
      ),
    ).toMatchObject([
      { record_number: 'P-00001' },
      {
        record_number: 'P-00002',
        first_name: 'Maria',
        last_name: 'Santos',
        birth_date: '1990-06-14',
        birth_date_estimated: false,
        sex: 'FEMALE',
        phone: '+639171234567',
        email: 'maria@example.org',
        address: '12 Rizal St, Cebu',
        email_consent: false,
        sms_consent: false,
        updated_by_name: 'Rosa Reyes',
      },
      {
        record_number: 'P-00003',
        first_name: 'Juan',
        birth_date: '2000-01-01',
        birth_date_estimated: true,
        sex: 'MALE',
      },
    ]);
    expect((await records('phone')).at(-1)).toEqual({ phone: '+12125550123' });
  });

  it.each([
    ['columns in another order and case', 'PHONE,Last Name,first-name\n0917 123 4567,Santos,Maria'],
    ['a byte order mark', '\uFEFFfirst_name,last_name,phone\nMaria,Santos,09171234567'],
    ['semicolons', 'first_name;last_name;phone\nMaria;Santos;0917-123-4567'],
    ['tabs', 'first_name\tlast_name\tphone\nMaria\tSantos\t(0917) 123-4567'],
    ['quotes and line ends of Windows', '"first_name","last_name","phone"\r\n"Maria","Santos","+639171234567"\r\n'],
    ['empty lines', 'first_name,last_name,phone\n\nMaria,Santos,+63 917 123 4567\n\n\n'],
  ])('reads a file with %s', async (_what, csv) => {
    expect(await send(csv)).toMatchObject({ createdCount: 1, rejected: [], userErrors: [] });
    expect(await records('first_name, last_name, phone')).toEqual([
      { first_name: 'Maria', last_name: 'Santos', phone: '+639171234567' },
    ]);
  });

  it('names each row that it cannot take, with all that is wrong with it, and takes the others', async () => {
    const rows = [
      ',Santos,,,,,,',
      'Ana,Cruz,1990-02-30,,,,,',
      'Ben,Cruz,2030-03-05,,,,,',
      'Cora,Cruz,,131,,,,',
      'Dan,Cruz,,thirty,,,,',
      'Eva,Cruz,,,lady,,,',
      'Fe,Cruz,,,,12345,,',
      'Gil,Cruz,,,,,gil at home,',
      `${'x'.repeat(121)},Cruz,,,,,,`,
      'Hana,Cruz,,,,,,,surplus',
      '4711,,14.6.1990,-1,?,x,y,',
      'Ivan,Cruz,1980-01-01,,M,,,',
    ];

    const answer = await send([header, ...rows].join('\n'));

    const phone =
      'This is no phone number of this country. Check it, or write it with its country code, such as +63 917 123 4567.';
    expect(answer.createdCount).toBe(1);
    expect(answer.rejected).toEqual([
      { row: 1, message: 'Enter the first name.' },
      { row: 2, message: 'There is no such day. Check the birth date.' },
      { row: 3, message: 'Enter a birth date that is not in the future.' },
      { row: 4, message: 'Enter an age of at most 130.' },
      { row: 5, message: 'Write the age as a whole number.' },
      { row: 6, message: 'Write the sex as F, M, other or unknown.' },
      { row: 7, message: phone },
      { row: 8, message: 'Write the e-mail as ana@example.org.' },
      { row: 9, message: 'Use at most 120 characters for the first name.' },
      { row: 10, message: 'This row has 9 cells; the first line names 8 columns.' },
      {
        row: 11,
        message: `Write the sex as F, M, other or unknown. Write the birth date as 1990-06-14. ${phone} Write the e-mail as ana@example.org. Enter the first name. Enter an age of 0 or more.`,
      },
    ]);
    expect(await records('first_name')).toEqual([{ first_name: 'Ivan' }]);
  });

  it('refuses a row that looks like an earlier one, also with the name the other way round', async () => {
    const answer = await send(
      [
        'first_name,last_name,birth_date,phone',
        'José,Núñez,1990-06-14,',
        'nunez,jose,1990-06-14,',
        'José,Núñez,1991-06-14,',
        'Ana,Cruz,,09171234567',
        'ANA,CRUZ,1980-01-01,+639171234567',
        'Ana,Cruz,1981-01-01,',
        'Solo,,,',
        'solo,,,',
      ].join('\n'),
    );

    expect(answer.createdCount).toBe(5);
    expect(answer.rejected).toEqual([
      { row: 2, message: 'Looks like row 1: the same name, and the same birth date or phone.' },
      { row: 5, message: 'Looks like row 4: the same name, and the same birth date or phone.' },
      { row: 8, message: 'Looks like row 7: the same name, and the same birth date or phone.' },
    ]);
  });

  it('refuses a row that looks like a record of this clinic, and of no other', async () => {
    const csv = 'first_name,last_name,birth_date\nSantos,Maria,1990-06-14\nMaria,Santos,1991-06-14';
    await clinic.aPatient({ firstName: 'María', lastName: 'Santos', birthDate: '1990-06-14' });
    const other = await aClinic(server);

    expect((await send(csv)).rejected).toEqual([
      {
        row: 1,
        message: 'Looks like P-00001 María Santos, who has a record already. Add them by hand if they are two people.',
      },
    ]);
    expect((await send(csv, {}, other.owner)).createdCount).toBe(2);
  });

  it('makes nobody twice when the same file comes again, or twice at once', async () => {
    const csv = `first_name,birth_date\n${Array.from({ length: 30 }, (_, index) => `Ana${'a'.repeat(index)},1990-06-14`).join('\n')}`;

    const answers = await Promise.all([send(csv), send(csv), send(csv)]);
    const later = await send(csv);

    expect(answers.map(({ createdCount }) => createdCount).sort()).toEqual([0, 0, 30]);
    expect(later).toMatchObject({ createdCount: 0, importId: null });
    expect(later.rejected).toHaveLength(30);
    expect(await records('id')).toHaveLength(30);
  });

  it('saves nothing in a dry run, and says how many it would take', async () => {
    const answer = await send('first_name,age\nAna,30\nBen,x', { dryRun: true });

    expect(answer).toEqual({
      importId: null,
      createdCount: 0,
      validCount: 1,
      rejected: [{ row: 2, message: 'Write the age as a whole number.' }],
      userErrors: [],
    });
    expect(await records('id')).toEqual([]);
  });

  it('is one fact and one audit entry, whatever the number of rows', async () => {
    await send('first_name,age\nAna,30\nBen,20\nCora,x');

    const events = await query(
      server.database.adminUrl,
      `select type, payload from event where clinic_id = $1 and type like 'PATIENT%'`,
      [clinic.id],
    );
    const audited = await query(
      server.database.adminUrl,
      `select actor_user_id, changes from audit_entry where clinic_id = $1 and action like 'patient%'`,
      [clinic.id],
    );
    expect(events).toEqual([{ type: 'PATIENTS_IMPORTED', payload: { count: '2' } }]);
    expect(audited).toEqual([{ actor_user_id: desk.userId, changes: { created: 2, rejected: 1 } }]);
  });

  it('is for receptionist, admin and owner alone', async () => {
    const variables = { input: { csv: 'first_name\nAna' } };
    for (const { client } of [await clinic.hire('NURSE'), await clinic.hire('DOCTOR'), await clinic.enrol()])
      expect(await client.codeOf(importPatients, variables)).toBe('FORBIDDEN');

    expect((await send('first_name\nAna', {}, (await clinic.hire('ADMIN')).client)).createdCount).toBe(1);
  });

  it('leaves record numbers to others who register meanwhile', async () => {
    const csv = `first_name,birth_date\n${Array.from({ length: 300 }, (_, index) => `A${'b'.repeat(index % 90)}${String.fromCodePoint(97 + (index % 26))},19${10 + (index % 90)}-06-14`).join('\n')}`;

    const [answer] = await Promise.all([send(csv), ...Array.from({ length: 20 }, () => clinic.aPatient())]);

    const numbers = (await records('record_number')).map((row) => String(row['record_number']));
    expect(numbers).toHaveLength(answer.createdCount + 20);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.at(-1)).toBe(`P-${String(numbers.length).padStart(5, '0')}`);
  });
});

describe('a file that is no such table', () => {
  it.each([
    ['nothing in it', '', 'This file is empty. Its first line must name the columns.'],
    ['no first name', 'last_name\nSantos', 'The column first_name is missing. Add it to the first line.'],
    [
      'a column that nobody knows',
      'first_name,nickname\nMaria,Mia',
      'There is no column for "nickname". The columns are first_name, last_name, birth_date, age, sex, phone, email, address.',
    ],
    ['a column twice', 'first_name,First Name\nMaria,Mia', 'The column first_name is there twice. Keep one of them.'],
    [
      'a quote that is never closed',
      'first_name\nAna\n"Ben\nCora',
      'From row 2 on this file cannot be read: a quote is opened there and not closed.',
    ],
    [
      'more than 50,000 rows',
      `first_name\n${'Ana\n'.repeat(50_001)}`,
      'This file has more than 50,000 rows. Split it into smaller ones.',
    ],
  ])('with %s is refused whole', async (_what, csv, message) => {
    expect(await send(csv)).toEqual({
      importId: null,
      createdCount: 0,
      validCount: 0,
      rejected: [],
      userErrors: [{ code: 'INVALID_INPUT', message, field: ['csv'] }],
    });
    expect(await records('id')).toEqual([]);
  });

  it('with a character that no row can hold is BAD_USER_INPUT', async () => {
    expect(await desk.client.codeOf(importPatients, { input: { csv: 'first_name\nA\u0000na' } })).toBe(
      'BAD_USER_INPUT',
    );
  });
});
