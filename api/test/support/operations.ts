import {
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type GraphQLNamedOutputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** One call of one field. */
export interface Call {
  type: string;
  field: string;
  args: Readonly<Record<string, unknown>>;
  /** For a field of an object: the id of that object, which is fetched as a node. */
  parentId?: string;
  /** For a field that answers with any node: the type of the one that is expected. */
  expected?: string;
}

export interface Operation {
  query: string;
  variables: Record<string, unknown>;
}

/** What of an answer is selected. */
export interface Selecting {
  mayRead: (field: string) => boolean;
  /** Objects inside each other; 0 is leaves alone. */
  depth: number;
}

const roots: Readonly<Record<string, string>> = { Query: 'query', Mutation: 'mutation', Subscription: 'subscription' };
const pageSize = 5;

/** Writes a call as a client would: its arguments in variables, and all that the caller may read selected, some levels deep. */
export function operationOf(schema: GraphQLSchema, call: Call, { mayRead, depth }: Selecting): Operation {
  const type = schema.getType(call.type);
  const field = isObjectType(type) ? type.getFields()[call.field] : undefined;
  if (field === undefined) throw new Error(`There is no ${call.type}.${call.field}.`);
  const given = field.args.filter(({ name }) => name in call.args);
  const declared = given.map((argument) => `$${argument.name}: ${argument.type.toString()}`);
  const passed = given.length === 0 ? '' : `(${given.map(({ name }) => `${name}: $${name}`).join(', ')})`;
  const selection = selectionOf(schema, getNamedType(field.type), { mayRead, depth }, call.expected);
  const selected = `answer: ${field.name}${passed} ${selection}`;
  const root = roots[call.type];
  const variables = Object.fromEntries(given.map(({ name }) => [name, call.args[name]]));
  if (root !== undefined) return { query: `${root} ${listed(declared)} { ${selected} }`, variables };
  return {
    query: `query ${listed(['$parent: ID!', ...declared])} { node(id: $parent) { ... on ${call.type} { ${selected} } } }`,
    variables: { ...variables, parent: call.parentId },
  };
}

const listed = (declared: readonly string[]): string => (declared.length === 0 ? '' : `(${declared.join(', ')})`);

function selectionOf(
  schema: GraphQLSchema,
  type: GraphQLNamedOutputType,
  selecting: Selecting,
  expectedName?: string,
): string {
  if (isLeafType(type)) return '';
  if (isInterfaceType(type)) {
    const expected = schema.getType(expectedName ?? '');
    if (!isObjectType(expected)) return '{ __typename }';
    return `{ __typename ... on ${expected.name} ${selectionOf(schema, expected, selecting)} }`;
  }
  if (!isObjectType(type)) throw new Error(`Nobody knows how to select a ${type.name}.`);
  const fields = fieldsOf(schema, type, selecting);
  return `{ ${['__typename', ...fields].join(' ')} }`;
}

function fieldsOf(schema: GraphQLSchema, type: GraphQLObjectType, { mayRead, depth }: Selecting): string[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    if (!mayRead(`${type.name}.${field.name}`) || field.args.some(isRequiredArgument)) return [];
    // A page holds its rows twice, and who read a record is another list at each moment: it tells of these very calls.
    if (field.name === 'edges' || field.name === 'accessLog') return [];
    const paged = field.args.some(({ name }) => name === 'first') ? `${field.name}(first: ${pageSize})` : field.name;
    if (isLeafType(named)) return [field.name];
    // A page is no level of its own.
    const isPage = field.name === 'nodes' || named.name === 'PageInfo';
    const left = isPage ? depth : depth - 1;
    return left < 0 ? [] : [`${paged} ${selectionOf(schema, named, { mayRead, depth: left })}`];
  });
}
