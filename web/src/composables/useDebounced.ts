import { onScopeDispose, readonly, ref, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue';

/** Follows a text once typing pauses, milliseconds. Emptying it follows at once. */
export function useDebounced(source: MaybeRefOrGetter<string>, pauseMs = 200): Readonly<Ref<string>> {
  const settled = ref(toValue(source));
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    () => toValue(source),
    (value) => {
      clearTimeout(timer);
      const settle = (): void => {
        settled.value = value;
      };
      if (value === '') settle();
      else timer = setTimeout(settle, pauseMs);
    },
  );
  onScopeDispose(() => clearTimeout(timer));
  return readonly(settled);
}
