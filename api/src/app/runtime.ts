import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/db/database.ts';
import { openFileStore } from '../platform/delivery/file-stores.ts';
import { PaymentGateways } from '../platform/delivery/payment-gateways.ts';
import type { Logger } from '../platform/logger.ts';
import { Metrics } from '../platform/metrics/metrics.ts';
import { RateLimits } from '../platform/rate-limits.ts';
import { LiveFeed } from '../platform/realtime/live-feed.ts';
import { SecretBox } from '../platform/secret-box.ts';
import { SignedLinks } from '../platform/signed-links.ts';
import { Ctx, noCaller, type Caller, type Runtime } from '../access/ctx.ts';
import { connectPatientRegistrar, noteActivity, viewerOfSession } from '../features/accounts/index.ts';
import { attachmentsOfRecords } from '../features/attachments/index.ts';
import { appointmentsOfRecords, connectCheckInUndo, connectCloseOut } from '../features/appointments/index.ts';
import { billsOfRecords, closeOutCondition, readyAppointments } from '../features/billing/index.ts';
import { notificationsOfRecords } from '../features/notifications/index.ts';
import {
  connectPatientBelongings,
  invitationsOfRecords,
  linkOwnRecord,
  registerOwnRecord,
} from '../features/patients/index.ts';
import { prescriptionsOfRecords } from '../features/prescriptions/index.ts';
import { isCheckInUndoable, visitsOfRecords } from '../features/visits/index.ts';
import { waitlistOfRecords } from '../features/waitlist/index.ts';
import { accessTokens } from './access-tokens.ts';
import { entities } from './entities.ts';
import { bearerOf } from './doors.ts';
import { beforeCommit } from './event-handlers.ts';

export interface RuntimeOptions {
  databaseUrl: string;
  settings: Pick<Config, 'jwtSecret' | 'dataKey' | 'publicUrl' | 'idleMinutes' | 'storage' | 'dataDir' | 'payments'>;
  clock: Clock;
  log: Logger;
  poolSize?: number;
}

/** Connects the parts that all requests and jobs of a process share. */
export async function createRuntime({ databaseUrl, settings, clock, log, poolSize }: RuntimeOptions): Promise<Runtime> {
  connectPatientRegistrar({ registerOwnRecord, linkOwnRecord });
  connectCheckInUndo(isCheckInUndoable);
  connectPatientBelongings([
    invitationsOfRecords,
    appointmentsOfRecords,
    waitlistOfRecords,
    visitsOfRecords,
    attachmentsOfRecords,
    prescriptionsOfRecords,
    billsOfRecords,
    notificationsOfRecords,
  ]);
  connectCloseOut({ isReady: readyAppointments, condition: closeOutCondition });
  const db = await Database.connect({ url: databaseUrl, entities, log, poolSize });
  const tokens = accessTokens(settings.jwtSecret, clock);
  const metrics = new Metrics();
  return {
    db,
    clock,
    log,
    metrics,
    live: new LiveFeed(db, clock, log, metrics),
    settings: { publicUrl: settings.publicUrl, idleMinutes: settings.idleMinutes },
    secrets: new SecretBox(settings.dataKey),
    links: new SignedLinks(settings.dataKey, clock),
    files: openFileStore(settings.storage, settings.dataDir, clock),
    gateways: new PaymentGateways(settings.payments, {
      secret: settings.dataKey,
      publicUrl: settings.publicUrl,
      clock,
    }),
    limits: new RateLimits(db),
    beforeCommit,
    readAccessToken: tokens.read,
    issueAccessToken: tokens.issue,
    readSession: viewerOfSession,
  };
}

export { noCaller };

/** A context for a caller, signed in by an access token if it is a good one. */
export async function contextFor(runtime: Runtime, caller: Caller, authorization: string | null): Promise<Ctx> {
  const ctx = new Ctx(runtime, caller, null);
  const token = bearerOf(authorization);
  const sessionId = token === null ? null : await runtime.readAccessToken(token);
  if (sessionId !== null) ctx.becomes(await runtime.readSession(ctx, sessionId));
  if (ctx.viewer !== null && !caller.isBackground) await noteActivity(ctx);
  return ctx;
}
