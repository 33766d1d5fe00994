import { ChangeType, CriticalityLevel, diff, type Change } from '@graphql-inspector/core';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';

/** How the reason of a deprecation ends: until when the thing stays. */
const lastDay = /Stays until (\d{4}-\d{2}-\d{2})\.$/;

/** Callers who leave them out would get something else: for them that is a change of the contract. */
const changedDefaults: readonly string[] = [
  ChangeType.FieldArgumentDefaultChanged,
  ChangeType.InputFieldDefaultValueChanged,
];

/**
 * Returns what would break a caller of the released schema, in words; none when every document that was valid still is
 * and means the same. What was deprecated may go once the day that its reason named is over.
 *
 * @param today  calendar date, such as 2026-11-25
 */
export async function breakingChanges(released: string, present: string, today: string): Promise<string[]> {
  const before = buildSchema(released);
  const changes = await diff(before, buildSchema(present));
  return changes
    .filter(
      ({ criticality, type }) => criticality.level === CriticalityLevel.Breaking || changedDefaults.includes(type),
    )
    .filter((change) => !mayGo(change, before, today))
    .map(({ message, path }) => (path === undefined ? message : `${path}: ${message}`));
}

const removals: readonly string[] = [
  ChangeType.FieldRemoved,
  ChangeType.EnumValueRemoved,
  ChangeType.InputFieldRemoved,
];

function mayGo({ type, path }: Change, before: GraphQLSchema, today: string): boolean {
  if (!removals.includes(type) || path === undefined) return false;
  const reason = deprecationsOf(before).get(path);
  const day = lastDay.exec(reason ?? '')?.[1];
  return day !== undefined && day < today;
}

/** Deprecations of a schema that do not say until when, which nobody could plan with. */
export function endlessDeprecations(present: string): string[] {
  return [...deprecationsOf(buildSchema(present))].filter(([, reason]) => !lastDay.test(reason)).map(([path]) => path);
}

/** Why each deprecated field, argument, input field and enum value is, by its path. */
function deprecationsOf(schema: GraphQLSchema): Map<string, string> {
  const reasons = new Map<string, string>();
  const note = (path: string, reason: string | null | undefined) => reason != null && reasons.set(path, reason);
  for (const type of Object.values(schema.getTypeMap()).filter((each) => !isIntrospectionType(each))) {
    if (isEnumType(type))
      for (const value of type.getValues()) note(`${type.name}.${value.name}`, value.deprecationReason);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) note(`${type.name}.${field.name}`, field.deprecationReason);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      note(`${type.name}.${field.name}`, field.deprecationReason);
      for (const argument of field.args)
        note(`${type.name}.${field.name}.${argument.name}`, argument.deprecationReason);
    }
  }
  return reasons;
}
