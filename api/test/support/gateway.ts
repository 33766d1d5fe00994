import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { PaymentSettings } from '../../src/platform/delivery/payment-gateway.ts';
import type { Json } from './client.ts';

const webhookSecret = 'whsec_what_the_test_gateway_signs_with';

/** UP answers; DOWN breaks the line off; SLOW never answers; REFUSING says no for good; LATE does it and breaks off. */
export type Mood = 'UP' | 'DOWN' | 'SLOW' | 'REFUSING' | 'LATE';

export interface TestGateway {
  settings: PaymentSettings & { kind: 'stripe' };
  /** Where the product's webhooks' door is. */
  doorAt(url: string): void;
  mood: Mood;
  /** What it says of the refunds that it is asked for. */
  refundsAre: 'succeeded' | 'pending' | 'failed';
  readonly sessions: ReadonlyMap<string, Json>;
  readonly refunds: readonly Json[];
  /** All keys that came with what changes something, in order. */
  readonly keys: readonly string[];
  /** Waits until something is asked of it. */
  asked(): Promise<void>;
  /** The session that stands at an address. */
  sessionAt(url: string): Json;
  /** Somebody pays on a page; its event, which nobody has told yet. */
  pay(session: Json, changes?: Json): Json;
  expire(session: Json): Json;
  /** A refund is through, or not; its event. */
  finish(refund: Json, status: 'succeeded' | 'failed'): Json;
  /** So much of what was paid on a page has gone back in all; the event. */
  totalBack(session: Json, amount: number): Json;
  /** Tells an event, signed at an instant. The answer's status. */
  tell(event: Json, how: { at: Date; secret?: string }): Promise<number>;
  stop(): Promise<void>;
}

const random = () => randomBytes(8).toString('hex');

/** `line_items[0][quantity]=1` as an object. */
function formOf(text: string): Json {
  const form: Json = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/[[\]]+/).filter((part) => part !== '');
    const last = path.pop() ?? '';
    let place = form;
    for (const part of path) place = place[part] ??= {};
    place[last] = value;
  }
  return form;
}

/** A gateway on this machine that speaks as much of Stripe's language as the product does. */
export async function startGateway(): Promise<TestGateway> {
  const sessions = new Map<string, Json>();
  const refunds: Json[] = [];
  const keys: string[] = [];
  const byKey = new Map<string, Json>();
  const waiting: (() => void)[] = [];
  let door = '';

  const aSession = (form: Json): Json => {
    const id = `cs_${random()}`;
    const session = {
      id,
      object: 'checkout.session',
      status: 'open',
      payment_status: 'unpaid',
      url: `https://gateway.example/pay/${id}`,
      amount_total: Number(form.line_items[0].price_data.unit_amount),
      currency: form.line_items[0].price_data.currency,
      payment_intent: null,
      metadata: form.metadata,
      form,
    };
    sessions.set(id, session);
    return session;
  };
  const aRefund = (form: Json): Json => {
    const refund = {
      id: `re_${random()}`,
      object: 'refund',
      amount: Number(form.amount),
      payment_intent: form.payment_intent,
      status: gateway.refundsAre,
      metadata: form.metadata,
    };
    refunds.push(refund);
    return refund;
  };
  const once = (key: string, make: () => Json): Json => {
    keys.push(key);
    const known = byKey.get(key) ?? make();
    byKey.set(key, known);
    return known;
  };

  function answerTo({ method, headers, url }: IncomingMessage, body: string): Json {
    const { pathname, searchParams: query } = new URL(url ?? '', 'http://localhost');
    const [, , what, sub, id, verb] = pathname.split('/');
    const key = String(headers['idempotency-key'] ?? '');
    const form = formOf(body);
    if (what === 'refunds' && method === 'GET')
      return { data: refunds.filter((each) => each.payment_intent === query.get('payment_intent')), has_more: false };
    if (what === 'refunds') return once(key, () => aRefund(form));
    if (sub !== 'sessions') return null;
    if (id === undefined) return once(key, () => aSession(form));
    const session = sessions.get(id);
    if (verb !== 'expire') return session ?? null;
    if (session?.status !== 'open') return null;
    session.status = 'expired';
    return session;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const { mood } = gateway;
    for (const go of waiting.splice(0)) go();
    if (mood === 'SLOW') return;
    if (mood === 'DOWN') return void request.socket.destroy();
    const answer = mood === 'REFUSING' ? null : answerTo(request, Buffer.concat(chunks).toString());
    if (mood === 'LATE') return void request.socket.destroy();
    response.writeHead(answer === null ? 400 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { error: { type: 'invalid_request_error', message: 'No.' } }));
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const eventOf = (type: string, object: Json): Json => ({
    id: `evt_${random()}`,
    object: 'event',
    type,
    data: { object: structuredClone(object) },
  });
  const gateway: TestGateway = {
    settings: { kind: 'stripe', secretKey: 'sk_test_x', webhookSecret, apiUrl: `http://127.0.0.1:${port}` },
    mood: 'UP',
    refundsAre: 'succeeded',
    sessions,
    refunds,
    keys,
    asked: () => new Promise((resolve) => void waiting.push(resolve)),
    doorAt(url) {
      door = url;
    },
    sessionAt: (url) => [...sessions.values()].find((each) => each.url === url),
    pay(session, changes = {}) {
      Object.assign(session, { status: 'complete', payment_status: 'paid', payment_intent: `pi_${random()}` }, changes);
      return eventOf('checkout.session.completed', session);
    },
    expire(session) {
      session.status = 'expired';
      return eventOf('checkout.session.expired', session);
    },
    finish(refund, status) {
      refund.status = status;
      return eventOf(status === 'failed' ? 'refund.failed' : 'refund.updated', refund);
    },
    totalBack: ({ metadata, currency }, amount) =>
      eventOf('charge.refunded', { object: 'charge', metadata, currency, amount_refunded: amount }),
    async tell(event, { at, secret = webhookSecret }) {
      const body = JSON.stringify(event);
      const seconds = Math.floor(at.getTime() / 1_000);
      const proof = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
      const headers = { 'content-type': 'application/json', 'stripe-signature': `t=${seconds},v1=${proof}` };
      const answer = await fetch(door, { method: 'POST', headers, body });
      return answer.status;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return gateway;
}
