import { computed } from 'vue';
import { useRouter } from 'vue-router';
import { isDay, type Day } from '../../composables/clinic-time.ts';
import { useQueryParam } from '../../composables/useQueryParam.ts';
import type { AuditSearch } from './useAuditLog.ts';

/** What the audit page looks for, kept in its address. */
export function useAuditSearch() {
  const router = useRouter();
  const who = useQueryParam('who', 'replace');
  const what = useQueryParam('what', 'replace');
  const about = useQueryParam('about', 'replace');
  const from = useQueryParam('from', 'replace');
  const to = useQueryParam('to', 'replace');
  const day = (value: string | null): Day | null => (isDay(value) ? value : null);
  const search = computed<AuditSearch>(() => ({
    actorId: who.value,
    action: what.value,
    subjectId: about.value,
    from: day(from.value),
    to: day(to.value),
  }));
  return {
    who,
    what,
    about,
    from,
    to,
    search,
    isNarrowed: computed(() => Object.values(search.value).some((part) => part !== null)),
    clear: () => void router.replace({ query: {} }),
  };
}
