import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';

/**
 * A connection that always finds its way back to its pool. A transaction that the query builder controls gives it back
 * after a commit or a rollback that worked, and not after one that failed: a connection that was cut in the middle would
 * keep its place for ever, and after some of them nobody gets a connection at all.
 *
 * So a failed BEGIN gives it back at once, and a failed ROLLBACK counts as done: the connection is thrown away, and with
 * it whatever was open.
 */
export class PooledClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  #isReleased = false;
  #failure: Error | undefined;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  query<Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  query<Row>(
    textOrCursor: string | PostgresCursor<Row>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<Row>> | PostgresCursor<Row> {
    if (typeof textOrCursor !== 'string') throw new Error('Rows are read whole here, not by a cursor.');
    return this.#run<Row>(textOrCursor, parameters);
  }

  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#client.release(this.#failure);
  }

  async #run<Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>> {
    try {
      const { command, rowCount, rows } = await this.#client.query(text, [...parameters]);
      return { command: commandOf(command), rowCount: rowCount ?? 0, rows };
    } catch (error) {
      if (text !== 'rollback' && !/^(begin|start transaction)\b/.test(text)) throw error;
      this.#failure = error instanceof Error ? error : new Error('The connection failed.');
      if (text === 'rollback') return { command: 'SELECT', rowCount: 0, rows: [] };
      this.release();
      throw error;
    }
  }
}

type Command = PostgresQueryResult<unknown>['command'];

const writing: readonly Command[] = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'];

/** What the query builder wants to know: whether rows were written. */
const commandOf = (command: string): Command => writing.find((each) => each === command) ?? 'SELECT';
