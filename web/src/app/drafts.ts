const prefix = 'clinigraph.draft:';
const keptMs = 24 * 60 * 60 * 1_000;

/**
 * What somebody was writing when the tab closed, on this device: for a day, for the same person, until they sign out.
 * Names no patient: the key holds ids alone.
 */
export function keepDraft(key: string, draft: unknown): void {
  try {
    if (draft === null) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, JSON.stringify({ at: Date.now(), draft }));
  } catch {
    // A shut storage keeps no draft; what is on the screen stays.
  }
}

/** The draft as it was kept, or null. Whoever reads it checks its shape. */
export function recallDraft(key: string): unknown {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(prefix + key) ?? 'null');
    if (typeof kept !== 'object' || kept === null || !('at' in kept) || !('draft' in kept)) return null;
    return Date.now() - Number(kept.at) < keptMs ? kept.draft : null;
  } catch {
    return null;
  }
}

/** Leaves nothing behind for whoever uses this device next. */
export function forgetDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {
    // There was none.
  }
}
