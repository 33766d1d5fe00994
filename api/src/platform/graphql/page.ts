import type { SelectQueryBuilder } from 'kysely';
import { sql } from '../db/query-builder.ts';
import { badUserInput } from '../errors.ts';

/** The arguments of every list that grows. */
export interface PageArguments {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** Where a row stands in its list: the value it is ordered by, and its id. */
export interface Position {
  value: string;
  id: string;
}

/** One page of a list, decided once and applied to a query: forwards from `after`, or backwards from `before`. */
export interface Page {
  limit: number;
  isBackward: boolean;
  after: Position | null;
  before: Position | null;
}

const defaultSize = 25;
const maximumSize = 100;

/**
 * Reads paging arguments.
 *
 * @throws RequestError BAD_USER_INPUT for more than 100 rows, for both directions at once, for a cursor that is none
 */
export function readPage({ first, after, last, before }: PageArguments): Page {
  if (first != null && last != null) throw badUserInput('Ask for first or for last, not for both.', ['last']);
  const isBackward = last != null;
  const limit = (isBackward ? last : first) ?? defaultSize;
  if (limit < 0 || limit > maximumSize) {
    throw badUserInput(`Ask for 0 to ${maximumSize} rows at a time.`, [isBackward ? 'last' : 'first']);
  }
  return { limit, isBackward, after: decodeCursor(after, 'after'), before: decodeCursor(before, 'before') };
}

export function encodeCursor({ value, id }: Position): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url');
}

function decodeCursor(cursor: string | null | undefined, field: string): Position | null {
  if (cursor == null) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parsed)) {
      const [value, id] = parsed;
      if (typeof value === 'string' && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)) return { value, id };
    }
  } catch {
    // Falls through to the one answer below.
  }
  throw badUserInput('This cursor is not one of this list.', [field]);
}

export interface Ordering {
  /** The column that the list is ordered by, table and column as in the database, e.g. appointment.starts_at. */
  column: string;
  /** The type that a cursor's text is read as. */
  type: 'timestamptz' | 'text';
  id: string;
  direction: 'asc' | 'desc';
}

/** Narrows and orders a query to one page, one row more than asked for: that row tells whether there are others. */
export function applyPage<DB, TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
  page: Page,
  { column, type, id, direction }: Ordering,
): SelectQueryBuilder<DB, TB, Row> {
  const isAscending = (direction === 'asc') !== page.isBackward;
  const sorted = sql.ref(column);
  const tieBreaker = sql.ref(id);
  const beyond = (position: Position, isLater: boolean) => {
    const operator = sql.raw(isLater === (direction === 'asc') ? '>' : '<');
    return sql<boolean>`(${sorted}, ${tieBreaker}) ${operator} (${position.value}::${sql.raw(type)}, ${position.id}::uuid)`;
  };
  const order = sql.raw(isAscending ? 'asc' : 'desc');
  return query
    .$if(page.after !== null, (rest) => (page.after === null ? rest : rest.where(beyond(page.after, true))))
    .$if(page.before !== null, (rest) => (page.before === null ? rest : rest.where(beyond(page.before, false))))
    .orderBy(sql`${sorted} ${order}, ${tieBreaker} ${order}`)
    .limit(page.limit + 1);
}
