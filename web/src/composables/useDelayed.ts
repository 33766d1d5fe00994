import { onScopeDispose, readonly, ref, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue';

/** True only once the source has been true for a while (200 ms unless told): fast answers show no skeleton. */
export function useDelayed(source: MaybeRefOrGetter<boolean>, delayMs = 200): Readonly<Ref<boolean>> {
  const delayed = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    () => toValue(source),
    (value) => {
      clearTimeout(timer);
      if (!value) {
        delayed.value = false;
        return;
      }
      timer = setTimeout(() => {
        delayed.value = true;
      }, delayMs);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  return readonly(delayed);
}
