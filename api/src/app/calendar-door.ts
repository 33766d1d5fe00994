import type { FastifyInstance, FastifyReply } from 'fastify';
import { RequestError } from '../platform/errors.ts';
import { Ctx, noCaller, type Runtime } from '../access/ctx.ts';
import { calendarByToken } from '../features/appointments/index.ts';
import type { Doors } from './doors.ts';

const retrySeconds = 15 * 60;

/**
 * Serves calendars at their secret addresses to programs that know nothing but the address. The route's own name is all
 * that logs and metrics see of it; nothing on the way may keep the answer.
 */
export function serveCalendars(app: FastifyInstance, runtime: Runtime, doors: Doors): void {
  app.get<{ Params: { file: string } }>('/calendar/:file', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const caller = { ...noCaller, requestId: request.id, ipAddress: request.ip };
    try {
      const leave = await doors.enter(null, request.ip);
      reply.raw.once('close', leave);
      const file = await calendarByToken(new Ctx(runtime, caller, null), request.params.file.replace(/\.ics$/, ''));
      if (file === null) return reply.code(404).type('text/plain').send('There is no calendar at this address.');
      return reply.type('text/calendar; charset=utf-8').send(file);
    } catch (error) {
      return refuse(reply, error);
    }
  });
}

function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof RequestError)) throw error;
  const isTooMany = error.code === 'RATE_LIMITED';
  return reply
    .code(isTooMany ? 429 : 503)
    .header('retry-after', String(retrySeconds))
    .type('text/plain')
    .send(error.message);
}
