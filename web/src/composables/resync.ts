import { onScopeDispose } from 'vue';

const listeners = new Set<() => void>();

/** Says that something may have been missed for good: whoever keeps rows outside the cache reads them again. */
export function announceResync(): void {
  for (const listener of listeners) listener();
}

/** Calls back at each resync, for as long as the calling component lives. */
export function onResync(listener: () => void): void {
  listeners.add(listener);
  onScopeDispose(() => listeners.delete(listener));
}
