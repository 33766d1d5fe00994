import { randomBytes } from 'node:crypto';
import { inTransaction, noteBeside, type Transaction } from '../../platform/db/transaction.ts';
import { DomainError } from '../../platform/errors.ts';
import { hashToken } from '../../platform/secret-box.ts';
import { Ctx, noCaller, type Runtime } from '../../access/ctx.ts';
import type { Viewer } from '../../access/viewer.ts';
import { RefreshTokenEntity, SessionEntity } from './account.entity.ts';
import { refreshTokenId, sessionId } from './account.ids.ts';
import {
  markTokenUsed,
  noteActivityOf,
  refreshTokenByHash,
  revokeSessionRow,
  sessionContexts,
  touchSession,
} from './account.queries.ts';

const sessionDays = 30;
const dayMs = 24 * 60 * 60 * 1_000;

/** Two tabs that wake at once both come with the same token: for this long a used one is no sign of theft. */
const reuseGraceMs = 10_000;

export interface SignedIn {
  accessToken: string;
  accessTokenExpiresAt: Date;
  refreshToken: string;
}

const minuteMs = 60_000;

/** Since when somebody must have done something not to be signed out. */
export function idleSince(ctx: Ctx): Date {
  const { idleMinutes } = ctx.runtime.settings;
  return idleMinutes === 0 ? new Date(0) : new Date(ctx.realClock.now().getTime() - idleMinutes * minuteMs);
}

/** Remembers, at most once a minute, that the caller did something. */
export async function noteActivity(ctx: Ctx): Promise<void> {
  const { sessionId, lastActiveAt } = ctx.signedIn;
  const now = ctx.realClock.now();
  const { idleMinutes } = ctx.runtime.settings;
  // A tenth of a short limit: whoever works on must never be taken for idle.
  const step = Math.min(minuteMs, idleMinutes === 0 ? minuteMs : (idleMinutes * minuteMs) / 10);
  if (now.getTime() - lastActiveAt.getTime() >= step) await noteBeside(ctx, noteActivityOf(sessionId, now));
}

interface Batch {
  ids: Set<string>;
  viewers: Promise<Map<string, Viewer>>;
}

const batches = new WeakMap<Runtime, Batch>();

/**
 * Reads who a session is at this moment; null once it has ended or its membership is no longer active. All that are asked
 * for in one tick, by however many requests and sockets, are read by one statement.
 */
export async function viewerOfSession(ctx: Ctx, wanted: string): Promise<Viewer | null> {
  if (!sessionId.is(wanted)) return null;
  const batch = batches.get(ctx.runtime) ?? openBatch(ctx.runtime);
  batch.ids.add(wanted);
  return (await batch.viewers).get(wanted) ?? null;
}

function openBatch(runtime: Runtime): Batch {
  const ids = new Set<string>();
  const nobody = new Ctx(runtime, noCaller, null);
  const viewers = new Promise((resolve) => setImmediate(resolve)).then(async () => {
    batches.delete(runtime);
    const rows = await nobody.rows(sessionContexts([...ids], nobody.realClock.now(), idleSince(nobody)));
    return new Map(rows.map(({ displayName, ...rest }) => [rest.sessionId, { ...rest, name: displayName }]));
  });
  const batch = { ids, viewers };
  batches.set(runtime, batch);
  return batch;
}

/** Writes a new session's rows; the caller's transaction must know the user. Returns the session's id and token. */
export async function addSession(
  ctx: Ctx,
  tx: Transaction,
  userId: string,
  clinicId: string,
): Promise<{ id: string; refreshToken: string }> {
  const id = sessionId.make(tx.realNow);
  tx.em.create(SessionEntity, {
    id,
    userId,
    currentClinicId: clinicId,
    userAgent: ctx.caller.userAgent?.slice(0, 300) ?? null,
    ipAddress: ctx.caller.ipAddress,
    createdAt: tx.realNow,
    lastUsedAt: tx.realNow,
    lastActiveAt: tx.realNow,
    expiresAt: new Date(tx.realNow.getTime() + sessionDays * dayMs),
    revokedAt: null,
  });
  await tx.em.flush();
  return { id, refreshToken: addRefreshToken(tx, id, userId) };
}

export function addRefreshToken(tx: Transaction, ofSession: string, userId: string): string {
  const token = randomBytes(32).toString('base64url');
  tx.em.create(RefreshTokenEntity, {
    id: refreshTokenId.make(tx.realNow),
    sessionId: ofSession,
    userId,
    tokenHash: hashToken(token),
    createdAt: tx.realNow,
    usedAt: null,
  });
  return token;
}

/** Hands a session's tokens to the caller, and goes on as its person: the answer is theirs already. */
export async function enterSession(ctx: Ctx, id: string, refreshToken: string): Promise<SignedIn> {
  ctx.becomes(await viewerOfSession(ctx, id));
  const access = await ctx.runtime.issueAccessToken(id);
  ctx.caller.refreshCookie.write(refreshToken, new Date(ctx.realClock.now().getTime() + sessionDays * dayMs));
  return { accessToken: access.token, accessTokenExpiresAt: access.expiresAt, refreshToken };
}

/**
 * Trades a refresh token for new tokens. A token that was used before ends its whole session: somebody else has it.
 *
 * @throws DomainError INVALID_CREDENTIALS for a token that is unknown, used, or of an ended session
 */
export async function refreshSession(ctx: Ctx, given: string | null): Promise<SignedIn> {
  const token = given ?? ctx.caller.refreshCookie.read();
  const found = token === null ? null : await ctx.first(refreshTokenByHash(hashToken(token), ctx.realClock.now()));
  if (found === null || !found.isLive) return refuse(ctx);

  const { currentClinicId: clinicId, clockOffsetMs } = found;
  const system = ctx.asSystem({ clinicId, clockOffsetMs }, found.userId);
  const isStolen = found.usedAt !== null && ctx.realClock.now().getTime() - found.usedAt.getTime() > reuseGraceMs;
  if (isStolen) {
    await endSession(system, found.sessionId, 'session.end-after-token-reuse');
    return refuse(ctx);
  }
  const next = await inTransaction(system, async (tx) => {
    await tx.rows(markTokenUsed(found.id, tx.realNow));
    await tx.rows(touchSession(found.sessionId, tx.realNow));
    tx.audit({ action: 'session.refresh', subjectId: found.sessionId });
    return addRefreshToken(tx, found.sessionId, found.userId);
  });
  const entered = await enterSession(ctx, found.sessionId, next);
  return ctx.viewer === null ? refuse(ctx) : entered;
}

function refuse(ctx: Ctx): never {
  ctx.caller.refreshCookie.clear();
  throw new DomainError('INVALID_CREDENTIALS', 'Your session has ended. Sign in again.');
}

/** Ends the caller's session on this device; its tokens are worth nothing from now on. */
export async function signOut(ctx: Ctx): Promise<void> {
  ctx.caller.refreshCookie.clear();
  const { viewer } = ctx;
  if (viewer === null) return;
  await endSession(ctx.asSystem(ctx.place, viewer.userId, ctx.actor), viewer.sessionId, 'session.sign-out');
  ctx.becomes(null);
}

export async function endSession(ctx: Ctx, id: string, action: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await tx.rows(revokeSessionRow(id, tx.realNow));
    tx.audit({ action, subjectId: id });
  });
}
