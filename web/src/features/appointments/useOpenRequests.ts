import type { MaybeRefOrGetter } from 'vue';
import { useLiveAppointments } from './useLiveAppointments.ts';

/** The requests that wait for an answer, soonest first; those whose day has passed are not among them. */
export function useOpenRequests(holdsNew: MaybeRefOrGetter<boolean> = false) {
  return useLiveAppointments({
    filter: { status: ['REQUESTED'], overdue: false },
    accepts: (row) => row.status === 'REQUESTED' && !row.overdue,
    holdsNew,
  });
}

/** What should have been dealt with on a day that has passed. */
export function useOverdueAppointments() {
  return useLiveAppointments({ filter: { overdue: true }, accepts: (row) => row.overdue });
}
