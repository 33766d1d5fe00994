import { readFileSync } from 'node:fs';
import {
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** Who may touch which field, as the printed page says it: "Type.field" → the columns with a dot. */
export function readPrintedMatrix(): Map<string, Set<string>> {
  const [page = ''] = readFileSync('schema/permissions.md', 'utf8').split('# Input fields');
  const matrix = new Map<string, Set<string>>();
  let type = '';
  let columns: string[] = [];
  for (const line of page.split('\n')) {
    if (line.startsWith('## ')) type = line.slice(3).trim();
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (cells[1] === 'OWNER') columns = cells.slice(1);
    else if (cells.length > 1 && cells[0] !== '---') {
      matrix.set(`${type}.${cells[0]}`, new Set(columns.filter((_column, index) => cells[index + 1] === '●')));
    }
  }
  return matrix;
}

export type RootName = 'query' | 'mutation' | 'subscription';

/** The fields that lead from a root to one object type. */
export interface Door {
  root: RootName;
  fields: { type: string; field: GraphQLField<unknown, unknown> }[];
}

/** Fills a field's arguments; null where this field cannot be asked in a test. */
export type FillArguments = (type: string, field: string) => string | null;

/** Every way from a root to every object type, the shortest first; `longest` fields at most. */
export function findDoors(schema: GraphQLSchema, fill: FillArguments, longest = 5): Map<string, Door[]> {
  const doors = new Map<string, Door[]>();
  const roots: [RootName, GraphQLObjectType | null | undefined][] = [
    ['query', schema.getQueryType()],
    ['subscription', schema.getSubscriptionType()],
    ['mutation', schema.getMutationType()],
  ];
  let paths: { door: Door; at: GraphQLObjectType }[] = [];
  for (const [root, type] of roots) if (type) paths.push({ door: { root, fields: [] }, at: type });
  for (let length = 0; length < longest; length += 1) {
    const longer: typeof paths = [];
    for (const { door, at } of paths) {
      for (const field of Object.values(at.getFields())) {
        const next = getNamedType(field.type);
        const isLoop = isObjectType(next) && door.fields.some((passed) => getNamedType(passed.field.type) === next);
        if (!isObjectType(next) || isLoop || argumentsOf(at.name, field, fill) === null) continue;
        const extended: Door = { root: door.root, fields: [...door.fields, { type: at.name, field }] };
        doors.set(next.name, [...(doors.get(next.name) ?? []), extended]);
        longer.push({ door: extended, at: next });
      }
    }
    paths = longer;
  }
  return doors;
}

function argumentsOf(type: string, field: GraphQLField<unknown, unknown>, fill: FillArguments): string | null {
  const filled = fill(type, field.name);
  if (filled !== null) return filled;
  return field.args.some(isRequiredArgument) ? null : '';
}

/** The operation that goes through a door and selects one field behind it, or the object's own type name. */
export function operationFor(
  door: Door,
  last: { type: string; field: GraphQLField<unknown, unknown> } | null,
  fill: FillArguments,
): string {
  const steps = last === null ? door.fields : [...door.fields, last];
  const selected = steps.reduceRight((inner, { type, field }) => {
    const named = getNamedType(field.type);
    const isLeaf = !isObjectType(named) && !isInterfaceType(named);
    return `{ __typename ${field.name}${argumentsOf(type, field, fill) ?? ''} ${isLeaf ? '' : inner} }`;
  }, '{ __typename }');
  // A subscription selects one root field and no __typename beside it.
  return `${door.root} ${door.root === 'subscription' ? selected.replace('{ __typename', '{') : selected}`;
}

/** The first object that an answer holds behind a door; null when it holds none. */
export function objectBehind(door: Door, data: unknown): unknown {
  return door.fields.reduce((value: unknown, { field }) => {
    const found = typeof value === 'object' && value !== null ? Reflect.get(value, field.name) : null;
    const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
    return isList && Array.isArray(found) ? (found.find((item) => item !== null) ?? null) : (found ?? null);
  }, data);
}
