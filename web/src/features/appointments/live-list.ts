import type { ApolloCache, NormalizedCacheObject } from '@apollo/client/core';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { AppointmentsQueryVariables } from '../../gql/graphql.ts';

export interface ListNode {
  readonly id: string;
  readonly startsAt: string;
}

/** The one shape of the two list queries: staff's rows and the patient's own. */
export interface ListData<TNode> {
  __typename: 'Query';
  appointments: {
    __typename: 'AppointmentConnection';
    edges: Array<{ __typename: 'AppointmentEdge'; cursor: string; node: TNode }>;
    pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null };
    totalCount: number;
  } | null;
}

export type ListDocument<TNode> = TypedDocumentNode<ListData<TNode>, AppointmentsQueryVariables>;

interface CachedList<TNode> {
  readonly cache: ApolloCache<NormalizedCacheObject>;
  readonly query: ListDocument<TNode>;
  readonly variables: AppointmentsQueryVariables;
}

/** Puts a row that arrived live into a cached list; one that is there already stays once. */
export function insertRow<TNode extends ListNode>({ cache, query, variables }: CachedList<TNode>, node: TNode): void {
  cache.updateQuery({ query, variables }, (data) => {
    if (!data?.appointments || data.appointments.edges.some((edge) => edge.node.id === node.id)) return undefined;
    const { edges, totalCount } = data.appointments;
    const edge = { __typename: 'AppointmentEdge' as const, cursor: '', node };
    return { ...data, appointments: { ...data.appointments, edges: [...edges, edge], totalCount: totalCount + 1 } };
  });
}

/** Takes a row that no longer belongs out of a cached list. */
export function removeRow<TNode extends ListNode>({ cache, query, variables }: CachedList<TNode>, id: string): void {
  cache.updateQuery({ query, variables }, (data) => {
    if (!data?.appointments?.edges.some((edge) => edge.node.id === id)) return undefined;
    const { edges, totalCount } = data.appointments;
    const left = edges.filter((edge) => edge.node.id !== id);
    return { ...data, appointments: { ...data.appointments, edges: left, totalCount: totalCount - 1 } };
  });
}

/** Sorts rows by their start; two at one time keep the order of their ids. */
export function byStart<TNode extends ListNode>(rows: readonly TNode[], direction: 'ASC' | 'DESC'): readonly TNode[] {
  const sign = direction === 'ASC' ? 1 : -1;
  return [...rows].sort(
    (left, right) => sign * (left.startsAt.localeCompare(right.startsAt) || left.id.localeCompare(right.id)),
  );
}
