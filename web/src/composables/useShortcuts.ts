import { computed, onScopeDispose, shallowReactive, toValue, type MaybeRefOrGetter } from 'vue';
import { usePreferences } from '../app/preferences.ts';

export interface Shortcut {
  /** One key ("j", "?", "["), or two pressed one after the other ("g t"). */
  readonly keys: string;
  /** Locale key of what it does, for the sheet. */
  readonly labelKey: string;
  readonly group: 'go' | 'list' | 'day' | 'help';
  readonly run: () => void;
}

const sequencePauseMs = 1_200;
const registered = shallowReactive<MaybeRefOrGetter<readonly Shortcut[]>[]>([]);
let pendingKey = '';
let pendingTimer: ReturnType<typeof setTimeout> | undefined;
let isListening = false;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

function hasOpenOverlay(): boolean {
  return (
    document.querySelector(
      '[role="dialog"][data-state="open"], [role="menu"][data-state="open"], [role="listbox"][data-state="open"]',
    ) !== null
  );
}

function allShortcuts(): readonly Shortcut[] {
  return [...registered].reverse().flatMap((source) => toValue(source));
}

function onKeydown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key.length !== 1 || hasOpenOverlay() || !usePreferences().hasShortcuts) return;
  const sequence = pendingKey === '' ? event.key : `${pendingKey} ${event.key}`;
  clearTimeout(pendingTimer);
  pendingKey = '';
  const match = allShortcuts().find((shortcut) => shortcut.keys === sequence);
  if (match) {
    event.preventDefault();
    match.run();
    return;
  }
  if (allShortcuts().some((shortcut) => shortcut.keys.startsWith(`${event.key} `))) {
    pendingKey = event.key;
    pendingTimer = setTimeout(() => {
      pendingKey = '';
    }, sequencePauseMs);
  }
}

/**
 * Adds keys for as long as the calling component lives; the newest owner of a key wins. Nothing fires while somebody
 * types, while an overlay is open, or when the person has switched the keys off.
 */
export function useShortcuts(shortcuts: MaybeRefOrGetter<readonly Shortcut[]>): void {
  if (!isListening) {
    document.addEventListener('keydown', onKeydown);
    isListening = true;
  }
  registered.push(shortcuts);
  onScopeDispose(() => {
    registered.splice(registered.indexOf(shortcuts), 1);
  });
}

/** What the keys do on the screen as it is now, for the sheet. */
export function useShortcutList() {
  return computed(() => {
    const seen = new Set<string>();
    return allShortcuts().filter(({ keys }) => !seen.has(keys) && seen.add(keys));
  });
}
