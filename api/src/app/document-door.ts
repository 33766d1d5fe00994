import type { FastifyInstance, FastifyReply } from 'fastify';
import { RequestError } from '../platform/errors.ts';
import { Ctx, noCaller, type Runtime } from '../access/ctx.ts';
import type { DocumentFile, DocumentKind } from '../access/documents.ts';
import { passes } from '../access/permissions.ts';
import { rolesOf } from '../access/viewer.ts';
import type { Doors } from './doors.ts';

/** What making one document costs of its reader's minute: a hundred of them fill it. */
const cost = 3_000;
const retrySeconds = 60;
const isOver = 'This link is over. Go back to where you found it and open it again.';

interface Route {
  Params: { kind: string; token: string };
  Querystring: Record<string, unknown>;
}

/**
 * Opens documents by their signed links. The link stands in for a header that a browser's own window cannot send: it is
 * worth as much as the session that asked for it, and is read as its person. Over, forged, gone and not theirs any more
 * are one answer. The route's own name is all that logs and metrics see of it; nothing on the way may keep the answer.
 */
export function serveDocuments(
  app: FastifyInstance,
  runtime: Runtime,
  doors: Doors,
  kinds: readonly DocumentKind[],
): void {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  app.get<Route>('/documents/:kind/:token', { exposeHeadRoute: false }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const caller = { ...noCaller, requestId: request.id, ipAddress: request.ip };
    try {
      const ctx = new Ctx(runtime, caller, null);
      const kind = byName.get(request.params.kind);
      const file = kind === undefined ? null : await inTurn(doors, request.ip, () => opened(ctx, doors, kind, request));
      return file === null ? reply.code(404).type('text/plain').send(isOver) : sendFile(reply, file);
    } catch (error) {
      return refuse(reply, error);
    }
  });
}

/** Its turn is over when the document is made: how slowly somebody takes it in holds up nobody else. */
async function inTurn<Result>(doors: Doors, address: string, work: () => Promise<Result>): Promise<Result> {
  const leave = await doors.enter(null, address);
  try {
    return await work();
  } finally {
    leave();
  }
}

async function opened(
  ctx: Ctx,
  doors: Doors,
  kind: DocumentKind,
  { params, query }: { params: Route['Params']; query: Route['Querystring'] },
): Promise<DocumentFile | null> {
  const claims = ctx.runtime.links.read(kind.name, params.token);
  if (claims === null) return null;
  const viewer = await ctx.runtime.readSession(ctx, claims.askedBy);
  if (viewer?.clinicId !== claims.clinicId || !passes(kind.readers, rolesOf(viewer))) return null;
  ctx.becomes(viewer);
  await doors.spend(ctx, cost);
  return kind.open(ctx, claims.subjectId, query);
}

function sendFile(reply: FastifyReply, { fileName, contentType, body, isInline }: DocumentFile): FastifyReply {
  const plain = fileName.replaceAll(/[^\w. -]/g, '_');
  const way = isInline ? 'inline' : 'attachment';
  // What somebody brought may be more than it seems: saved, it can do nothing here even where a browser opens it.
  if (!isInline) reply.header('content-security-policy', "sandbox; default-src 'none'");
  return reply
    .type(contentType)
    .header('x-content-type-options', 'nosniff')
    .header(
      'content-disposition',
      `${way}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName).replaceAll("'", '%27')}`,
    )
    .send(body);
}

function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof RequestError)) throw error;
  if (error.code === 'BAD_USER_INPUT') return reply.code(400).type('text/plain').send(error.message);
  return reply
    .code(error.code === 'RATE_LIMITED' ? 429 : 503)
    .header('retry-after', String(retrySeconds))
    .type('text/plain')
    .send(error.message);
}
