import { computed, nextTick, ref, watch, type Ref } from 'vue';
import type { Shortcut } from './useShortcuts.ts';

/**
 * Walks a list with j and k. The rows are focusable elements marked `data-row-id`; the focus follows, so that Enter
 * opens the row and a screen reader says it.
 */
export function useRowKeys(ids: Readonly<Ref<readonly string[]>>) {
  const currentId = ref<string | null>(null);

  function focusRow(id: string): void {
    void nextTick(() => document.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(id)}"]`)?.focus());
  }

  function move(step: 1 | -1): void {
    const index = currentId.value === null ? -1 : ids.value.indexOf(currentId.value);
    const start = step === 1 ? 0 : ids.value.length - 1;
    const next = ids.value[index === -1 ? start : Math.min(ids.value.length - 1, Math.max(0, index + step))];
    if (next === undefined) return;
    currentId.value = next;
    focusRow(next);
  }

  // A row that leaves hands the place to the one that takes its position.
  watch(ids, (after, before) => {
    if (currentId.value === null || after.includes(currentId.value)) return;
    const index = before.indexOf(currentId.value);
    const hadFocus =
      document.activeElement === document.body || document.activeElement?.closest('[data-row-id]') !== null;
    currentId.value = after[Math.min(index, after.length - 1)] ?? null;
    if (hadFocus && currentId.value !== null) focusRow(currentId.value);
  });

  const shortcuts = computed<readonly Shortcut[]>(() => [
    { keys: 'j', labelKey: 'shortcuts.nextRow', group: 'list', run: () => move(1) },
    { keys: 'k', labelKey: 'shortcuts.previousRow', group: 'list', run: () => move(-1) },
  ]);
  return { currentId, shortcuts };
}
