import { ClinigraphError } from './errors.ts';
import type { AuthFieldsFragment } from './generated/types.ts';

/** Keep them as you keep passwords. The refresh token works once: each new pair takes the place of the last. */
export interface Tokens {
  accessToken: string;
  /** An instant, ISO 8601. */
  accessTokenExpiresAt: string;
  refreshToken: string;
}

const renewBeforeMs = 30_000;

/** Holds the tokens of one session and makes new ones in time, once for all who wait. */
export class Session {
  #tokens: Tokens | null;
  #renewal: Promise<string | null> | null = null;
  readonly #renew: (refreshToken: string) => Promise<AuthFieldsFragment>;
  readonly #onTokens: (tokens: Tokens | null) => void;

  constructor(options: {
    tokens: Tokens | null;
    renew: (refreshToken: string) => Promise<AuthFieldsFragment>;
    onTokens: (tokens: Tokens | null) => void;
  }) {
    this.#tokens = options.tokens;
    this.#renew = options.renew;
    this.#onTokens = options.onTokens;
  }

  get isSignedIn(): boolean {
    return this.#tokens !== null;
  }

  /** Takes over what signing in or renewing gave. */
  take({ accessToken, accessTokenExpiresAt, refreshToken }: AuthFieldsFragment): void {
    if (accessToken === null || accessTokenExpiresAt === null || refreshToken === null) return;
    this.#set({ accessToken, accessTokenExpiresAt, refreshToken });
  }

  forget(): void {
    this.#set(null);
  }

  /**
   * An access token that is good for a while yet; null when nobody is signed in.
   *
   * @param refused  the token that the server did not take: a new one is made, unless somebody has done so since
   */
  async accessToken(refused: string | null = null): Promise<string | null> {
    const tokens = this.#tokens;
    if (tokens === null) return null;
    const isOld = Date.parse(tokens.accessTokenExpiresAt) - Date.now() < renewBeforeMs;
    if (!isOld && tokens.accessToken !== refused) return tokens.accessToken;
    this.#renewal ??= this.#renewed(tokens.refreshToken).finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  async #renewed(refreshToken: string): Promise<string | null> {
    try {
      const answer = await this.#renew(refreshToken);
      if (answer.accessToken === null) this.forget();
      else this.take(answer);
    } catch (error) {
      // A session that has ended is over; a server that did not answer may know it yet.
      if (!(error instanceof ClinigraphError) || error.code !== 'UNAUTHENTICATED') throw error;
      this.forget();
    }
    return this.#tokens?.accessToken ?? null;
  }

  #set(tokens: Tokens | null): void {
    this.#tokens = tokens;
    this.#onTokens(tokens);
  }
}
