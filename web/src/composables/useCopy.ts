import { ref } from 'vue';

const shownMs = 2_000;

/** Copies a text; `isCopied` is true for two seconds after it worked. */
export function useCopy() {
  const isCopied = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function copy(text: string): Promise<void> {
    // A page without HTTPS has no clipboard; the link can still be marked by hand.
    if (!('clipboard' in navigator)) return;
    await navigator.clipboard.writeText(text);
    clearTimeout(timer);
    isCopied.value = true;
    timer = setTimeout(() => {
      isCopied.value = false;
    }, shownMs);
  }

  return { copy, isCopied };
}
