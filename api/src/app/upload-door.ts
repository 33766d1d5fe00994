import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';
import { DomainError, RequestError } from '../platform/errors.ts';
import { Ctx, noCaller, type Runtime } from '../access/ctx.ts';
import { receiveUpload, UploadOver } from '../features/attachments/index.ts';

/** A little more than the largest file: what is larger is refused before it is read. */
const bodyLimitBytes = 26 * 1_024 * 1_024;
const isOver = 'This upload is over. Choose the file once more.';

const isHalf = 'The file did not arrive whole. Send it again.';

const isRefusal = (error: unknown): boolean =>
  error instanceof UploadOver || error instanceof RequestError || error instanceof DomainError;

interface Route {
  Params: { token: string };
  Body: Readable;
}

/**
 * Takes the bytes of files in at their signed addresses. The address stands for the session that asked for it, so that a
 * browser can send a file by itself and show how far it is. The route's own name is all that logs and metrics see of it.
 */
export async function serveUploads(app: FastifyInstance, runtime: Runtime): Promise<void> {
  await app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    // The bytes are streamed, whatever they say they are.
    scope.addContentTypeParser('*', (_request, payload, parsed) => parsed(null, payload));
    scope.put<Route>(
      '/uploads/:token',
      { bodyLimit: bodyLimitBytes, config: { isSlow: true } },
      async ({ id, ip, params, headers, raw }, reply) => {
        reply.header('cache-control', 'no-store');
        const ctx = new Ctx(runtime, { ...noCaller, requestId: id, ipAddress: ip }, null);
        const length = headers['content-length'];
        const announced = {
          contentType: headers['content-type'] ?? null,
          length: length === undefined ? null : Number(length),
        };
        try {
          await receiveUpload(ctx, params.token, announced, raw);
          return reply.code(204).send();
        } catch (error) {
          const isBroken = !raw.complete && (raw.destroyed || !isRefusal(error));
          // What was refused before its end is let run out: a browser hears no answer while it is still sending.
          raw.resume();
          return isBroken ? reply.code(400).send({ code: 'BAD_USER_INPUT', message: isHalf }) : refuse(reply, error);
        }
      },
    );
    done();
  });
}

/** Refusals in one plain sentence each, for a person to read; where the sender has gone nobody reads anything. */
function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof UploadOver) return reply.code(410).send({ code: 'NOT_FOUND', message: isOver });
  if (error instanceof RequestError) return reply.code(503).send({ code: error.code, message: error.message });
  if (error instanceof DomainError)
    return reply.code(error.code === 'UNSUPPORTED_FILE' ? 422 : 409).send({ code: error.code, message: error.message });
  throw error;
}
