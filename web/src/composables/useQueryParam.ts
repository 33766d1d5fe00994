import { computed, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/**
 * One word of the address, so that a reload, a link and the back button keep the place.
 *
 * @param mode   push when the back button should undo it (a detail, a step), replace when it should not (a filter)
 */
export function useQueryParam(name: string, mode: 'push' | 'replace' = 'push'): WritableComputedRef<string | null> {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get: () => {
      const value = route.query[name];
      return typeof value === 'string' && value !== '' ? value : null;
    },
    set: (value) => {
      const { [name]: _dropped, ...rest } = route.query;
      const query = value === null ? rest : { ...rest, [name]: value };
      void router[mode]({ query });
    },
  });
}
