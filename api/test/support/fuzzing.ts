import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
} from 'graphql';
import { BoundaryValues, beyondNumbers } from './boundary-values.ts';
import type { Roll } from './dice.ts';
import { withValueAt } from './filling.ts';
import { behindNoNode, fieldsWithArguments } from './naming.ts';
import type { Operation } from './operations.ts';
import type { FieldName, OwnCalls } from './own-calls.ts';
import type { Person } from './two-clinics.ts';

/** A place that takes a value: of one type, or a list of it. */
interface Leaf {
  path: string[];
  typeName: string;
  isList: boolean;
}

export interface FuzzedOperation extends Operation {
  person: Person;
  name: string;
}

interface Base {
  args: Record<string, unknown>;
  parentId: string | undefined;
}

/** Makes operations with values from the edges at every argument and input field of the schema, as everybody. */
export class Fuzzer {
  readonly #calls: OwnCalls;
  readonly #people: readonly Person[];
  readonly #fields: readonly FieldName[];
  readonly #roll: Roll;
  readonly #values: BoundaryValues;
  readonly #bases = new Map<string, Base>();
  #next = 0;

  constructor(calls: OwnCalls, people: readonly Person[], { roll, names }: { roll: Roll; names: readonly string[] }) {
    this.#calls = calls;
    this.#people = people;
    this.#fields = fieldsWithArguments(calls.schema)
      .map(({ type, field }) => ({ type: type.name, field: field.name }))
      .filter(({ type, field }) => behindNoNode[`${type}.${field}`] === undefined);
    this.#roll = roll;
    this.#values = new BoundaryValues(roll, names);
  }

  get fieldCount(): number {
    return this.#fields.length;
  }

  /** One field after the other, so that none is left out; who calls and what is sent, the dice say. */
  make(): FuzzedOperation {
    const field = this.#fields[this.#next++ % this.#fields.length];
    if (field === undefined) throw new Error('The schema takes no arguments.');
    const allowed = this.#people.filter((person) => this.#calls.mayCall(field, person));
    // Mostly people who get past the rule: the inside is what is tried here.
    const among = this.#roll(10) === 0 ? this.#people : allowed;
    const person = among[this.#roll(among.length)];
    if (person === undefined) throw new Error(`Nobody may call ${field.field}.`);
    const { args, parentId } = this.#baseFor(field, allowed.includes(person) ? person : (allowed[0] ?? person));
    const leaves = leavesOf(this.#calls.fieldOf(field).args);
    let changed = args;
    const times = 1 + this.#roll(3);
    for (let time = 0; time < times; time += 1) changed = this.#changeOne(changed, leaves);
    const call = { args: changed, parentId: parentId ?? '', expected: 'Patient', depth: 1 };
    return { ...this.#calls.operation(field, person, call), person, name: `${field.type}.${field.field}` };
  }

  /** Makes good calls of everything for everybody, to be spoilt later: what was spoilt before must not stand in the way. */
  async prepare(): Promise<void> {
    for (const field of this.#fields) {
      for (const person of this.#people.filter((each) => this.#calls.mayCall(field, each))) {
        const args = await this.#calls.argumentsFor(field, person, false);
        const parentId = person.role === 'signed out' ? '' : await this.#calls.parentFor(field, person);
        this.#bases.set(`${field.type}.${field.field} ${person.role}`, { args, parentId });
      }
    }
  }

  #baseFor({ type, field }: FieldName, { role }: Person): Base {
    return this.#bases.get(`${type}.${field} ${role}`) ?? { args: {}, parentId: '' };
  }

  #changeOne(args: Record<string, unknown>, leaves: readonly Leaf[]): Record<string, unknown> {
    const leaf = leaves[this.#roll(leaves.length)];
    if (leaf === undefined) return args;
    // Now and then a whole object on the way is something else.
    const path = this.#roll(12) === 0 ? leaf.path.slice(0, 1) : leaf.path;
    const value = () => this.#values.for(leaf.typeName, /^(after|before)$/.test(leaf.path.at(-1) ?? ''));
    if (!leaf.isList || this.#roll(4) === 0) return withValueAt(args, path, value());
    const length = this.#roll(6) === 0 ? 1_000 : this.#roll(4);
    return withValueAt(args, path, Array.from({ length }, value));
  }
}

function leavesOf(fields: readonly (GraphQLArgument | GraphQLInputField)[], path: string[] = []): Leaf[] {
  return fields.flatMap(({ name, type }) => {
    const named = getNamedType(type);
    const here = [...path, name];
    const isList = isListType(getNullableType(type));
    if (isInputObjectType(named) && !isList) return leavesOf(Object.values(named.getFields()), here);
    return [{ path: here, typeName: leafName(type), isList }];
  });
}

const leafName = (type: GraphQLInputType): string => {
  const named = getNamedType(type);
  return isEnumType(named) ? 'String' : named.name;
};

/** The body of a request as it goes over the wire, with the numbers that no value can hold. */
export const bodyOf = ({ query, variables }: Operation): string =>
  JSON.stringify({ query, variables }).replaceAll(JSON.stringify(beyondNumbers), '1e400');

export interface FuzzedAnswer {
  /** The first error's code, or what came instead of one. */
  code: string;
  /** What is wrong with the answer; every request has one, whatever was sent. */
  problem: string | null;
}

export async function sendFuzzed(operation: FuzzedOperation, url: string): Promise<FuzzedAnswer> {
  const { person, name, variables } = operation;
  const { token } = person.client;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) },
    body: bodyOf(operation),
  });
  const text = await response.text();
  const code = /"code":"(\w+)"/.exec(text)?.[1] ?? (text.startsWith('{"data"') ? 'answered' : String(response.status));
  const isFine = response.status < 500 && !text.includes('INTERNAL_SERVER_ERROR') && /^\{.*\}\s*$/s.test(text);
  const sent = JSON.stringify(variables).slice(0, 400);
  const problem = isFine ? null : `${person.role} at ${name}: ${response.status} for ${sent}: ${text.slice(0, 200)}`;
  return { code, problem };
}

/** Whether somebody is no longer who they were: what follows as them would try nothing. */
export const isSignedOut = async ({ client, role }: Person): Promise<boolean> =>
  role !== 'signed out' && (await client.ask('{ viewer { role } }')).viewer?.role !== role;
