import { GraphQLError, Kind, visit, type ASTNode, type DocumentNode } from 'graphql';

/** What is answered to a value that no form can produce: where it stands and what was expected there, never the value. */
export interface MalformedValue {
  /** The variable's or argument's name, then the input fields and places in lists down to the value. */
  field: string[];
  message: string;
}

/**
 * Reads an error of GraphQL's own checks as one about a value, in a variable or in the document itself; null for an
 * error about anything else. Their messages quote what was sent, so ours are made anew.
 *
 * @param document  what the request asked; null when it could not be parsed
 */
export function malformedValue(error: unknown, document: DocumentNode | null): MalformedValue | null {
  if (!(error instanceof GraphQLError)) return null;
  const [node] = error.nodes ?? [];
  if (error.message.startsWith(endOfList))
    return { field: [], message: 'There are more mistakes than are named here.' };
  if (node === undefined) return null;
  if (node.kind === Kind.VARIABLE_DEFINITION) return inVariable(error, node.variable.name.value);
  if (!literalKinds.has(node.kind) || document === null) return null;
  return described(placeIn(document, node), error.message);
}

/** What graphql-js puts behind the fiftieth mistake in the variables of one request. */
const endOfList = 'Too many errors processing variables';

const literalKinds = new Set<Kind>([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
]);

/**
 * graphql-js says `Variable "$input" got invalid value <the value> at "input.startsAt"; <the reason>`. The value may hold
 * any text, so the path is read from the end, where only the known reason follows it.
 */
function inVariable(error: GraphQLError, name: string): MalformedValue | null {
  const { message, originalError } = error;
  const start = `Variable "$${name}" `;
  if (/^of (required|non-null) type /.test(message.slice(start.length)))
    return { field: [name], message: 'This variable is required.' };
  if (!message.startsWith(`${start}got invalid value `) || originalError == null) return null;
  const before = message.slice(0, -`; ${originalError.message}`.length);
  const path = / at "([\w.[\]]+)"$/.exec(before)?.[1] ?? name;
  return described(
    path.split(/[.[\]]+/).filter((part) => part !== ''),
    originalError.message,
  );
}

function described(place: string[], reason: string): MalformedValue {
  const inner = /^Field "(?:\w+\.)?(\w+)" (?:of required type|is not defined)/.exec(reason)?.[1];
  return { field: inner === undefined ? place : [...place, inner], message: withoutValue(reason) };
}

const kinds: Record<string, string> = {
  Int: 'a whole number',
  Float: 'a number',
  String: 'text',
  Boolean: 'true or false',
  ID: 'an id',
};

/** Says what was expected in words of ours; a reason that may quote the value is never passed on. */
function withoutValue(reason: string): string {
  if (
    /^(Leave the character|Leave half characters|Expected an? \w+ such as|Expected type|Expected non-nullable type|Field "[\w.]+") /.test(
      reason,
    )
  )
    return reason;
  const scalar = /^(\w+) cannot represent/.exec(reason)?.[1];
  if (scalar !== undefined && kinds[scalar] !== undefined) return `Expected ${kinds[scalar]}.`;
  const oneOf =
    /^Enum "(\w+)" cannot represent/.exec(reason) ?? /^Value .* does not exist in "(\w+)" enum\./s.exec(reason);
  if (oneOf?.[1] !== undefined) return `Expected one of the values of ${oneOf[1]}.`;
  const type = /^Expected value of type "([\w[\]!]+)", found /.exec(reason)?.[1];
  return type === undefined ? 'This value is not of the expected kind.' : `Expected a value of type ${type}.`;
}

/** Walks down to where a value is written, and names what it passes. */
function placeIn(document: DocumentNode, value: ASTNode): string[] {
  const place: string[] = [];
  const leadsThere = (node: ASTNode) =>
    node === value ||
    (node.loc != null && value.loc != null && node.loc.start <= value.loc.start && value.loc.end <= node.loc.end);
  visit(document, {
    enter(node) {
      if (!leadsThere(node)) return false;
      if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) place.push(node.name.value);
      if (node.kind === Kind.VARIABLE_DEFINITION) place.push(node.variable.name.value);
      if (node.kind === Kind.LIST && node !== value) place.push(String(node.values.findIndex(leadsThere)));
      return undefined;
    },
  });
  return place;
}
