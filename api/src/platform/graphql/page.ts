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

/**
 * Where a row stands in its list: the instant (ISO text) or the score (a whole number) it is ordered by, and its id, or its
 * number in a list where that decides between two of the same instant.
 */
export interface Position {
  value: string;
  id: string;
}

/** What a list is ordered by. */
export interface Ordering {
  /** The column, table and column as in the database, e.g. appointment.starts_at. */
  column: string;
  id: string;
  direction: 'asc' | 'desc';
  /** What the column holds; an instant when left out. */
  kind?: 'instant' | 'score';
  /** What the column named by `id` holds; an id when left out. */
  idKind?: 'id' | 'number';
}

/** One page of a list, decided once and applied to a query: forwards from `after`, or backwards from `before`. */
export interface Page {
  ordering: Ordering;
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
 *   of a list in this order
 */
export function readPage({ first, after, last, before }: PageArguments, ordering: Ordering): Page {
  if (first != null && last != null) throw badUserInput('Ask for first or for last, not for both.', ['last']);
  const isBackward = last != null;
  const limit = (isBackward ? last : first) ?? defaultSize;
  if (limit < 0 || limit > maximumSize) {
    throw badUserInput(`Ask for 0 to ${maximumSize} rows at a time.`, [isBackward ? 'last' : 'first']);
  }
  return {
    ordering,
    limit,
    isBackward,
    after: decodeCursor(after, 'after', ordering),
    before: decodeCursor(before, 'before', ordering),
  };
}

/** A row's place as text. It names the order it belongs to: in a list that is ordered otherwise it stands nowhere. */
export function encodeCursor({ value, id }: Position, { column }: Ordering): string {
  return Buffer.from(JSON.stringify([column, value, id])).toString('base64url');
}

const scoreText = /^\d{1,9}$/;
const numberText = /^\d{1,18}$/;
const idText = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** An instant as we write it: PostgreSQL knows neither a 31st of February nor a year 0. */
const isInstant = (value: string): boolean =>
  /^\d{4}-/.test(value) && !value.startsWith('0000') && new Date(value).toJSON() === value;

function decodeCursor(cursor: string | null | undefined, field: string, ordering: Ordering): Position | null {
  const { column, kind, idKind } = ordering;
  if (cursor == null) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parsed)) {
      const [list, value, id] = parsed.map(String);
      const isPlace = value !== undefined && (kind === 'score' ? scoreText.test(value) : isInstant(value));
      if (list === column && isPlace && id !== undefined && (idKind === 'number' ? numberText : idText).test(id))
        return { value, id };
    }
  } catch {
    // Falls through to the one answer below.
  }
  throw badUserInput('This cursor is not one of this list.', [field]);
}

/** Narrows and orders a query to one page, one row more than asked for: that row tells whether there are others. */
export function applyPage<DB, TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
  page: Page,
): SelectQueryBuilder<DB, TB, Row> {
  const { column, id, direction, kind, idKind } = page.ordering;
  const type = sql.raw(kind === 'score' ? 'integer' : 'timestamptz');
  const idType = sql.raw(idKind === 'number' ? 'bigint' : 'uuid');
  const isAscending = (direction === 'asc') !== page.isBackward;
  const sorted = sql.ref(column);
  const tieBreaker = sql.ref(id);
  const beyond = (position: Position, isLater: boolean) => {
    const operator = sql.raw(isLater === (direction === 'asc') ? '>' : '<');
    return sql<boolean>`(${sorted}, ${tieBreaker}) ${operator} (${position.value}::${type}, ${position.id}::${idType})`;
  };
  const order = sql.raw(isAscending ? 'asc' : 'desc');
  return query
    .$if(page.after !== null, (rest) => (page.after === null ? rest : rest.where(beyond(page.after, true))))
    .$if(page.before !== null, (rest) => (page.before === null ? rest : rest.where(beyond(page.before, false))))
    .orderBy(sql`${sorted} ${order}, ${tieBreaker} ${order}`)
    .limit(page.limit + 1);
}
