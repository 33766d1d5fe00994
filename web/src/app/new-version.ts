const key = 'clinigraph.reloadedAt';
const pauseMs = 30_000;

/** Not again and again: when a reload did not help, the page's own error says so. */
function mayReload(nowMs: number): boolean {
  const last = Number(sessionStorage.getItem(key) ?? 0);
  sessionStorage.setItem(key, String(nowMs));
  return nowMs - last > pauseMs;
}

/**
 * Takes the new version when a tab has outlived its own: the server has newer files by other names, so the next page
 * that this one asks for is not there any more.
 */
export function reloadForNewVersion(): void {
  window.addEventListener('vite:preloadError', (event) => {
    if (!mayReload(Date.now())) return;
    event.preventDefault();
    location.reload();
  });
}
