import { jwtVerify, SignJWT } from 'jose';
import type { Clock } from '../platform/clock.ts';

const algorithm = 'HS256';
const issuer = 'clinigraph';
const audience = 'clinigraph-api';
const tokenType = 'at+jwt';
const lifetimeMs = 10 * 60 * 1_000;
const rememberedTokens = 10_000;

export interface AccessTokens {
  issue(sessionId: string): Promise<{ token: string; expiresAt: Date }>;
  /** Returns the session that a token names; null for any token that is not one of ours, valid now. */
  read(token: string): Promise<string | null>;
}

/**
 * Signs and checks access tokens. They name a session and nothing else: who that is, and in which role, is read from the
 * database at each request, so that a change of role is never older than the request.
 */
export function accessTokens(secret: string, clock: Clock): AccessTokens {
  const key = new TextEncoder().encode(secret);
  // A signature that was good is good until its token runs out; whether its session lives is asked each time.
  const verified = new Map<string, { sid: string; expiresMs: number }>();
  const remember = (token: string, sid: string, expiresMs: number) => {
    const [oldest] = verified.keys();
    if (verified.size >= rememberedTokens && oldest !== undefined) verified.delete(oldest);
    verified.set(token, { sid, expiresMs });
  };
  return {
    async issue(sessionId) {
      const expiresAt = new Date(Math.floor((clock.now().getTime() + lifetimeMs) / 1_000) * 1_000);
      const token = await new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: algorithm, typ: tokenType })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(clock.now())
        .setExpirationTime(expiresAt)
        .sign(key);
      return { token, expiresAt };
    },
    async read(token) {
      const known = verified.get(token);
      if (known !== undefined && clock.now().getTime() < known.expiresMs) return known.sid;
      const options = {
        algorithms: [algorithm],
        issuer,
        audience,
        typ: tokenType,
        currentDate: clock.now(),
        requiredClaims: ['sid', 'exp'],
      };
      const result = await jwtVerify(token, key, options).catch(() => null);
      const { sid, exp } = result?.payload ?? {};
      if (typeof sid !== 'string' || exp === undefined) return null;
      remember(token, sid, exp * 1_000);
      return sid;
    },
  };
}
