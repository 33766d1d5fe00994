import type { FastifyInstance } from 'fastify';
import { ForgedWebhook } from '../platform/delivery/payment-gateway.ts';
import { Ctx, noCaller, type Runtime } from '../access/ctx.ts';
import { hearGateway } from '../features/checkouts/index.ts';

/** A gateway's events take some kilobytes. */
const bodyLimitBytes = 256 * 1_024;

/**
 * Takes in what payment gateways tell. The body is kept as it came, for the signature is over its very bytes. What is
 * signed is answered with 204 once its effect is there, or was there before, or it is none of ours; a gateway tells again
 * whatever it gets another answer to.
 */
export async function serveWebhooks(app: FastifyInstance, runtime: Runtime): Promise<void> {
  await app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: bodyLimitBytes }, (_request, body, parsed) =>
      parsed(null, body),
    );
    scope.post<{ Body: unknown }>(
      '/webhooks/payments',
      { bodyLimit: bodyLimitBytes },
      async ({ id, ip, body, headers }, reply) => {
        const ctx = new Ctx(runtime, { ...noCaller, requestId: id, ipAddress: ip }, null);
        try {
          await hearGateway(ctx, Buffer.isBuffer(body) ? body : Buffer.alloc(0), headers);
          return reply.code(204).send();
        } catch (error) {
          if (!(error instanceof ForgedWebhook)) throw error;
          runtime.log.warn({ requestId: id }, 'a payment webhook with a wrong signature was refused');
          return reply.code(400).send({ error: 'The signature is wrong or too old.' });
        }
      },
    );
    done();
  });
}
