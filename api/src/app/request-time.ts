import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes files in: over a slow line that lasts longer than any other request. */
    isSlow?: boolean;
  }
}

const usualMs = 30_000;

/** The longest that any request may take to arrive, milliseconds: 25 MB at 350 kbit/s. */
export const slowestMs = 10 * 60_000;

/** Hangs up on whoever takes too long to say what they want: a request that never ends holds a place for ever. */
export function limitRequestTime(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { raw, headers, routeOptions } = request;
    const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
    if (hasBody && routeOptions.config.isSlow !== true) {
      const timer = setTimeout(() => void (raw.complete || raw.destroy()), usualMs).unref();
      raw.once('close', () => clearTimeout(timer));
    }
    done();
  });
}
