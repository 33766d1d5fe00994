import { MapperKind, mapSchema } from '@graphql-tools/utils';
import { isIntrospectionType, isObjectType, type GraphQLSchema } from 'graphql';
import { passes, type PermissionFragment, type Rule } from './permissions.ts';
import { ROLES, SIGNED_IN, STAFF } from './roles.ts';

/** A rule in words, for the SDL. */
export function ruleInWords(rule: Rule): string {
  if (rule === 'PUBLIC') return 'nobody in particular, it is public';
  if (rule.length === SIGNED_IN.length) return 'any signed-in user';
  if (rule.length === STAFF.length && rule.every((role) => STAFF.includes(role))) return 'staff';
  return ROLES.filter((role) => rule.includes(role)).join(', ');
}

/** Ends every field's description with who may use it, so that the schema itself answers the question. */
export function describePermissions(schema: GraphQLSchema, whole: PermissionFragment): GraphQLSchema {
  const described = (path: string, rule: Rule | undefined, description: string | null | undefined) =>
    rule === undefined ? description : `${description ? `${description}\n\n` : ''}Requires: ${ruleInWords(rule)}.`;
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (config, name, type) => ({
      ...config,
      description: described(name, whole.fields[`${type}.${name}`], config.description),
    }),
    [MapperKind.INPUT_OBJECT_FIELD]: (config, name, type) => ({
      ...config,
      description: described(name, whole.inputs[`${type}.${name}`], config.description),
    }),
  });
}

/** Prints the whole matrix: each field and who may read, call or watch it; each ruled input field and who may set it. */
export function printPermissions(schema: GraphQLSchema, whole: PermissionFragment): string {
  const types = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !isIntrospectionType(type))
    .map((type) => type.name)
    .sort(rootsFirst);
  const sections = types.map((type) => section(type, rulesOf(whole.fields, type)));
  const inputs = [...new Set(Object.keys(whole.inputs).map((path) => path.split('.')[0] ?? ''))].sort();
  return [
    '# Who may touch what',
    '',
    'Printed from the permission fragments of the features; do not edit. ● may, · may not. The last column is a caller without a session.',
    'An owner or admin who treats patients acts as DOCTOR too. Whose rows a caller sees is not decided here but by the database.',
    '',
    ...sections,
    '# Input fields that not everybody may set',
    '',
    ...inputs.map((type) => section(type, rulesOf(whole.inputs, type))),
  ].join('\n');
}

const roots = ['Query', 'Mutation', 'Subscription'];

function rootsFirst(one: string, other: string): number {
  const rank = (type: string) => (roots.includes(type) ? roots.indexOf(type) : roots.length);
  return rank(one) - rank(other) || one.localeCompare(other, 'en');
}

function rulesOf(record: Readonly<Record<string, Rule>>, type: string): [string, Rule][] {
  return Object.entries(record)
    .filter(([path]) => path.startsWith(`${type}.`))
    .map(([path, rule]): [string, Rule] => [path.slice(type.length + 1), rule])
    .sort(([one], [other]) => one.localeCompare(other, 'en'));
}

function section(type: string, rules: [string, Rule][]): string {
  const mark = (may: boolean) => (may ? '●' : '·');
  const rows = rules.map(
    ([field, rule]) =>
      `| ${field} | ${[...ROLES.map((role) => mark(passes(rule, [role]))), mark(passes(rule, []))].join(' | ')} |`,
  );
  return [
    `## ${type}`,
    '',
    `| field | ${ROLES.join(' | ')} | signed out |`,
    `| --- | ${[...ROLES, ''].map(() => ':-:').join(' | ')} |`,
    ...rows,
    '',
  ].join('\n');
}
