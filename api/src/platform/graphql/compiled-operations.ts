import { GraphQLError, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';

/** What a process keeps compiled at most; the app itself has some two hundred operations. */
const keptOperations = 500;

/** Compiling costs more than running once: a document that never comes again is not worth it. */
const worthCompilingAfter = 2;

interface Seen {
  times: number;
  compiled: CompiledQuery | null;
}

/**
 * Operations turned into code, for those that come again and again. What it runs it runs unguarded: whoever calls has
 * decided that nothing of it is refused.
 */
export class CompiledOperations {
  readonly #schema: GraphQLSchema;
  readonly #seen = new Map<string, { document: DocumentNode; seen: Seen }>();
  readonly #keys = new WeakMap<DocumentNode, number>();
  #documents = 0;

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** The operation as code; null while it is not worth it, or when it cannot be compiled. */
  get(document: DocumentNode, operationName: string | null): CompiledQuery | null {
    const key = this.#keyOf(document, operationName);
    const entry = this.#seen.get(key) ?? { document, seen: { times: 0, compiled: null } };
    this.#seen.delete(key);
    this.#seen.set(key, entry);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > keptOperations && oldest !== undefined) this.#seen.delete(oldest);
    entry.seen.times += 1;
    if (entry.seen.times !== worthCompilingAfter) return entry.seen.compiled;
    const compiled = compileQuery(this.#schema, document, operationName ?? undefined, {
      disablingCapturingStackErrors: true,
    });
    if (isCompiledQuery(compiled)) entry.seen.compiled = compiled;
    return entry.seen.compiled;
  }

  #keyOf(document: DocumentNode, operationName: string | null): string {
    const known = this.#keys.get(document) ?? (this.#documents += 1);
    this.#keys.set(document, known);
    return `${known} ${operationName ?? ''}`;
  }
}

/** Runs compiled code; its errors come in the shape that every other executor answers with. */
export async function runCompiled(
  compiled: CompiledQuery,
  contextValue: unknown,
  variables: Record<string, unknown>,
): Promise<ExecutionResult> {
  const { data, errors } = await compiled.query(undefined, contextValue, variables);
  if (errors === undefined || errors.length === 0) return { data };
  return { data, errors: errors.map(asGraphQLError) };
}

const asGraphQLError = ({ message, path, originalError }: GraphQLError): GraphQLError =>
  new GraphQLError(message, { path, originalError });
