import { onScopeDispose, ref, type Ref } from 'vue';
import { onBeforeRouteLeave } from 'vue-router';

interface LeaveGuard {
  /** Whether the page asks right now. */
  readonly isAsking: Ref<boolean>;
  readonly answer: (leaves: boolean) => void;
}

/** Asks before a page with something unsaved is left: by a link in the page's own words, by closing in the browser's. */
export function useLeaveGuard(isUnsaved: () => boolean): LeaveGuard {
  const isAsking = ref(false);
  let settle: ((leaves: boolean) => void) | null = null;

  onBeforeRouteLeave(() => {
    if (!isUnsaved()) return true;
    isAsking.value = true;
    return new Promise<boolean>((resolve) => {
      settle?.(false);
      settle = resolve;
    });
  });

  const warn = (event: BeforeUnloadEvent): void => {
    if (isUnsaved()) event.preventDefault();
  };
  window.addEventListener('beforeunload', warn);
  onScopeDispose(() => window.removeEventListener('beforeunload', warn));

  return {
    isAsking,
    answer: (leaves) => {
      isAsking.value = false;
      settle?.(leaves);
      settle = null;
    },
  };
}
