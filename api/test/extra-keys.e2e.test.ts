import { getNamedType, isInputObjectType, type GraphQLArgument, type GraphQLInputField } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entities } from '../src/app/entities.ts';
import { buildGuardedSchema } from '../src/app/schema.ts';
import type { Answer } from './support/client.ts';
import { OwnCalls } from './support/own-calls.ts';
import { report } from './support/report.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';
import { differencesBetween, SnapshotTaker } from './support/table-snapshot.ts';
import { inhabit, OwnObjects, type Place } from './support/two-clinics.ts';

/** Every column that there is, and names that other houses give to the same things. */
const candidates = [
  ...new Set([
    ...entities.flatMap((entity) => Object.keys(entity.init().meta.properties)),
    'amount',
    'createdBy',
    'createdById',
    'isAdmin',
    'owner',
    'ownerId',
    'permissions',
    'roles',
    'state',
    'tenantId',
    'constructor',
  ]),
].sort();

/** GraphQL names fifty mistakes in one answer at most. */
const atOnce = 40;

const schema = buildGuardedSchema();
const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});

let server: TestServerHandle;
let home: Place;
let calls: OwnCalls;
let snapshots: SnapshotTaker;

beforeAll(async () => {
  server = await startTestServer();
  home = await inhabit(server, 'Zqhome', 'Zqothers');
  calls = new OwnCalls(schema, home, new OwnObjects(server, home));
  snapshots = new SnapshotTaker(server.database.adminUrl);
  await snapshots.start();
});

afterAll(async () => {
  await snapshots.stop();
  await server.stop();
});

/** The paths to all objects inside the arguments of a field, the names that each of them knows beside. */
function objectsIn(
  fields: readonly (GraphQLArgument | GraphQLInputField)[],
  path: string[] = [],
): { path: string[]; known: string[] }[] {
  return fields.flatMap(({ name, type }) => {
    const named = getNamedType(type);
    if (!isInputObjectType(named)) return [];
    const inner = Object.values(named.getFields());
    const here = { path: [...path, name], known: inner.map((f) => f.name) };
    return [here, ...objectsIn(inner, here.path)];
  });
}

const inChunks = (names: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(names.length / atOnce) }, (_none, index) =>
    names.slice(index * atOnce, (index + 1) * atOnce),
  );

const personFor = (field: string) =>
  Object.values(home.people).find((person) => calls.mayCall({ type: 'Mutation', field }, person)) ?? home.stranger;

/** The names that an answer does not refuse; all of them when something was done. */
const takenIn = ({ data, errors = [] }: Answer, names: readonly string[]): string[] =>
  data == null ? names.filter((name) => !errors.some(({ message }) => message.includes(`"${name}"`))) : [...names];

type Fields = Record<string, unknown>;

/** The same arguments with more keys in the object at a path; a list is taken at its first object. */
function withKeysAt(fields: Fields, [name, ...rest]: readonly string[], keys: Fields): Fields {
  if (name === undefined) return { ...fields, ...keys };
  const inner = fields[name];
  if (Array.isArray(inner)) return { ...fields, [name]: [withKeysAt({ ...inner[0] }, rest, keys), ...inner.slice(1)] };
  return { ...fields, [name]: withKeysAt(isFields(inner) ? inner : {}, rest, keys) };
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const offered = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'offered']));

interface InputObject {
  field: string;
  path: string[];
  known: string[];
}

const inputObjects: InputObject[] = mutations.flatMap((field) =>
  objectsIn(schema.getMutationType()?.getFields()[field]?.args ?? []).map((object) => ({ field, ...object })),
);

/** Offers keys to one input object of an otherwise good call, and returns those that were not refused. */
async function takenBy({ field, path }: InputObject, names: readonly string[]): Promise<string[]> {
  const person = personFor(field);
  const args = await calls.argumentsFor({ type: 'Mutation', field }, person);
  const taken: string[] = [];
  const before = await snapshots.take();
  for (const chunk of inChunks(names)) {
    const more = withKeysAt(args, path, offered(chunk));
    const { query, variables } = calls.operation({ type: 'Mutation', field }, person, { args: more, depth: 0 });
    taken.push(...takenIn(await person.client.send(query, variables), chunk));
  }
  const changed = differencesBetween(before, await snapshots.take());
  return [...taken, ...changed.map((table) => `changes ${table}`)];
}

describe('a key that an input does not have', () => {
  it('is refused by every input object of every mutation, and nothing is changed', { timeout: 60_000 }, async () => {
    const taken: string[] = [];
    let count = 0;
    for (const object of inputObjects) {
      const extra = candidates.filter((name) => !object.known.includes(name));
      count += extra.length;
      const names = await takenBy(object, extra);
      taken.push(...names.map((name) => `${object.field}(${object.path.join('.')}): ${name}`));
    }
    report(`extra keys: ${count} offered to ${inputObjects.length} input objects of ${mutations.length} mutations`);

    expect(taken).toEqual([]);
    expect(candidates).toEqual(
      expect.arrayContaining(['clinicId', 'role', 'status', 'userId', 'version', 'priceMinor']),
    );
  });

  it('is refused as an argument of every mutation, and nothing is changed', async () => {
    const taken: string[] = [];
    const before = await snapshots.take();
    for (const field of mutations) {
      const known =
        schema
          .getMutationType()
          ?.getFields()
          [field]?.args.map(({ name }) => name) ?? [];
      for (const chunk of inChunks(candidates.filter((name) => !known.includes(name)))) {
        const document = `mutation { ${field}(${chunk.map((name) => `${name}: "offered"`).join(', ')}) }`;
        taken.push(...takenIn(await personFor(field).client.send(document), chunk).map((name) => `${field}: ${name}`));
      }
    }

    expect(taken).toEqual([]);
    expect(differencesBetween(before, await snapshots.take())).toEqual([]);
  });

  it('is told from one that it has: a real field is taken, and the change is seen', async () => {
    const object = inputObjects.find(({ field }) => field === 'updateService');
    if (object === undefined) throw new Error('There is no updateService.');

    const taken = await takenBy(object, ['name']);

    expect(taken.map((each) => each.replace(/ of .*/, ''))).toEqual(['name', 'changes audit_entry', 'changes service']);
  });

  it('is refused with the whole request when it means to change all objects of the process', async () => {
    const body =
      '{"query":"mutation ($input: SignInInput!) { signIn(input: $input) { totpRequired } }","variables":{"input":{"__proto__":{"role":"OWNER"}}}}';

    const response = await fetch(server.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

    expect(response.status).toBe(400);
  });
});
