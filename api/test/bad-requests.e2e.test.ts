import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aClinic, password, type TestClinic } from './support/clinic.ts';
import { TestClient, type Answer, type Json } from './support/client.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let lines: string[];

beforeAll(async () => {
  lines = [];
  server = await startTestServer({ logLevel: 'trace' }, undefined, { write: (line) => void lines.push(line) });
  clinic = await aClinic(server);
});

beforeEach(() => void lines.splice(0));

afterAll(() => server.stop());

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const codesOf = ({ errors = [] }: Answer) =>
  errors.map(({ extensions: { code, requestId } }) => {
    expect(requestId).toMatch(uuid);
    return code;
  });

interface Raw {
  status: number;
  body: Json;
}

/** A request as it comes, well-formed or not. */
async function raw(init: RequestInit, search = ''): Promise<Raw> {
  const response = await fetch(server.url + search, init);
  return { status: response.status, body: await response.json() };
}

const post = (body: string, contentType = 'application/json') =>
  raw({ method: 'POST', headers: { 'content-type': contentType }, body });

const admin = (text: string) => query(server.database.adminUrl, text);

const person = { firstName: 'Secretia', lastName: 'Hidden', email: 'secretia@example.org', phone: '+639171234567' };
const createPatient = 'mutation ($input: CreatePatientInput!) { createPatient(input: $input) { patient { id } } }';

/** Runs while something inside is missing, and brings it back. */
async function without<Result>(what: string, run: () => Promise<Result>): Promise<Result> {
  const [kind = '', name = ''] = what.split(/ (.*)/);
  const [schema, bare = ''] = name.includes('.') ? name.split('.') : ['public', name];
  await admin(`alter ${kind} ${schema}.${bare} rename to hidden_inside`);
  try {
    return await run();
  } finally {
    await admin(`alter ${kind} ${schema}.hidden_inside rename to ${bare.replace(/\(.*/, '')}`);
  }
}

/** Asserts that an answer tells nothing of the inside, and that the log tells us where to look, and nothing of anybody. */
function expectMasked(answer: Answer): void {
  expect(answer.errors).toHaveLength(1);
  const [error] = answer.errors ?? [];
  expect(error?.message).toBe(
    'Something went wrong on our side. Try again; if it happens again, tell us the request id.',
  );
  expect(Object.keys(error?.extensions ?? {}).sort()).toEqual(['code', 'requestId']);
  expect(error?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
  expect(JSON.stringify(answer)).not.toMatch(/hidden|relation|function|select|stack|node_modules/i);
  const failures = lines
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter(({ level }) => level === 'error');
  expect(failures).toHaveLength(1);
  expect(failures[0]).toMatchObject({ msg: 'a request failed', requestId: error?.extensions.requestId });
  expect(lines.join('')).not.toMatch(/Secretia|Hidden|secretia|@example|\+63|correct horse/);
}

describe('what the server did not foresee', () => {
  it('is masked when a query fails', async () => {
    const answer = await without('table service', () => clinic.owner.send('{ services { id name } }'));

    expectMasked(answer);
    expect(answer.data).toBeNull();
    expect(await clinic.owner.ask('{ services { name } }')).toEqual({ services: [{ name: 'Consultation' }] });
  });

  it('is masked when a mutation fails, and nothing of it is written', async () => {
    const answer = await without('table audit_entry', () =>
      clinic.owner.send(createPatient, { input: { ...person, sex: 'FEMALE' } }),
    );

    expectMasked(answer);
    expect(answer.data).toEqual({ createPatient: null });
    expect(await admin('select 1 from patient')).toEqual([]);
  });

  it('is masked when it is not even known who asks', async () => {
    const answer = await without('function directory.session_context(uuid, timestamptz, timestamptz)', () =>
      clinic.owner.send('{ services { id } }'),
    );

    expectMasked(answer);
  });

  it('is masked when signing in fails, and no password is in the log', async () => {
    const answer = await without('function directory.account_for_sign_in(text)', () =>
      new TestClient(server.url).send(
        'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken userErrors { code } } }',
        { input: { email: person.email, password } },
      ),
    );

    expectMasked(answer);
  });

  it('is masked on a socket, too', async () => {
    await without('function directory.session_context(uuid, timestamptz, timestamptz)', async () => {
      const live = clinic.owner.watch('subscription { appointmentChanged { cursor } }');
      await live.until(1);
      await live.stop();

      expectMasked({ data: null, errors: live.failures });
    });
  });
});

describe('a document', () => {
  it.each([
    ['an unknown field', '{ doctors { salary } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['an unknown argument', '{ doctors(all: true) { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'an unknown input field',
      'mutation { signIn(input: { email: "a@b.org", password: "x", pin: 1 }) { totpRequired } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['an unknown type', 'query ($x: Nurse) { doctors { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['no selection', '{ doctors }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a fragment that leads to itself',
      '{ doctors { ...a } } fragment a on Doctor { ...a }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['a syntax error', '{ doctors { id }', 'GRAPHQL_PARSE_FAILED'],
    ['nothing', '#', 'GRAPHQL_PARSE_FAILED'],
    [
      'two operations of which none is chosen',
      'query a { viewer { role } } query b { viewer { role } }',
      'OPERATION_RESOLUTION_FAILURE',
    ],
  ])('with %s is refused before anything runs', async (_what, document, code) => {
    const answer = await clinic.owner.send(document);

    expect(answer.data).toBeUndefined();
    expect(new Set(codesOf(answer))).toEqual(new Set([code]));
    expect(lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });

  it.each([
    ['an unknown field', 'subscription { appointmentChanged { salary } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['a syntax error', 'subscription { appointmentChanged {', {}, 'GRAPHQL_PARSE_FAILED'],
    [
      'a malformed variable',
      'subscription ($id: ID) { appointmentChanged(doctorId: $id) { cursor } }',
      { id: {} },
      'BAD_USER_INPUT',
    ],
    ['an id of another kind', 'subscription { appointmentChanged(doctorId: "x") { cursor } }', {}, 'BAD_USER_INPUT'],
    ['a cursor that is none', 'subscription { appointmentChanged(after: "x") { cursor } }', {}, 'BAD_USER_INPUT'],
  ])('with %s is refused on a socket alike', async (_what, document, variables, code) => {
    const live = clinic.owner.watch(document, variables);
    await live.until(1);
    await live.stop();

    expect(codesOf({ data: null, errors: live.failures })).toEqual([code]);
    expect(lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });

  it('may ask for the schema in development, and not in production, neither way', async () => {
    const introspection = '{ __schema { types { name } } }';
    const closed = await startTestServer({ introspection: false, isProduction: true }, server.database);
    try {
      const client = new TestClient(closed.url);
      const live = client.watch(introspection);
      await live.until(1);
      await live.stop();

      expect((await clinic.owner.ask(introspection)).__schema.types.length).toBeGreaterThan(50);
      expect(codesOf(await client.send(introspection))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
      expect(new Set(codesOf({ data: null, errors: live.failures }))).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
      expect(await client.ask('{ __typename }')).toEqual({ __typename: 'Query' });
    } finally {
      await closed.stop();
    }
  });
});

describe('a request', () => {
  const body = JSON.stringify({ query: 'mutation { signOut }' });

  it.each([
    ['as plain text', () => post(body, 'text/plain')],
    ['as plain text of JSON', () => post(body, 'text/plain;charset=application/json')],
    ['without a type', () => raw({ method: 'POST', headers: { 'content-type': '' }, body })],
    ['as a form', () => post('query=mutation{signOut}', 'application/x-www-form-urlencoded')],
    ['as a form with files', () => post('--x--', 'multipart/form-data; boundary=x')],
  ])('that another site can send by itself, %s, is refused', async (_how, send) => {
    const { status, body: answer } = await send();

    expect([400, 415]).toContain(status);
    expect(answer.data).toBeUndefined();
    expect(answer.requestId ?? answer.errors[0].extensions.requestId).toMatch(uuid);
  });

  it.each(['{ viewer { role } }', 'mutation { signOut }'])('by GET is not answered: %s', async (document) => {
    const { status, body: answer } = await raw({}, `?query=${encodeURIComponent(document)}`);

    expect(status).toBe(404);
    expect(answer).toEqual({ error: 'There is nothing at this address.' });
  });

  it('of several operations at once is refused', async () => {
    const { status, body: answer } = await post(`[${body},${body}]`);

    expect(status).toBe(400);
    expect(codesOf(answer)).toEqual(['BAD_REQUEST']);
  });

  it.each([
    ['without a document', '{}'],
    ['with variables as text', '{"query":"{ viewer { role } }","variables":"{}"}'],
  ])('%s is refused', async (_how, content) => {
    const { status, body: answer } = await post(content);

    expect(status).toBe(400);
    expect(codesOf(answer)).toEqual(['BAD_REQUEST']);
  });

  it('that is no JSON, or larger than ten megabytes, is refused in plain words', async () => {
    const broken = await post('{"query"');
    const large = await post(
      JSON.stringify({ query: '{ viewer { role } }', variables: { csv: 'x'.repeat(10_000_000) } }),
    );

    expect(broken).toMatchObject({
      status: 400,
      body: { error: expect.any(String), requestId: expect.stringMatching(uuid) },
    });
    expect(large).toMatchObject({ status: 413, body: { error: 'Request body is too large' } });
  });

  it('for a subscription is told to come by WebSocket', async () => {
    const answer = await clinic.owner.send('subscription { appointmentChanged { cursor } }');

    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.errors?.[0]?.message).toBe('Subscriptions need a WebSocket: connect to /graphql with graphql-ws.');
  });

  it('for a persisted query is told that there are none', async () => {
    const { body: answer } = await post('{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"abc"}}}');

    expect(codesOf(answer)).toEqual(['PERSISTED_QUERY_NOT_SUPPORTED']);
    expect(lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});
