import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import type { Answer } from './support/client.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let lines: string[];

beforeAll(async () => {
  lines = [];
  server = await startTestServer({ logLevel: 'trace' }, undefined, { write: (line) => void lines.push(line) });
  clinic = await aClinic(server);
  doctor = await clinic.hire('DOCTOR');
});

afterAll(() => server.stop());

/** Code, field and message of each error; each has the id of its request. */
const errorsOf = ({ errors = [] }: Answer) =>
  errors.map(({ message, extensions: { code, field, requestId } }) => {
    expect(requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    return { code, field, message };
  });

const badInput = (message: string, ...field: string[]) => ({ code: 'BAD_USER_INPUT', field, message });

const registerClinic =
  'mutation ($input: RegisterClinicInput!) { registerClinic(input: $input) { userErrors { code } } }';
const createPatient = 'mutation ($input: CreatePatientInput!) { createPatient(input: $input) { userErrors { code } } }';

/** Each in a field of its kind, and what is answered to it. */
const malformed: [kind: string, mutation: string, field: string, value: string, message: string][] = [
  ['day', createPatient, 'birthDate', '14.6.1990; at "input.x"; Santos', 'Expected a Date such as 2026-03-02.'],
  ['phone number', createPatient, 'phone', '0917 SECRET', 'Expected a PhoneNumber such as +639171234567.'],
  ['e-mail address', createPatient, 'email', 'maria at example', 'Expected an EmailAddress such as ana@example.org.'],
  ['time zone', registerClinic, 'timeZone', 'Asia/Manila; Santos', 'Expected a TimeZone such as Asia/Manila.'],
  ['currency', registerClinic, 'currency', 'PESO', 'Expected a Currency such as PHP.'],
  ['locale', registerClinic, 'locale', 'english please', 'Expected a Locale such as en-PH.'],
];

const complete: Record<string, Record<string, string>> = {
  [createPatient]: { firstName: 'Ana', sex: 'FEMALE' },
  [registerClinic]: {
    clinicName: 'Bayani',
    slug: 'bayani',
    timeZone: 'Asia/Manila',
    currency: 'PHP',
    ownerName: 'Elena',
    email: 'elena@example.org',
    password: 'correct horse battery',
  },
};

const literalOf = (mutation: string, input: Record<string, unknown>): string => {
  const fields = Object.entries(input).map(
    ([name, value]) => `${name}: ${name === 'sex' ? value : JSON.stringify(value)}`,
  );
  return mutation.replace(/\(\$input: \w+!\) /, '').replace('$input', `{ ${fields.join(', ')} }`);
};

describe('a malformed value', () => {
  it.each(malformed)(
    'as a %s in a variable names its field and is not repeated',
    async (...[, mutation, field, value, message]) => {
      const answer = await clinic.owner.send(mutation, { input: { ...complete[mutation], [field]: value } });

      expect(errorsOf(answer)).toEqual([badInput(message, 'input', field)]);
      expect(JSON.stringify(answer)).not.toContain(value);
    },
  );

  it.each(malformed)(
    'as a %s in the document names its field and is not repeated',
    async (...[, mutation, field, value, message]) => {
      const answer = await clinic.owner.send(literalOf(mutation, { ...complete[mutation], [field]: value }));

      expect(errorsOf(answer)).toEqual([badInput(message, 'input', field)]);
      expect(JSON.stringify(answer)).not.toContain(value);
    },
  );

  it.each([
    ['text', 'firstName', 5550123, 'Expected text.'],
    ['a whole number', 'age', 'thirty', 'Expected a whole number.'],
    ['a whole number', 'age', 3_000_000_000, 'Expected a whole number.'],
    ['a whole number', 'age', 30.5, 'Expected a whole number.'],
    ['true or false', 'smsConsent', 'yes', 'Expected true or false.'],
    ['one of several words', 'sex', 'woman', 'Expected one of the values of Sex.'],
  ])('where %s belongs names its field and is not repeated', async (_kind, field, value, message) => {
    const input = { ...complete[createPatient], [field]: value };

    const inVariable = await clinic.owner.send(createPatient, { input });
    const inDocument = await clinic.owner.send(literalOf(createPatient, input));

    for (const answer of [inVariable, inDocument]) {
      expect(errorsOf(answer)).toEqual([badInput(message, 'input', field)]);
      expect(JSON.stringify(answer)).not.toContain(String(value));
    }
  });

  it('is named wherever it stands: in a list, in a filter, as a default', async () => {
    const inList = await clinic.owner.send(
      `mutation { setSchedule(input: { doctorId: "${doctor.doctorId}", blocks: [
        { weekday: MONDAY, startsAt: "09:00", endsAt: "10:00", slotMinutes: 30 },
        { weekday: MONDAY, startsAt: "nine", endsAt: "ten", slotMinutes: 30 }] }) { userErrors { code } } }`,
    );
    const inFilter = await clinic.owner.send('{ appointments(filter: { from: "today" }) { totalCount } }');
    const asDefault = await clinic.owner.send(
      'query ($from: DateTime = "today") { appointments(filter: { from: $from }) { totalCount } }',
    );

    const time = 'Expected a LocalTime such as 09:30.';
    const instant = 'Expected a DateTime such as 2026-03-02T01:30:00.000Z.';
    expect(errorsOf(inList)).toEqual([
      badInput(time, 'input', 'blocks', '1', 'startsAt'),
      badInput(time, 'input', 'blocks', '1', 'endsAt'),
    ]);
    expect(errorsOf(inFilter)).toEqual([badInput(instant, 'filter', 'from')]);
    expect(errorsOf(asDefault)).toEqual([badInput(instant, 'from')]);
  });

  it('is named with all the others, in one answer', async () => {
    const answer = await clinic.owner.send(createPatient, {
      input: { firstName: 'Ana', sex: 'woman', birthDate: 'May', phone: '1', age: 'x' },
    });

    expect(
      errorsOf(answer)
        .map(({ field }) => field?.join('.'))
        .sort(),
    ).toEqual(['input.age', 'input.birthDate', 'input.phone', 'input.sex']);
  });

  it.each([
    ['a price with a comma', '1499,50'],
    ['a price as words', 'free'],
    ['a price in scientific notation', '1e3'],
    ['a price without end', '9'.repeat(16)],
  ])('as %s is refused before any rule looks at it', async (_what, price) => {
    const mutation =
      'mutation ($price: Decimal!) { createService(input: { name: "A", durationMinutes: 30, price: $price }) { userErrors { code } } }';

    expect(errorsOf(await clinic.owner.send(mutation, { price }))).toEqual([
      badInput('Expected a Decimal such as "1499.50".', 'price'),
    ]);
  });

  it('outside the years 1 to 9998 is none of a calendar', async () => {
    const instants = '{ appointments(filter: { from: "9999-01-01T00:00:00Z" }) { totalCount } }';

    expect(errorsOf(await clinic.owner.send(instants))).toMatchObject([
      { code: 'BAD_USER_INPUT', field: ['filter', 'from'] },
    ]);
    expect(
      errorsOf(
        await clinic.owner.send(createPatient, { input: { ...complete[createPatient], birthDate: '0000-01-01' } }),
      ),
    ).toMatchObject([{ code: 'BAD_USER_INPUT', field: ['input', 'birthDate'] }]);
  });

  it('with the character that no text can hold is refused, naming the field', async () => {
    const input = { ...complete[createPatient], firstName: 'A\u0000na' };

    const inVariable = await clinic.owner.send(createPatient, { input });
    const inDocument = await clinic.owner.send(literalOf(createPatient, input));

    const refusal = badInput('Leave the character U+0000 out of texts.', 'input', 'firstName');
    expect(errorsOf(inVariable)).toEqual([refusal]);
    expect(errorsOf(inDocument)).toEqual([refusal]);
  });

  it('with half a character is refused, naming the field', async () => {
    const input = { ...complete[createPatient], address: 'Street \ud800' };

    const inVariable = await clinic.owner.send(createPatient, { input });
    const inDocument = await clinic.owner.send(literalOf(createPatient, input));

    const refusal = badInput('Leave half characters, lone surrogates, out of texts.', 'input', 'address');
    expect(errorsOf(inVariable)).toEqual([refusal]);
    expect(errorsOf(inDocument)).toMatchObject([{ code: 'GRAPHQL_PARSE_FAILED' }]);
  });

  it('fifty times over is named fifty times, and that there are more', async () => {
    const allergies = Array.from({ length: 80 }, () => 5);

    const answer = await clinic.owner.send(createPatient, { input: { ...complete[createPatient], allergies } });

    const errors = errorsOf(answer);
    expect(errors).toHaveLength(51);
    expect(errors[49]).toEqual(badInput('Expected text.', 'input', 'allergies', '49'));
    expect(errors[50]).toEqual(badInput('There are more mistakes than are named here.'));
  });

  it('of many thousand lists inside each other is refused as any other', async () => {
    const body = `{"query":${JSON.stringify(createPatient)},"variables":{"input":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}}`;

    const response = await fetch(server.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

    expect(errorsOf(JSON.parse(await response.text()))).toMatchObject([
      { code: 'BAD_USER_INPUT', message: 'Put at most 50 lists or objects inside each other.' },
    ]);
  });
});

describe('a missing value', () => {
  it.each([
    ['variable', createPatient, {}, 'This variable is required.', ['input']],
    ['variable that is null', createPatient, { input: null }, 'This variable is required.', ['input']],
    [
      'field of a variable',
      createPatient,
      { input: { sex: 'MALE' } },
      'Field "firstName" of required type "String!" was not provided.',
      ['input', 'firstName'],
    ],
    [
      'field in the document',
      literalOf(createPatient, { sex: 'MALE' }),
      {},
      'Field "CreatePatientInput.firstName" of required type "String!" was not provided.',
      ['input', 'firstName'],
    ],
    [
      'null in the document',
      createPatient.replace(/\(\$.*!\) /, '').replace('$input', '{ sex: MALE, firstName: null }'),
      {},
      'Expected a value of type String!.',
      ['input', 'firstName'],
    ],
  ])('is named: a %s', async (...[, mutation, variables, message, field]) => {
    expect(errorsOf(await clinic.owner.send(mutation, variables))).toEqual([badInput(message, ...field)]);
  });
});

describe('an id of another kind', () => {
  const anId = '0187a3f2-5c3b-8a01-8e21-0d9a6c1f7b44';

  it.each([
    ['{ patient(id: $id) { id } }', ['id'], 'This is not the id of a patient.'],
    ['{ doctor(id: $id) { id } }', ['id'], 'This is not the id of a doctor.'],
    [
      '{ availableSlots(serviceId: $id, from: "2030-03-05", to: "2030-03-05") { startsAt } }',
      ['serviceId'],
      'This is not the id of a service.',
    ],
    [
      '{ appointments(filter: { patientId: $id }) { totalCount } }',
      ['filter', 'patientId'],
      'This is not the id of a patient.',
    ],
    [
      '{ appointments(filter: { serviceId: $id }) { totalCount } }',
      ['filter', 'serviceId'],
      'This is not the id of a service.',
    ],
  ])('in %s is refused, naming the field', async (query, field, message) => {
    expect(errorsOf(await clinic.owner.send(`query ($id: ID!) ${query}`, { id: anId }))).toEqual([
      badInput(message, ...field),
    ]);
  });

  it('is found among several, by its place', async () => {
    const nodes = await clinic.owner.send('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: [clinic.id, 'x'],
    });
    const read = await clinic.owner.send('mutation { markNotificationsRead(ids: ["x"]) { unreadCount } }');

    expect(errorsOf(nodes)).toEqual([badInput('This is not an id.', 'ids', '1')]);
    expect(errorsOf(read)).toEqual([badInput('This is not the id of a notification.', 'ids', '0')]);
  });

  it.each(['x', '', '0187a3f2-5c3b-4a01-8e21-0d9a6c1f7b44', '0187a3f2-5c3b-8fff-8e21-0d9a6c1f7b44', `${anId} `])(
    'such as %j is no node',
    async (id) => {
      const answer = await clinic.owner.send('query ($id: ID!) { node(id: $id) { id } }', { id });

      expect(errorsOf(answer)).toEqual([badInput('This is not an id.', 'id')]);
    },
  );

  it('may be written in capitals', async () => {
    const data = await clinic.owner.ask('query ($id: ID!) { doctor(id: $id) { id } }', {
      id: doctor.doctorId.toUpperCase(),
    });

    expect(data).toEqual({ doctor: { id: doctor.doctorId } });
  });
});

describe('bad input', () => {
  it('is no failure of ours: nothing of it is in the log', () => {
    const entries = lines.map((line): Record<string, unknown> => JSON.parse(line));

    expect(entries.length).toBeGreaterThan(50);
    expect(new Set(entries.map(({ level }) => level))).toEqual(new Set(['debug']));
    expect(lines.filter((line) => /Santos|SECRET|5550123|@|example|woman|PESO/.test(line))).toEqual([]);
  });
});
