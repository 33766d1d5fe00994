import type { CompiledQuery } from 'kysely';
import type pg from 'pg';
import { prepareValue } from 'pg/lib/utils.js';
import { PreparedStatements, type Prepared } from './prepared-statements.ts';

/** A row as the wire brings it, columns by the names that the code uses; what it holds, its query's type says. */
export type WireRow = ReturnType<typeof JSON.parse>;

interface DataRow {
  fields: (string | null)[];
}

interface RowDescription {
  fields: { name: string; dataTypeID: number }[];
}

/**
 * Several statements as one message: they are sent together with one Sync behind the last, so they cost one round trip,
 * run in their order inside one transaction, and after the first that fails none is run. What the first of them sets for
 * the transaction holds for the others and for nobody else.
 */
export class Pipeline {
  readonly statements: readonly CompiledQuery[];
  readonly rows: WireRow[][] = [];
  /** How it ended; a connection that broke in the middle rejects. */
  readonly ended: Promise<void>;
  readonly #types: pg.CustomTypesConfig;
  readonly #prepared: Prepared[] = [];
  #index = 0;
  #current: WireRow[] = [];
  #error: Error | null = null;
  #resolve: () => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;
  #statementsOfConnection: PreparedStatements | null = null;

  constructor(statements: readonly CompiledQuery[], types: pg.CustomTypesConfig) {
    this.statements = statements;
    this.#types = types;
    this.ended = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Called by the driver when it is this pipeline's turn. */
  submit(connection: pg.Connection): Error | null {
    const prepared = PreparedStatements.of(connection);
    this.#statementsOfConnection = prepared;
    connection.stream.cork();
    try {
      for (const { sql, parameters } of this.statements) {
        const values = parameters.map(prepareValue);
        const statement = prepared.take(connection, sql);
        this.#prepared.push(statement);
        connection.bind({ portal: '', statement: statement.name, values }, true);
        if (statement.columns === null) connection.describe({ type: 'P', name: '' }, true);
        connection.execute({ portal: '' }, true);
      }
      connection.sync();
      return null;
    } catch (error) {
      return error instanceof Error ? error : new Error('A statement could not be sent.');
    } finally {
      connection.stream.uncork();
    }
  }

  handleRowDescription({ fields }: RowDescription): void {
    const statement = this.#prepared[this.#index];
    if (statement === undefined) return;
    statement.columns = fields.map(({ name, dataTypeID }) => ({
      name: camelCased(name),
      parse: this.#types.getTypeParser(dataTypeID, 'text'),
    }));
  }

  handleDataRow({ fields }: DataRow): void {
    const columns = this.#prepared[this.#index]?.columns ?? [];
    const row: WireRow = {};
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index];
      const text = fields[index];
      if (column !== undefined) row[column.name] = text == null ? null : column.parse(text);
    }
    this.#current.push(row);
  }

  handleCommandComplete(): void {
    this.rows.push(this.#current);
    this.#current = [];
    this.#index += 1;
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete();
  }

  handlePortalSuspended(): void {
    this.handleCommandComplete();
  }

  /** PostgreSQL skips what is left; what it had not read yet is not prepared. */
  handleError(error: Error): void {
    this.#error = error;
    this.#statementsOfConnection?.forget(this.#prepared.slice(this.#index));
    this.#reject(error);
  }

  handleReadyForQuery(): void {
    if (this.#error === null) this.#resolve();
  }
}

const namesSeen = new Map<string, string>();

/** Columns come from our own statements: there are few, and the same again and again. */
function camelCased(name: string): string {
  const known = namesSeen.get(name);
  if (known !== undefined) return known;
  const made = name.replaceAll(/_+([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
  namesSeen.set(name, made);
  return made;
}
