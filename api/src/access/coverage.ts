import {
  getNamedType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import type { PermissionFragment } from './permissions.ts';

/**
 * Holds the rules against the schema.
 *
 * @throws Error naming every field without a rule and every rule without a field: either would be a hole next year
 */
export function assertCoverage(schema: GraphQLSchema, whole: PermissionFragment): void {
  const fields = new Set<string>();
  const inputs = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    if (isObjectType(type)) for (const name of Object.keys(type.getFields())) fields.add(`${type.name}.${name}`);
    if (isInputObjectType(type)) for (const name of Object.keys(type.getFields())) inputs.add(`${type.name}.${name}`);
  }
  const unruled = [...fields].filter((name) => !(name in whole.fields));
  const unknown = [
    ...Object.keys(whole.fields).filter((name) => !fields.has(name)),
    ...Object.keys(whole.inputs).filter((name) => !inputs.has(name)),
  ];
  const complaints = [
    unruled.length > 0 ? `without a permission rule: ${unruled.join(', ')}` : '',
    unknown.length > 0 ? `permission rules without a field: ${unknown.join(', ')}` : '',
  ].filter((complaint) => complaint !== '');
  if (complaints.length > 0) throw new Error(`The permissions do not cover the schema: ${complaints.join('; ')}.`);
}

/**
 * Names the ruled input fields that an argument's value sets, at any depth: "BookAppointmentInput.overbookReason".
 * A field that is left out sets nothing; null does.
 */
export function ruledInputsSet(type: GraphQLInputType, value: unknown, ruled: ReadonlySet<string>): string[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named) || value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap((item) => ruledInputsSet(named, item, ruled));
  const found: string[] = [];
  const fields = named.getFields();
  for (const [name, inner] of Object.entries(value)) {
    const field = fields[name];
    if (field === undefined || inner === undefined) continue;
    const path = `${named.name}.${name}`;
    if (ruled.has(path)) found.push(path);
    found.push(...ruledInputsSet(field.type, inner, ruled));
  }
  return found;
}
