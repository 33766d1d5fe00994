import { useQuery } from '@vue/apollo-composable';
import { computed } from 'vue';
import { useDebounced } from '../../composables/useDebounced.ts';
import { SlugTakenDocument } from '../../gql/graphql.ts';
import { isSlug } from './clinic-slug.ts';

/** Whether a web address is still free, looked up while it is typed; null as long as nothing can be said. */
export function useSlugCheck(slug: () => string) {
  const settled = useDebounced(slug, 300);
  const isCheckable = computed(() => isSlug(settled.value));
  const query = useQuery(
    SlugTakenDocument,
    () => ({ slug: settled.value }),
    () => ({ enabled: isCheckable.value, fetchPolicy: 'network-only' }),
  );
  return computed<boolean | null>(() => {
    const answer = query.result.value;
    if (!isCheckable.value || settled.value !== slug() || query.loading.value || !answer) return null;
    return answer.publicClinic === null;
  });
}
