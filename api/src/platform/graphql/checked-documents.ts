import {
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import { toExecutionError, withCode } from './format-error.ts';
import { requestLimits } from './limits.ts';
import { storableTextRule, unstorableVariable } from './storable-text.ts';

const remembered = 500;

/**
 * Documents that have been parsed and validated: the same text is the same document, so that what hangs on it is found
 * again. Over HTTP Apollo keeps such a store.
 */
export class CheckedDocuments {
  readonly #schema: GraphQLSchema;
  readonly #rules: readonly ValidationRule[];
  readonly #known = new Map<string, DocumentNode>();

  constructor(schema: GraphQLSchema, introspection: boolean) {
    this.#schema = schema;
    this.#rules = [...specifiedRules, storableTextRule, ...(introspection ? [] : [NoSchemaIntrospectionCustomRule])];
  }

  /** The document of an operation that may run, or what is wrong with it. */
  read({ query, variables }: { query: string; variables?: unknown }): DocumentNode | GraphQLError[] {
    const document = this.#known.get(query) ?? this.#check(query);
    if (Array.isArray(document)) return document;
    const refusal = unstorableVariable(variables);
    return refusal === null ? document : [toExecutionError(refusal)];
  }

  #check(query: string): DocumentNode | GraphQLError[] {
    const document = parsed(query);
    if (document instanceof GraphQLError) return [withCode(document, 'GRAPHQL_PARSE_FAILED')];
    const mistakes = validate(this.#schema, document, this.#rules);
    if (mistakes.length > 0) return mistakes.map((mistake) => withCode(mistake, 'GRAPHQL_VALIDATION_FAILED'));
    const [oldest] = this.#known.keys();
    if (this.#known.size >= remembered && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(query, document);
    return document;
  }
}

function parsed(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxTokens: requestLimits.tokens });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}
