import type { Query } from '../platform/db/query-builder.ts';
import { toConnection, type Connection } from '../platform/graphql/connection.ts';
import { readPage, type Ordering, type Page, type PageArguments, type Position } from '../platform/graphql/page.ts';
import { Loader, type Ctx } from './ctx.ts';

/** A list that hangs off a parent, as one parent asks for it. */
export interface ListKey<Filter> {
  parentId: string;
  args: PageArguments;
  filter: Filter;
}

export interface ListSource<Row, Filter> {
  /** One page for each of many parents, each page in its order. */
  rows: (ctx: Ctx, parentIds: readonly string[], page: Page, filter: Filter) => Query<Row & { parentId: string }>;
  counts: (ctx: Ctx, parentIds: readonly string[], filter: Filter) => Query<{ parentId: string; count: number }>;
  ordering: Ordering;
  positionOf: (row: Row) => Position;
}

/**
 * A loader of pages: as many parents as there are cost one statement, and one more when somebody selects totalCount.
 * Parents that ask with other arguments, under an alias, form a group of their own.
 */
export function loadLists<Row, Filter>(source: ListSource<Row, Filter>): Loader<ListKey<Filter>, Connection<Row>> {
  const counts = new Loader<ListKey<Filter>, number>(
    (ctx, keys) =>
      inGroups(keys, async (group, parentIds) => {
        const rows = await ctx.rows(source.counts(ctx, parentIds, group.filter));
        const byParent = new Map(rows.map((row) => [row.parentId, row.count]));
        return (parentId) => byParent.get(parentId) ?? 0;
      }),
    keyText,
  );
  return new Loader<ListKey<Filter>, Connection<Row>>(
    (ctx, keys) =>
      inGroups(keys, async (group, parentIds) => {
        const page = readPage(group.args, source.ordering);
        const byParent = new Map<string, Row[]>(parentIds.map((id) => [id, []]));
        for (const row of await ctx.rows(source.rows(ctx, parentIds, page, group.filter)))
          byParent.get(row.parentId)?.push(row);
        return (parentId) => {
          const count = () => ctx.load(counts, { ...group, parentId });
          return toConnection(byParent.get(parentId) ?? [], page, source.positionOf, count);
        };
      }),
    keyText,
  );
}

const keyText = (key: ListKey<unknown>): string => JSON.stringify(key);

async function inGroups<Filter, Result>(
  keys: readonly ListKey<Filter>[],
  fetch: (group: ListKey<Filter>, parentIds: string[]) => Promise<(parentId: string) => Result>,
): Promise<Result[]> {
  const groups = new Map<string, { first: ListKey<Filter>; parentIds: string[] }>();
  const groupText = ({ args, filter }: ListKey<Filter>) => JSON.stringify([args, filter]);
  for (const key of keys) {
    const group = groups.get(groupText(key));
    if (group === undefined) groups.set(groupText(key), { first: key, parentIds: [key.parentId] });
    else group.parentIds.push(key.parentId);
  }
  const answers = new Map<string, (parentId: string) => Result>();
  await Promise.all(
    [...groups].map(async ([text, { first, parentIds }]) => answers.set(text, await fetch(first, parentIds))),
  );
  return keys.map((key) => {
    const answer = answers.get(groupText(key));
    if (answer === undefined) throw new Error('A group of lists was not fetched.');
    return answer(key.parentId);
  });
}
