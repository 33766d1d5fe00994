/** The access token and when it must be renewed, milliseconds on the caller's own clock. */
export interface AccessToken {
  readonly value: string;
  readonly renewAtMs: number;
}

export interface TokenKeeperOptions {
  /** Trades the session cookie for a new token; null when there is no session any more. Throws when the server is out of reach. */
  renew: () => Promise<AccessToken | null>;
  nowMs?: () => number;
}

/**
 * Keeps the access token in memory alone, and renews it once however many callers ask at the same time.
 */
export function createTokenKeeper({ renew, nowMs = Date.now }: TokenKeeperOptions) {
  let token: AccessToken | null = null;
  let renewal: Promise<string | null> | null = null;

  async function runRenewal(): Promise<string | null> {
    try {
      token = await renew();
      return token?.value ?? null;
    } finally {
      renewal = null;
    }
  }

  /** Renews now; callers in parallel share one request. */
  function renewNow(): Promise<string | null> {
    renewal ??= runRenewal();
    return renewal;
  }

  /** The token as it is, or a new one when it is about to end; null when nobody is signed in. */
  async function fresh(): Promise<string | null> {
    if (renewal) return renewal;
    if (!token) return null;
    return nowMs() < token.renewAtMs ? token.value : renewNow();
  }

  return {
    fresh,
    renewNow,
    set: (next: AccessToken | null) => {
      token = next;
    },
    renewAtMs: () => token?.renewAtMs ?? null,
  };
}

export type TokenKeeper = ReturnType<typeof createTokenKeeper>;

const shortestLifeMs = 30_000;
const longestLifeMs = 15 * 60_000;

/**
 * Says when to renew a token: a minute before its end. A device's clock may be wrong by hours, so the life that it
 * works out is held between half a minute and a quarter of an hour.
 */
export function renewalTime(expiresAt: string | null, nowMs: number): number {
  const lifeMs = expiresAt ? Date.parse(expiresAt) - nowMs : shortestLifeMs;
  return (
    nowMs +
    Math.min(longestLifeMs, Math.max(shortestLifeMs, lifeMs)) -
    Math.min(60_000, lifeMs > 120_000 ? 60_000 : 15_000)
  );
}
