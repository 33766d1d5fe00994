import { onScopeDispose, ref, toValue, watch, type MaybeRefOrGetter } from 'vue';
import type { AppError } from './app-error.ts';
import { createRetryPause } from './wait-before-retry.ts';

/** What passes by itself: a lost connection, or a server that could not just now. */
const passingCodes: readonly string[] = ['NETWORK', 'INTERNAL', 'INTERNAL_SERVER_ERROR'];

/** Whether an error passes by itself, so that asking again is worth it. */
export function isPassing(error: AppError): boolean {
  return passingCodes.includes(error.code);
}

/**
 * Asks again for what could not be loaded, after growing pauses and at once when the browser comes online, until it is
 * there. Only for reading: what changes something is never repeated by itself.
 */
export function useAutoRetry(error: MaybeRefOrGetter<AppError | null>, retry: () => void) {
  const failures = ref(0);
  const { wait, cut } = createRetryPause();
  let isGone = false;

  watch(
    () => toValue(error),
    async (next) => {
      if (next === null || !isPassing(next)) return;
      const turn = failures.value + 1;
      failures.value = turn;
      await wait(turn);
      if (!isGone && failures.value === turn) retry();
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    isGone = true;
    cut();
  });

  return {
    failures,
    /** It is there: the next failure begins with a short pause again. */
    settle: () => {
      failures.value = 0;
    },
  };
}
