import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, appointmentMutations, type TestClinic, type TestMember } from './support/clinic.ts';
import type { Json, TestClient } from './support/client.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;

/** In the order of their record numbers, P-00001 first. */
const people: [firstName: string, lastName: string, more?: Record<string, unknown>][] = [
  ['Ana', 'Santos', { birthDate: '1990-06-14', phone: '+639171234567' }],
  ['Roxanne', 'Mariano'],
  ['Maria', 'Gonzalez'],
  ['Maria', ''],
  ['Ana', 'Maria'],
  ['Marian', 'Rivera'],
  ['Mario', 'Gonzales'],
  ['Christopher', 'Cruz'],
];

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  for (const [firstName, lastName, more] of people) {
    server.clock.advance(1);
    await clinic.aPatient({ firstName, lastName: lastName === '' ? null : lastName, ...more });
  }
  doctor = await clinic.hire('DOCTOR');
});

afterAll(() => server.stop());

const list = `query ($search: String, $first: Int, $after: String, $last: Int, $before: String) {
  patients(filter: { search: $search }, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage endCursor startCursor } nodes { id name } } }`;

const names = async (search: string, client: TestClient = clinic.owner): Promise<string[]> =>
  (await client.ask(list, { search })).patients.nodes.map(({ name }: { name: string }) => name);

describe('a search', () => {
  it('gives the best match first: the whole name, its beginning, a later word, a part, then misspellings', async () => {
    expect(await names('maria')).toEqual([
      'Maria',
      'Marian Rivera',
      'Maria Gonzalez',
      'Ana Maria',
      'Roxanne Mariano',
      'Mario Gonzales',
    ]);
  });

  it.each([
    ['a letter too few', 'cristopher', 'Christopher Cruz'],
    ['a letter changed', 'christofer', 'Christopher Cruz'],
    ['letters swapped', 'chirstopher', 'Christopher Cruz'],
    ['a misspelled last name', 'ana santoz', 'Ana Santos'],
    ['one word misspelled, one begun', 'san anna', 'Ana Santos'],
  ])('finds a name with %s', async (_what, search, name) => {
    expect(await names(search)).toContain(name);
  });

  it('puts the right spelling before the wrong one, whatever came first', async () => {
    expect((await names('gonzales')).slice(0, 2)).toEqual(['Mario Gonzales', 'Maria Gonzalez']);
    expect((await names('gonzalez')).slice(0, 2)).toEqual(['Maria Gonzalez', 'Mario Gonzales']);
  });

  it('pages through its matches, each once, in either direction', async () => {
    const all = await names('maria');
    const forwards: string[] = [];
    let after: string | null = null;
    for (let page: Json = null; page === null || page.pageInfo.hasNextPage; after = page.pageInfo.endCursor) {
      page = (await clinic.owner.ask(list, { search: 'maria', first: 2, after })).patients;
      forwards.push(...page.nodes.map(({ name }: { name: string }) => name));
      expect(page.totalCount).toBe(6);
    }
    const { patients: end } = await clinic.owner.ask(list, { search: 'maria', last: 4 });
    const { patients: start } = await clinic.owner.ask(list, {
      search: 'maria',
      last: 4,
      before: end.pageInfo.startCursor,
    });

    expect(forwards).toEqual(all);
    expect([...start.nodes, ...end.nodes].map(({ name }) => name)).toEqual(all);
  });

  it('takes no cursor of the unsearched list, and none that was made up', async () => {
    const { patients } = await clinic.owner.ask(list, { first: 1 });
    const made = Buffer.from(JSON.stringify(['found.score', "1'", '0'])).toString('base64url');

    for (const after of [patients.pageInfo.endCursor, made])
      expect(await clinic.owner.codeOf(list, { search: 'maria', after })).toBe('BAD_USER_INPUT');
  });

  it('finds for a doctor their own patients alone, and for everybody else at the desk all of them', async () => {
    const [maria] = (await clinic.owner.ask(list, { search: 'P-00003' })).patients.nodes;
    await clinic.owner.ask(appointmentMutations.book, {
      input: {
        patientId: maria.id,
        doctorId: doctor.doctorId,
        serviceId: clinic.serviceId,
        startsAt: '2030-03-05T02:00:00Z',
      },
    });

    expect(await names('maria', doctor.client)).toEqual(['Maria Gonzalez']);
    expect(await names('gonzales', doctor.client)).toEqual(['Maria Gonzalez']);
    for (const role of ['ADMIN', 'NURSE', 'RECEPTIONIST'] as const)
      expect(await names('maria', (await clinic.hire(role)).client)).toHaveLength(6);
    expect(await (await clinic.enrol()).client.codeOf(list, { search: 'maria' })).toBe('FORBIDDEN');
  });

  it('bears whatever is typed', async () => {
    for (const search of ["'; drop table patient; --", '\\', '%%%%', 'x'.repeat(10_000), 'محمد', '$sql$', '%s %L'])
      expect(await names(search)).toEqual([]);
  });
});

describe('possible duplicates, while somebody types', () => {
  const ask = async (person: Record<string, unknown>, client: TestClient = clinic.owner): Promise<string[] | null> =>
    (
      await client.ask(
        `query ($firstName: String!, $lastName: String, $birthDate: Date, $phone: PhoneNumber) {
          possibleDuplicates(firstName: $firstName, lastName: $lastName, birthDate: $birthDate, phone: $phone) { name } }`,
        person,
      )
    ).possibleDuplicates.map(({ name }: { name: string }) => name);

  it.each([
    ['the same name and birth date', { firstName: 'Ana', lastName: 'Santos', birthDate: '1990-06-14' }],
    ['the same name and phone', { firstName: 'ANA', lastName: 'sántos', phone: '+639171234567' }],
    ['the parts of the name swapped', { firstName: 'Santos', lastName: 'Ana', birthDate: '1990-06-14' }],
    ['nearly the same name', { firstName: 'Anna', lastName: 'Santos', birthDate: '1990-06-14' }],
    ['the same name, and nothing else known', { firstName: 'Ana', lastName: 'Santos' }],
  ])('are found by %s', async (_what, person) => {
    expect(await ask(person)).toEqual(['Ana Santos']);
  });

  it.each([
    ['another birth date', { firstName: 'Ana', lastName: 'Santos', birthDate: '1991-06-14' }],
    ['another name', { firstName: 'Ben', lastName: 'Cruz', birthDate: '1990-06-14', phone: '+639171234567' }],
    ['no letter', { firstName: ' ' }],
    ['a name that nobody has', { firstName: 'x'.repeat(10_000), birthDate: '1990-06-14' }],
  ])('are none with %s', async (_what, person) => {
    expect(await ask(person)).toEqual([]);
  });

  it('are for a doctor their own patients alone, and nothing for patients', async () => {
    const person = { firstName: 'Ana', lastName: 'Santos', birthDate: '1990-06-14' };
    const patient = await clinic.enrol();

    expect(await ask(person, doctor.client)).toEqual([]);
    expect(await patient.client.codeOf('{ possibleDuplicates(firstName: "Ana") { name } }')).toBe('FORBIDDEN');
  });
});
