import { ref, watch, type Ref } from 'vue';
import { useRoute } from 'vue-router';

/**
 * The secret of a letter's link, after its #. It is read once and taken out of the address bar and the history, so that
 * nobody finds it there; the part after # never reaches a server or its log.
 */
export function useLinkToken(): Ref<string> {
  const route = useRoute();
  const token = ref('');
  watch(
    () => route.hash,
    (hash) => {
      if (hash.length < 2) return;
      token.value = hash.slice(1);
      history.replaceState(history.state, '', route.path);
    },
    { immediate: true },
  );
  return token;
}
