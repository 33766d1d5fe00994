import { computed, type Ref } from 'vue';
import type { AppointmentRowFragment, AppointmentStatus } from '../../gql/graphql.ts';
import { conflictsOf } from './conflicts.ts';
import { useLiveAppointments } from './useLiveAppointments.ts';

const holding: AppointmentStatus[] = ['APPROVED', 'CHECKED_IN'];
const mostRows = 100;

/** What is booked already at the time of each request, live; asked for the days of the requests on screen. */
export function useConflicts(requests: Readonly<Ref<readonly AppointmentRowFragment[]>>) {
  const from = computed(() => requests.value.at(0)?.startsAt ?? null);
  const to = computed(
    () =>
      requests.value
        .map(({ endsAt }) => endsAt)
        .sort()
        .at(-1) ?? null,
  );
  const booked = useLiveAppointments({
    filter: () => ({ from: from.value, to: to.value, status: holding }),
    accepts: (row) => holding.includes(row.status),
    first: mostRows,
    enabled: () => from.value !== null,
  });
  return computed(() => conflictsOf(requests.value, booked.rows.value));
}
