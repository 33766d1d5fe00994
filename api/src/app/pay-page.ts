import type { FastifyInstance } from 'fastify';
import type { Config } from '../platform/config.ts';
import type { CheckoutRequest } from '../platform/delivery/payment-gateway.ts';
import type { Decision } from '../platform/delivery/stand-in-gateway.ts';
import { moneyInWords } from '../platform/money-words.ts';
import type { Runtime } from '../access/ctx.ts';
import { policyWith } from './security-headers.ts';

interface Route {
  Querystring: { session?: string };
  Body: string;
}

/**
 * The built-in gateway's page, where no money moves: what is to be paid, and two buttons. What is pressed goes as a signed
 * webhook through the same door as a real gateway's word, before the payer is sent back. In production it opens for
 * sandboxes alone: for others no address to it is ever made.
 */
export async function servePayPage(app: FastifyInstance, config: Config, { gateways }: Runtime): Promise<void> {
  const { standIn } = gateways;
  // A form's answer leads back to the app, which a browser counts as where the form goes.
  const policy = policyWith(config, { formAction: [new URL(config.publicUrl).origin] });
  await app.register((scope, _options, done) => {
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, parsed) =>
      parsed(null, body),
    );
    scope.addHook('onSend', (_request, reply, payload, sent) => {
      reply.header('cache-control', 'no-store').header('content-security-policy', policy);
      sent(null, payload);
    });
    scope.get<Route>('/dev/pay', (request, reply) => {
      const session = standIn.readSession(request.query.session ?? '');
      reply.type('text/html; charset=utf-8');
      return session === null ? reply.code(404).send(page(isOver)) : reply.send(page(offer(session)));
    });
    scope.post<Route>('/dev/pay', async (request, reply) => {
      const session = standIn.readSession(request.query.session ?? '');
      if (session === null) return reply.code(404).type('text/html; charset=utf-8').send(page(isOver));
      const decision: Decision = new URLSearchParams(request.body).get('decision') === 'pay' ? 'PAY' : 'DECLINE';
      const { body, headers } = standIn.wordOn(session, decision);
      const heard = await app.inject({
        method: 'POST',
        url: '/webhooks/payments',
        headers: { ...headers, 'content-type': 'application/json' },
        payload: body,
      });
      if (heard.statusCode >= 300) throw new Error('The built-in gateway was not heard.');
      return reply.redirect(decision === 'PAY' ? session.successUrl : session.cancelUrl, 303);
    });
    done();
  });
}

const isOver = '<h1>This page is over</h1><p>Go back to the bill and choose to pay again.</p>';

const offer = ({ description, amountMinor, currency, cancelUrl }: CheckoutRequest): string => `
<p class="mark">Test payment</p>
<h1>${escaped(moneyInWords(amountMinor, currency, 'en'))}</h1>
<p>${escaped(description)}</p>
<form method="post">
<button name="decision" value="pay" class="main">Pay</button>
<button name="decision" value="decline">Decline</button>
</form>
<p class="small">No money moves here. <a href="${escaped(cancelUrl)}">Back to the bill</a></p>`;

const page = (content: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Test payment · Clinigraph</title><style>
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:24rem;margin:12vh auto;padding:0 1rem}main{border:1px solid #8885;border-radius:.6rem;padding:1.5rem}
h1{font-size:2rem;line-height:1.2;margin:.75rem 0 .25rem;font-variant-numeric:tabular-nums}p{margin:.25rem 0}
.mark{display:inline-block;margin:0;padding:.1rem .6rem;border-radius:1rem;background:#fde68a;color:#422006;font-size:.875rem}
form{display:grid;gap:.5rem;margin:1.5rem 0 1rem}
button{font:inherit;padding:.65rem;border:1px solid #8888;border-radius:.4rem;background:transparent;color:inherit;cursor:pointer}
button:hover{border-color:currentColor}.main{background:#0f766e;border-color:#0f766e;color:#fff;font-weight:600}.main:hover{background:#115e59}
button:focus-visible,a:focus-visible{outline:2px solid #14b8a6;outline-offset:2px}
.small{font-size:.875rem}.small a{color:inherit}</style></head><body><main>${content}</main></body></html>`;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
