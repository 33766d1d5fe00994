import type { Clock } from '../platform/clock.ts';
import { Database } from '../platform/db/database.ts';
import type { Logger } from '../platform/logger.ts';
import { LiveFeed } from '../platform/realtime/live-feed.ts';
import { Ctx, type Caller, type Runtime } from '../access/ctx.ts';
import { connectPatientRegistrar, viewerOfSession } from '../features/accounts/index.ts';
import { registerOwnRecord } from '../features/patients/index.ts';
import { accessTokens } from './access-tokens.ts';
import { entities } from './entities.ts';
import { beforeCommit } from './event-handlers.ts';

export interface RuntimeOptions {
  databaseUrl: string;
  jwtSecret: string;
  clock: Clock;
  log: Logger;
  poolSize?: number;
}

/** Connects the parts that all requests and jobs of a process share. */
export async function createRuntime({
  databaseUrl,
  jwtSecret,
  clock,
  log,
  poolSize,
}: RuntimeOptions): Promise<Runtime> {
  connectPatientRegistrar({ registerOwnRecord });
  const db = await Database.connect({ url: databaseUrl, entities, log, poolSize });
  const tokens = accessTokens(jwtSecret, clock);
  return {
    db,
    clock,
    log,
    live: new LiveFeed(db, clock, log),
    beforeCommit,
    readAccessToken: tokens.read,
    issueAccessToken: tokens.issue,
    readSession: viewerOfSession,
  };
}

/** Who calls when nobody does: jobs, seeds, scripts. */
export const noCaller: Caller = {
  requestId: 'internal',
  ipAddress: null,
  userAgent: null,
  refreshCookie: { read: () => null, write: () => undefined, clear: () => undefined },
};

/** A context for a caller, signed in by an access token if it is a good one. */
export async function contextFor(runtime: Runtime, caller: Caller, authorization: string | null): Promise<Ctx> {
  const ctx = new Ctx(runtime, caller, null);
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  const sessionId = token === undefined ? null : await runtime.readAccessToken(token);
  if (sessionId !== null) ctx.becomes(await runtime.readSession(ctx, sessionId));
  return ctx;
}
