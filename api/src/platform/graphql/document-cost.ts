import {
  getNamedType,
  getNullableType,
  isInputType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** How much an operation asks for, before anything of it is run. */
export interface Measures {
  /** Fields inside each other. */
  depth: number;
  /** Objects that it may fetch, by its page sizes: an estimate from above, never exact. */
  cost: number;
  rootFields: number;
}

type Weight = Pick<Measures, 'depth' | 'cost'>;

/** Lists that are not paged: doctors, services, a week's blocks. */
const assumedListSize = 10;
const defaultPageSize = 25;
const largestPageSize = 100;

/** Enough to be refused; a number that goes on doubling would end as infinity. */
const endless = 1e12;

const nothing: Weight = { depth: 0, cost: 0 };

/** Counts what stands in a document, whichever of its operations runs and however often a fragment is used. */
export function countNames(document: DocumentNode): { aliases: number; directives: number } {
  const counted = { aliases: 0, directives: 0 };
  visit(document, {
    Field(node) {
      if (node.alias !== undefined) counted.aliases += 1;
    },
    Directive() {
      counted.directives += 1;
    },
  });
  return counted;
}

/**
 * Measures one operation. A fragment is unfolded once and its weight used again, so that a fragment bomb costs as little
 * to refuse as its text is long; one that contains itself weighs nothing here and is refused by validation.
 */
export function measure(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Measures {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const meter = new Meter(schema, fragments, variables);
  const root = schema.getRootType(operation.operation);
  return { ...meter.weigh(operation.selectionSet, root), rootFields: meter.countFields(operation.selectionSet) };
}

class Meter {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #weights = new Map<string, Weight>();
  readonly #counts = new Map<string, number>();

  constructor(
    schema: GraphQLSchema,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    variables: Readonly<Record<string, unknown>>,
  ) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#variables = variables;
  }

  weigh({ selections }: SelectionSetNode, parent: GraphQLNamedType | null | undefined): Weight {
    const weights = selections.map((selection) => {
      if (selection.kind === Kind.FIELD) return this.#weighField(selection, parent);
      if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#weighFragment(selection.name.value);
      const name = selection.typeCondition?.name.value;
      return this.weigh(selection.selectionSet, name === undefined ? parent : this.#schema.getType(name));
    });
    return {
      depth: Math.max(0, ...weights.map(({ depth }) => depth)),
      cost: atMost(weights.reduce((sum, { cost }) => sum + cost, 0)),
    };
  }

  /** How many fields a selection set asks for at its own level, fragments included. */
  countFields({ selections }: SelectionSetNode): number {
    const counts = selections.map((selection) => {
      if (selection.kind === Kind.FIELD) return 1;
      if (selection.kind === Kind.INLINE_FRAGMENT) return this.countFields(selection.selectionSet);
      return this.#countFragment(selection.name.value);
    });
    return atMost(counts.reduce((sum, count) => sum + count, 0));
  }

  #weighFragment(name: string): Weight {
    const known = this.#weights.get(name);
    if (known !== undefined) return known;
    this.#weights.set(name, nothing);
    const fragment = this.#fragments.get(name);
    if (fragment === undefined) return nothing;
    const weight = this.weigh(fragment.selectionSet, this.#schema.getType(fragment.typeCondition.name.value));
    this.#weights.set(name, weight);
    return weight;
  }

  #countFragment(name: string): number {
    const known = this.#counts.get(name);
    if (known !== undefined) return known;
    this.#counts.set(name, 0);
    const fragment = this.#fragments.get(name);
    const count = fragment === undefined ? 0 : this.countFields(fragment.selectionSet);
    this.#counts.set(name, count);
    return count;
  }

  #weighField(node: FieldNode, parent: GraphQLNamedType | null | undefined): Weight {
    const field = fieldOf(parent, node.name.value);
    if (node.selectionSet === undefined) return { depth: 1, cost: 0 };
    const type = field === null ? null : getNamedType(field.type);
    const inner = this.weigh(node.selectionSet, type);
    const depth = inner.depth + 1;
    if (field !== null && type?.name.endsWith('Connection') === true)
      return { depth, cost: atMost(1 + this.#pageSize(node) * inner.cost) };
    const isList = field !== null && isListType(getNullableType(field.type)) && !isPageOf(parent);
    return { depth, cost: atMost((isList ? this.#listSize(node, field) : 1) * (1 + inner.cost)) };
  }

  #pageSize(node: FieldNode): number {
    const given = ['first', 'last'].map((name) => this.#argument(node, name)).find((value) => value != null);
    const size = typeof given === 'number' ? given : given === undefined ? defaultPageSize : largestPageSize;
    return Math.min(largestPageSize, Math.max(0, size));
  }

  /** A list of what is named by ids is as long as those; others say it by `first`, or are short. */
  #listSize(node: FieldNode, field: GraphQLField<unknown, unknown>): number {
    for (const { name, type } of field.args) {
      const value = this.#argument(node, name);
      if (isInputType(type) && isListType(getNullableType(type)) && Array.isArray(value)) return value.length;
      if (name === 'first' && typeof value === 'number') return Math.max(0, value);
    }
    return assumedListSize;
  }

  /** An argument's value as far as it matters here: numbers, and the lengths of lists. */
  #argument(node: FieldNode, name: string): unknown {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    if (value === undefined) return undefined;
    if (value.kind === Kind.INT) return Number(value.value);
    if (value.kind === Kind.VARIABLE) return this.#variables[value.name.value];
    if (value.kind === Kind.LIST) return value.values;
    return value.kind === Kind.NULL ? null : 'something';
  }
}

const atMost = (value: number): number => Math.min(value, endless);

/** The edges and nodes of a page: the page's size has been counted already. */
const isPageOf = (parent: GraphQLNamedType | null | undefined): boolean => parent?.name.endsWith('Connection') === true;

function fieldOf(parent: GraphQLNamedType | null | undefined, name: string): GraphQLField<unknown, unknown> | null {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return null;
  return parent.getFields()[name] ?? null;
}
