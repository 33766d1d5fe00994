import { useToast } from '@nuxt/ui/composables';
import { nextTick, onScopeDispose, watch } from 'vue';

const guards = '[role="region"] > span[aria-hidden="true"][tabindex="0"]';

/**
 * Beside the toasts stand two focusable guards that lead the Tab key in and out; their library hides them from screen
 * readers, which must not be done to what can have the focus. They stay, unhidden: there is nothing in them to read.
 */
export function useReadableToasts(): void {
  const { toasts } = useToast();
  const observer = new MutationObserver(unhide);

  function unhide(): void {
    for (const guard of document.querySelectorAll(guards)) guard.removeAttribute('aria-hidden');
  }

  // The guards come a moment after the first toast, and go with the last.
  watch(
    () => toasts.value.length > 0,
    async (hasToasts) => {
      observer.disconnect();
      await nextTick();
      const region = document.querySelector('[data-slot="viewport"]')?.closest('[role="region"]');
      if (!hasToasts || !region) return;
      unhide();
      observer.observe(region, { childList: true });
    },
  );
  onScopeDispose(() => observer.disconnect());
}
