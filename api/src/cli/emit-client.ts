import 'reflect-metadata';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  getNamedType,
  getNullableType,
  isListType,
  isNonNullType,
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';
import { describePermissions } from '../access/print.ts';
import { allPermissions } from '../app/permissions.ts';
import { buildPlainSchema } from '../app/schema.ts';

const folder = fileURLToPath(new URL('../../../schema/client/', import.meta.url));
const documents = path.join(folder, 'operations');

const definitions = readdirSync(documents)
  .sort()
  .flatMap((name) => parse(readFileSync(path.join(documents, name), 'utf8')).definitions);
const fragments = new Map<string, FragmentDefinitionNode>();
const operations: OperationDefinitionNode[] = [];
for (const each of definitions) {
  if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  if (each.kind === Kind.OPERATION_DEFINITION) operations.push(each);
}

/** The fragments that a definition needs, and those that they need. */
function neededBy(node: OperationDefinitionNode | FragmentDefinitionNode, known = new Set<string>()): Set<string> {
  visit(node, {
    FragmentSpread({ name: { value: name } }) {
      const fragment = fragments.get(name);
      if (fragment === undefined || known.has(name)) return;
      known.add(name);
      neededBy(fragment, known);
    },
  });
  return known;
}

function textOf(operation: OperationDefinitionNode): string {
  const parts = [operation, ...[...neededBy(operation)].map((name) => fragments.get(name))];
  return stripIgnoredCharacters(parts.flatMap((part) => (part === undefined ? [] : [print(part)])).join('\n'));
}

const schema = describePermissions(buildPlainSchema(), allPermissions);

/**
 * Null is an answer only where one object was asked for that may not be there. A payload, a page or a list is null with
 * an error alone, and the client throws those.
 */
function isAlwaysThere({ operation }: OperationDefinitionNode, field: string): boolean {
  const type = schema.getRootType(operation)?.getFields()[field]?.type;
  if (type === undefined) throw new Error(`There is no ${operation} ${field}.`);
  const isList = isListType(getNullableType(type));
  return isNonNullType(type) || isList || /(Payload|Connection)$/.test(getNamedType(type).name);
}

function functionOf(operation: OperationDefinitionNode): string {
  const name = operation.name?.value ?? '';
  const [root, ...others] = operation.selectionSet.selections;
  if (name === '' || root?.kind !== Kind.FIELD || others.length > 0)
    throw new Error(`${name || 'An operation without a name'} must ask for one field of the root.`);
  const field = root.name.value;
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}${operation.operation.replace(/^./, (first) => first.toUpperCase())}`;
  const wanted = operation.variableDefinitions?.some(
    ({ type: given, defaultValue }) => given.kind === Kind.NON_NULL_TYPE && defaultValue === undefined,
  );
  const data = `types.${type}['${field}']`;
  const answer = isAlwaysThere(operation, field) ? `NonNullable<${data}>` : data;
  const variables = `variables: types.${type}Variables${wanted === true ? '' : ' = {}'}`;
  const facts = `{ name: '${name}', field: '${field}', isNullable: ${!isAlwaysThere(operation, field)}, text: ${JSON.stringify(textOf(operation))} }`;
  const help = (schema.getRootType(operation.operation)?.getFields()[field]?.description ?? '').replaceAll(/\s+/g, ' ');
  const comment = `  /** ${help} */\n`;
  return operation.operation === 'subscription'
    ? `${comment}  ${name}: (${variables}, options?: LiveOptions) => caller.follow<${answer}>(${facts}, variables, options),`
    : `${comment}  ${name}: (${variables}, options?: CallOptions) => caller.${operation.operation}<${answer}>(${facts}, variables, options),`;
}

const text = [
  '// Printed by npm run codegen from the operations beside it; do not edit.',
  `import type { Caller, CallOptions, LiveOptions } from '../caller.ts';`,
  `import type * as types from './types.ts';`,
  '',
  '/** One typed function for each operation. */',
  'export const operationsOf = (caller: Caller) => ({',
  ...operations.map(functionOf),
  '});',
  '',
  'export type Operations = ReturnType<typeof operationsOf>;',
  '',
].join('\n');
writeFileSync(path.join(folder, 'generated/operations.ts'), text);
