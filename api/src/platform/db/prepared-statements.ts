import type pg from 'pg';

export interface Prepared {
  readonly name: string;
  readonly text: string;
  /** How to read its rows; null until PostgreSQL has said it once. */
  columns: { name: string; parse: (text: string) => unknown }[] | null;
}

/** What one connection keeps at most: plans take memory on the server. */
const keptStatements = 200;

const perConnection = new WeakMap<pg.Connection, PreparedStatements>();

/** The statements that PostgreSQL has parsed for one connection, the one used longest ago forgotten first. */
export class PreparedStatements {
  readonly #byText = new Map<string, Prepared>();
  #count = 0;

  static of(connection: pg.Connection): PreparedStatements {
    const known = perConnection.get(connection);
    if (known !== undefined) return known;
    const made = new PreparedStatements();
    perConnection.set(connection, made);
    return made;
  }

  /** Returns a statement that can be bound: one from before, or one that is parsed now. */
  take(connection: pg.Connection, text: string): Prepared {
    const known = this.#byText.get(text);
    if (known !== undefined) {
      this.#byText.delete(text);
      this.#byText.set(text, known);
      return known;
    }
    const [oldest] = this.#byText.values();
    if (this.#byText.size >= keptStatements && oldest !== undefined) {
      this.#byText.delete(oldest.text);
      connection.close({ type: 'S', name: oldest.name }, true);
    }
    // A name is never used twice: one whose parsing failed is simply gone.
    const made: Prepared = { name: `clinigraph_${(this.#count += 1)}`, text, columns: null };
    connection.parse({ name: made.name, text, types: [] }, true);
    this.#byText.set(text, made);
    return made;
  }

  forget(statements: readonly Prepared[]): void {
    for (const { text, name } of statements) if (this.#byText.get(text)?.name === name) this.#byText.delete(text);
  }
}
