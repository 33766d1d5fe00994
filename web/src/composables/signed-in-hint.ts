const key = 'clinigraph.signedIn';

/**
 * Whether somebody was signed in on this device when the app was last open. No secret and no proof: pages that load no
 * session say "open" instead of "sign in" by it.
 */
export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(key) === 'true';
  } catch {
    return false;
  }
}

export function rememberSignedIn(isSignedIn: boolean): void {
  try {
    if (isSignedIn) localStorage.setItem(key, 'true');
    else localStorage.removeItem(key);
  } catch {
    // A shut storage costs the hint, not the session.
  }
}
