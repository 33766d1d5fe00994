/** What one tab tells the others about the session that they share. */
export type SessionNews =
  { readonly kind: 'signedOut' } | { readonly kind: 'signedIn'; /** Person, clinic and role. */ readonly as: string };

const channel = new BroadcastChannel('clinigraph.session');

/** The refresh token is used once: tabs of one browser take turns, so that none spends another's. */
export function withOneTabAtATime<T>(task: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return task();
  return navigator.locks.request('clinigraph.renewal', task);
}

/** Tells the other tabs that somebody signed in or out here. */
export function tellOtherTabs(news: SessionNews): void {
  channel.postMessage(news);
}

export function onOtherTabChange(callback: (news: SessionNews) => void): void {
  channel.addEventListener('message', ({ data }: MessageEvent<SessionNews>) => callback(data));
}
