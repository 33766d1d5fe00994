import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { addDays, startOfDay, type Day } from '../../composables/clinic-time.ts';
import { useConnection } from '../../composables/useConnection.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { AuditLogDocument, type AuditFilter } from '../../gql/graphql.ts';

export interface AuditSearch {
  actorId: string | null;
  action: string | null;
  subjectId: string | null;
  from: Day | null;
  to: Day | null;
}

/** The clinic's audit trail, newest first; both days of the search are clinic days and included. */
export function useAuditLog(search: MaybeRefOrGetter<AuditSearch>) {
  const { zone } = useFormat();
  const filter = computed<AuditFilter>(() => {
    const { actorId, action, subjectId, from, to } = toValue(search);
    return {
      actorId,
      action,
      subjectId,
      from: from === null ? null : startOfDay(from, zone.value),
      to: to === null ? null : startOfDay(addDays(to, 1), zone.value),
    };
  });
  return useConnection({
    document: AuditLogDocument,
    variables: () => ({ first: 50, filter: filter.value }),
    select: (data) => data.auditLog,
  });
}
