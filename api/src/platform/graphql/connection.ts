import { Field, Int, ObjectType } from 'type-graphql';
import { encodeCursor, type Page, type Position } from './page.ts';

@ObjectType({ description: 'Where a page stands in its list, as in the Relay specification.' })
export class PageInfo {
  @Field(() => Boolean) hasNextPage!: boolean;
  @Field(() => Boolean) hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true }) startCursor!: string | null;
  @Field(() => String, { nullable: true }) endCursor!: string | null;
}

export interface Edge<Row> {
  cursor: string;
  node: Row;
}

/** A page of rows as the API shows it. The count is only asked of the database when somebody selects it. */
export interface Connection<Row> {
  edges: Edge<Row>[];
  nodes: Row[];
  pageInfo: PageInfo;
  readonly totalCount: Promise<number> | number;
}

/** Turns the rows of one page, fetched with one row too many, into a connection. */
export function toConnection<Row>(
  fetched: readonly Row[],
  page: Page,
  positionOf: (row: Row) => Position,
  count: () => Promise<number>,
): Connection<Row> {
  const hasMore = fetched.length > page.limit;
  const rows = fetched.slice(0, page.limit);
  if (page.isBackward) rows.reverse();
  const edges = rows.map((node) => ({ cursor: encodeCursor(positionOf(node), page.ordering), node }));
  return {
    edges,
    nodes: rows,
    pageInfo: {
      hasNextPage: page.isBackward ? page.before !== null : hasMore,
      hasPreviousPage: page.isBackward ? hasMore : page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    get totalCount() {
      return count();
    },
  };
}

type ClassType = new () => object;

/** Makes the two API types of a list: its edge and its connection. */
export function connectionTypes(name: string, nodeType: () => ClassType, what: string) {
  @ObjectType(`${name}Edge`, { description: `One of the ${what}, with its place in the list.` })
  class EdgeType {
    @Field(() => String, { description: 'Pass it as after or before to go on from here.' }) cursor!: string;
    @Field(nodeType) node!: object;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${what}.` })
  class ConnectionType {
    @Field(() => [EdgeType]) edges!: EdgeType[];
    @Field(() => [nodeType()]) nodes!: object[];
    @Field(() => PageInfo) pageInfo!: PageInfo;
    @Field(() => Int, { description: 'All that match, on every page.' }) totalCount!: number;
  }
  return { EdgeType, ConnectionType };
}
