import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, type TestClinic } from './support/clinic.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;

/** In the order of their record numbers, P-00001 first. */
const people: [firstName: string, lastName: string | null][] = [
  ['María José', 'Núñez Prado'],
  ['Maria', 'Santos'],
  ['Søren', "O'Brien"],
  ['Nadia 100%', 'Cotton'],
  ['Under_score', null],
  ['Back\\slash', null],
  ['Đặng', 'Thị Ánh'],
];

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  for (const [firstName, lastName] of people) {
    server.clock.advance(1);
    await clinic.aPatient({ firstName, lastName });
  }
});

afterAll(() => server.stop());

const list = `query ($filter: PatientFilter) { patients(filter: $filter) { totalCount nodes { recordNumber } } }`;

/** The numbers of those who are found, without P and zeros. */
async function found(filter: Record<string, unknown> | null): Promise<number[]> {
  const { patients } = await clinic.owner.ask(list, { filter });
  const numbers = patients.nodes.map((node: { recordNumber: string }) => Number(node.recordNumber.slice(2)));
  expect(patients.totalCount).toBe(numbers.length);
  return numbers;
}

describe('searching for a patient', () => {
  it.each<[what: string, search: string, numbers: number[]]>([
    ['part of a name', 'sant', [2]],
    ['a name that several have, newest first', 'maria', [2, 1]],
    ['any case', 'SANTOS', [2]],
    ['first and last name', 'maria santos', [2]],
    ['words in any order', 'prado maría', [1]],
    ['parts of words in any order', 'pra mar', [1]],
    ['a word too many', 'maria santos reyes', []],
    ['a missing accent', 'nunez jose', [1]],
    ['an accent too many', 'sántos', [2]],
    ['missing accents of Vietnamese', 'dang thi anh', [7]],
    ['a letter of its own in Danish', 'soren', [3]],
    ['space around and between', '  maria \t  santos ', [2]],
    ['a quote', "o'brien", [3]],
    ['nothing that anybody is called', 'zzz', []],
    ['a record number', 'P-00002', [2]],
    ['a record number in lower case', 'p-00002', [2]],
    ['a record number without the dash', 'P00002', [2]],
    ['a record number without zeros', 'P-2', [2]],
    ['the bare number', '2', [2]],
    ['the bare number with zeros', '00002', [2]],
    ['a number that is part of a name', '100', [4]],
    ['a record number that nobody has', 'P-00100', []],
    ['a percent sign', '%', [4]],
    ['a percent sign in a word', '0% c', [4]],
    ['an underscore', '_', [5]],
    ['an underscore in a word', 'r_s', [5]],
    ['a backslash', '\\', [6]],
    ['what a wildcard would find', 'm%a', []],
    ['nothing at all: everybody', '', [7, 6, 5, 4, 3, 2, 1]],
    ['a blank: everybody', '   ', [7, 6, 5, 4, 3, 2, 1]],
  ])('by %s', async (_what, search, numbers) => {
    expect(await found({ search })).toEqual(numbers);
  });

  it('finds nobody of another clinic', async () => {
    const other = await aClinic(server);

    const { patients } = await other.owner.ask(list, { filter: { search: 'maria' } });

    expect(patients).toEqual({ totalCount: 0, nodes: [] });
  });
});

describe('the list of patients', () => {
  it('leaves archived records out, and shows them alone when asked', async () => {
    await query(
      server.database.adminUrl,
      `update patient set archived_at = now() where clinic_id = $1 and record_number in ('P-00002', 'P-00005')`,
      [clinic.id],
    );

    expect(await found(null)).toEqual([7, 6, 4, 3, 1]);
    expect(await found({ archived: false })).toEqual([7, 6, 4, 3, 1]);
    expect(await found({ archived: true })).toEqual([5, 2]);
    expect(await found({ archived: true, search: 'maria' })).toEqual([2]);
    expect(await found({ search: 'P-00002' })).toEqual([]);
  });
});

describe('searching by phone', () => {
  it('finds a number however it is spelled, and part of it', async () => {
    await clinic.aPatient({ firstName: 'Liza', phone: '+639172007919' });
    const [newest] = await found({ search: 'Liza' });

    for (const search of ['+639172007919', '0917 200 7919', '(0917) 200-7919', '2007919', '7919']) {
      expect(await found({ search })).toEqual([newest]);
    }
    expect(await found({ search: '919' })).toEqual([]);
    expect(await found({ search: '0917 200 7918' })).toEqual([]);
  });
});
