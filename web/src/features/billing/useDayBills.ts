import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { useSession } from '../../app/session.ts';
import { dayRange } from '../../composables/clinic-time.ts';
import { useClinicClock } from '../../composables/useClinicClock.ts';
import { useConnection } from '../../composables/useConnection.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { DayBillsDocument, type BillRowFragment } from '../../gql/graphql.ts';
import { staffUpdates } from '../appointments/update-channel.ts';
import { canSeeBills } from './bill-access.ts';

/**
 * The bills of today's visits by appointment: null where there is none yet, undefined where nothing is known.
 *
 * @param enabled   false asks nothing
 */
export function useDayBills(enabled: MaybeRefOrGetter<boolean> = true) {
  const session = useSession();
  const { today } = useClinicClock();
  const { zone } = useFormat();
  const list = useConnection({
    document: DayBillsDocument,
    variables: () => ({
      first: 100,
      filter: { ...dayRange(today.value, zone.value), status: ['CHECKED_IN' as const, 'TREATED' as const] },
    }),
    select: (data) => data.appointments,
    enabled: () => toValue(enabled) && canSeeBills(session.role),
    asksAgain: true,
  });
  // Whoever checks in joins the day; a bill that is made reaches its appointment through the cache.
  staffUpdates.listen(({ appointment }) => {
    if (toValue(enabled) && !list.nodes.value.some(({ id }) => id === appointment.id)) list.refetch();
  });
  return computed<ReadonlyMap<string, BillRowFragment | null>>(
    () => new Map(list.nodes.value.map(({ id, bill }) => [id, bill])),
  );
}
