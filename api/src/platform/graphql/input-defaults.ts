import {
  astFromValue,
  getNamedType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  typeFromAST,
  valueFromASTUntyped,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/**
 * Fills what a caller left out of an input object with the schema's defaults. Compiled code reads variables as they were
 * sent: it knows the defaults of arguments, and not those of an input's fields.
 */
export class InputDefaults {
  readonly #schema: GraphQLSchema;
  /** Inputs that have a default, or hold one that has. */
  readonly #concerned: ReadonlySet<GraphQLInputObjectType>;

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
    this.#concerned = concernedOf(Object.values(schema.getTypeMap()).filter(isInputObjectType));
  }

  /** The variables with all defaults in their places; the same object where there are none to fill in. */
  fill(
    { variableDefinitions = [] }: OperationDefinitionNode,
    variables: Record<string, unknown>,
  ): Record<string, unknown> {
    let filled = variables;
    for (const { variable, type: node } of variableDefinitions) {
      const type = typeFromAST(this.#schema, node);
      const name = variable.name.value;
      if (!isInputType(type) || !(name in variables) || !this.#isConcerned(type)) continue;
      filled = { ...filled, [name]: this.#filled(type, variables[name]) };
    }
    return filled;
  }

  #isConcerned(type: GraphQLInputType): boolean {
    const named = getNamedType(type);
    return isInputObjectType(named) && this.#concerned.has(named);
  }

  #filled(type: GraphQLInputType, value: unknown): unknown {
    if (isNonNullType(type)) return this.#filled(type.ofType, value);
    // A single value stands for a list of one.
    if (isListType(type))
      return Array.isArray(value)
        ? value.map((item) => this.#filled(type.ofType, item))
        : this.#filled(type.ofType, value);
    if (!isInputObjectType(type) || typeof value !== 'object' || value === null) return value;
    const given = new Map<string, unknown>(Object.entries(value));
    for (const field of Object.values(type.getFields())) {
      if (given.has(field.name)) {
        if (this.#isConcerned(field.type)) given.set(field.name, this.#filled(field.type, given.get(field.name)));
      } else if (field.defaultValue !== undefined) {
        given.set(field.name, asSent(field.type, field.defaultValue));
      }
    }
    return Object.fromEntries(given);
  }
}

/** A default as a client would have sent it. */
function asSent(type: GraphQLInputType, value: unknown): unknown {
  const literal = astFromValue(value, type);
  return literal == null ? null : valueFromASTUntyped(literal);
}

function concernedOf(inputs: readonly GraphQLInputObjectType[]): Set<GraphQLInputObjectType> {
  const concerned = new Set<GraphQLInputObjectType>();
  for (let before = -1; before < concerned.size;) {
    before = concerned.size;
    for (const input of inputs) {
      const holdsDefault = Object.values(input.getFields()).some(({ type, defaultValue }) => {
        const named = getNamedType(type);
        return defaultValue !== undefined || (isInputObjectType(named) && concerned.has(named));
      });
      if (holdsDefault) concerned.add(input);
    }
  }
  return concerned;
}
