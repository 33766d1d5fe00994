const channel = new BroadcastChannel('clinigraph.session');

/** The refresh token is used once: tabs of one browser take turns, so that none spends another's. */
export function withOneTabAtATime<T>(task: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return task();
  return navigator.locks.request('clinigraph.renewal', task);
}

/** Tells the other tabs that somebody signed in or out here. */
export function tellOtherTabs(): void {
  channel.postMessage('changed');
}

export function onOtherTabChange(callback: () => void): void {
  channel.addEventListener('message', callback);
}
