import { computed, ref, toValue, type MaybeRefOrGetter } from 'vue';
import { useSession } from '../../app/session.ts';
import { useConnection } from '../../composables/useConnection.ts';
import {
  AppointmentsDocument,
  OwnVisitsDocument,
  type AppointmentFilter,
  type AppointmentRowFragment,
  type AppointmentsQueryVariables,
  type OwnVisitFragment,
  type OrderDirection,
} from '../../gql/graphql.ts';
import { byStart, insertRow, removeRow, type ListDocument, type ListNode } from './live-list.ts';
import { ownVisitUpdates, staffUpdates, type UpdateChannel } from './update-channel.ts';

export interface LiveListOptions<TNode> {
  filter: MaybeRefOrGetter<AppointmentFilter>;
  /** The same question as the filter, asked of one row: live changes bring rows in and take them out. */
  accepts: (row: TNode) => boolean;
  direction?: OrderDirection;
  first?: number;
  enabled?: MaybeRefOrGetter<boolean>;
  /** While true, rows that arrive live wait behind "2 new" so that nothing moves under the reader's eyes. */
  holdsNew?: MaybeRefOrGetter<boolean>;
}

const pageSize = 50;

function useLiveList<TNode extends ListNode>(
  query: ListDocument<TNode>,
  channel: UpdateChannel<TNode>,
  { filter, accepts, direction = 'ASC', first = pageSize, enabled = true, holdsNew = false }: LiveListOptions<TNode>,
) {
  const { client } = useSession();
  const heldIds = ref<ReadonlySet<string>>(new Set());
  const variables = computed<AppointmentsQueryVariables>(() => ({
    first,
    filter: toValue(filter),
    orderBy: { field: 'STARTS_AT', direction },
  }));
  const list = useConnection({ document: query, variables, select: (data) => data.appointments, enabled });
  const accepted = computed(() => list.nodes.value.filter(accepts));
  const goneCount = computed(() => list.nodes.value.length - accepted.value.length);

  channel.listen(({ appointment }) => {
    const cached = { cache: client.cache, query, variables: variables.value };
    const isListed = list.nodes.value.some(({ id }) => id === appointment.id);
    if (isListed && !accepts(appointment)) removeRow(cached, appointment.id);
    if (isListed || !accepts(appointment)) return;
    if (toValue(holdsNew)) heldIds.value = new Set([...heldIds.value, appointment.id]);
    insertRow(cached, appointment);
  });

  return {
    ...list,
    rows: computed(() =>
      byStart(
        accepted.value.filter(({ id }) => !heldIds.value.has(id)),
        direction,
      ),
    ),
    totalCount: computed(() => (list.totalCount.value === null ? null : list.totalCount.value - goneCount.value)),
    heldCount: computed(() => accepted.value.filter(({ id }) => heldIds.value.has(id)).length),
    release: () => {
      heldIds.value = new Set();
    },
  };
}

/** A list of appointments as staff see them, kept right by live changes. */
export function useLiveAppointments(options: LiveListOptions<AppointmentRowFragment>) {
  return useLiveList<AppointmentRowFragment>(AppointmentsDocument, staffUpdates, options);
}

/** The patient's own appointments, with their status lines. */
export function useLiveOwnVisits(options: LiveListOptions<OwnVisitFragment>) {
  return useLiveList<OwnVisitFragment>(OwnVisitsDocument, ownVisitUpdates, options);
}
