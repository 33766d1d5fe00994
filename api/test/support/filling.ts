import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
} from 'graphql';

/** Values for arguments and input fields that need one of their own, by Type.field.argument or Input.field. */
export type Wishes = Readonly<Record<string, () => unknown>>;

const valuesOf: Readonly<Record<string, unknown>> = {
  ID: null,
  Boolean: true,
  Int: 30,
  String: 'Some words',
  DateTime: '2030-03-05T02:00:00.000Z',
  Date: '2030-03-05',
  LocalTime: '09:00',
  TimeZone: 'Asia/Manila',
  Decimal: '10',
  Currency: 'PHP',
  Locale: 'en-PH',
  EmailAddress: 'filled@example.org',
  PhoneNumber: '+639171234567',
  URL: 'https://example.org',
  JSONObject: {},
};

/** What is filled in: what must be there, and what is wished for. Ids are left for others to put in. */
export function fillArguments(
  type: string,
  field: GraphQLField<unknown, unknown>,
  wishes: Wishes,
): Record<string, unknown> {
  return fill(field.args, `${type}.${field.name}`, wishes);
}

function fill(
  fields: readonly (GraphQLArgument | GraphQLInputField)[],
  holder: string,
  wishes: Wishes,
): Record<string, unknown> {
  const filled: Record<string, unknown> = {};
  for (const each of fields) {
    const wish = wishes[`${holder}.${each.name}`];
    if (wish !== undefined) filled[each.name] = wish();
    else if (isRequired(each)) filled[each.name] = valueOf(each.type, `${holder}.${each.name}`, wishes);
  }
  return filled;
}

const isRequired = ({ type, defaultValue }: GraphQLArgument | GraphQLInputField): boolean =>
  isNonNullType(type) && defaultValue === undefined;

function valueOf(type: GraphQLInputType, name: string, wishes: Wishes): unknown {
  if (isListType(getNullableType(type))) return [valueOf(getNamedType(type), name, wishes)];
  const named = getNamedType(type);
  if (isInputObjectType(named)) return fill(Object.values(named.getFields()), named.name, wishes);
  if (isEnumType(named)) return named.getValues()[0]?.name;
  const value = valuesOf[named.name];
  if (value === undefined) throw new Error(`${name} needs a value: a ${named.name} cannot be made up.`);
  return value;
}

/** The same arguments with another value at one place; objects on the way are made when they are missing. */
export function withValueAt(
  args: Readonly<Record<string, unknown>>,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  if (rest.length === 0) return { ...args, [name]: value };
  const inner = args[name];
  // Of a list of objects the first one.
  if (Array.isArray(inner)) {
    const [first, ...others]: unknown[] = inner;
    return { ...args, [name]: [withValueAt(isRecord(first) ? first : {}, rest, value), ...others] };
  }
  return { ...args, [name]: withValueAt(isRecord(inner) ? inner : {}, rest, value) };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
