import { computed } from 'vue';
import { useLiveOwnVisits } from './useLiveAppointments.ts';

/** The patient's appointments: what is ahead, soonest first, and what lies behind, latest first. */
export function useOwnVisits() {
  const list = useLiveOwnVisits({ filter: {}, accepts: () => true, direction: 'DESC' });
  const isAhead = (visit: { archived: boolean; overdue: boolean }): boolean => !visit.archived && !visit.overdue;
  return {
    ...list,
    upcoming: computed(() => list.rows.value.filter(isAhead).reverse()),
    past: computed(() => list.rows.value.filter((visit) => !isAhead(visit))),
  };
}
