import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { billOperations as bills } from './support/bills.ts';
import { aClinic } from './support/clinic.ts';
import type { Json } from './support/client.ts';
import { anOnlineClinic, checkout, type OnlineClinic } from './support/online.ts';
import { codes, step } from './support/visits.ts';

let here: OnlineClinic;

beforeAll(async () => {
  here = await anOnlineClinic();
});

afterAll(() => here.stop());

describe('a page to pay on', () => {
  it('names the bill and the amount, and nothing of the patient', async () => {
    const { billId, session } = await here.page('1500.50');

    const { number } = (await here.clinic.owner.ask('query ($id: ID!) { bill(id: $id) { number } }', { id: billId }))
      .bill;
    expect(session.form.line_items[0].price_data).toEqual({
      currency: 'php',
      unit_amount: '150050',
      product_data: { name: `Bill ${number}` },
    });
    expect(session.form.payment_intent_data.metadata).toEqual({ clinic: here.clinic.id, payment: expect.any(String) });
    expect(session.form.success_url).toBe(`http://localhost/bills?paid=${billId}`);
    expect(JSON.stringify(session)).not.toContain(here.patient.patientId);
    expect((await here.read(billId)).payments).toMatchObject([{ method: 'ONLINE', status: 'PENDING' }]);
  });

  it('is one for as long as it serves, however many ask at once, and another when less is owed', async () => {
    const { billId, session } = await here.page();

    const answers = await Promise.all(
      [here.patient, here.desk, here.owner, here.patient].map((who) => here.open(who, billId)),
    );
    await step(here.desk, bills.pay, { input: { billId, amount: '300', method: 'CASH' } });
    const next = here.gateway.sessionAt((await here.open(here.patient, billId)).checkoutUrl);

    expect(new Set(answers.map(({ checkoutUrl }) => checkoutUrl))).toEqual(new Set([session.url]));
    expect([session.status, next.status, next.amount_total]).toEqual(['expired', 'open', 70_000]);
    expect((await here.states(billId)).sort()).toEqual(['FAILED', 'PAID', 'PENDING']);
  });

  it('is made once when two ask at the same moment', async () => {
    const id = await here.bill();
    const before = here.gateway.sessions.size;

    const answers = await Promise.all([
      here.open(here.patient, id),
      here.open(here.patient, id),
      here.open(here.desk, id),
    ]);

    expect(new Set(answers.map(({ checkoutUrl }) => checkoutUrl)).size).toBe(1);
    expect(here.gateway.sessions.size).toBe(before + 1);
  });

  it('opens for the front desk and whose bill it is, and for nobody else', async () => {
    const id = await here.bill();

    const [nurse, stranger] = [await here.clinic.hire('NURSE'), await here.clinic.enrol()];

    expect(await nurse.client.codeOf(checkout, { id })).toBe('FORBIDDEN');
    expect(await here.doctor.client.codeOf(checkout, { id })).toBe('FORBIDDEN');
    expect(await stranger.client.codeOf(checkout, { id })).toBe('NOT_FOUND');
    expect(await (await aClinic(here.server)).owner.codeOf(checkout, { id })).toBe('NOT_FOUND');
    expect((await here.read(id)).payments).toEqual([]);
    expect((await here.read(id)).allowedActions).toContain('PAY_ONLINE');
    expect((await here.open(here.patient, id)).userErrors).toEqual([]);
  });

  it('does not open for what is paid or void', async () => {
    const id = await here.bill();
    await step(here.owner, bills.void, { id, reason: 'Wrong' });

    expect(codes(await here.open(here.patient, id))).toEqual(['INVALID_TRANSITION']);
  });
});

describe("the gateway's word", () => {
  it('settles the bill once, told twenty times at once', async () => {
    const { billId, session } = await here.page();
    const event = here.gateway.pay(session);

    const answers = await Promise.all(Array.from({ length: 20 }, () => here.tell(event)));

    expect(new Set(answers)).toEqual(new Set([204]));
    expect(await here.read(billId)).toMatchObject({
      status: 'PAID',
      paid: { amount: '1000.00' },
      payments: [{ status: 'PAID', reference: session.payment_intent, refunds: [] }],
    });
    expect(await here.told(billId, 'PAYMENT_RECEIVED')).toHaveLength(1);
    expect(await here.admin('select count(*)::int from gateway_event where event_ref = $1', [event.id])).toEqual([
      { count: 1 },
    ]);
  });

  it('is the same in any order, and money that came in late has come in', async () => {
    const { billId, session } = await here.page();
    const expired = here.gateway.expire(session);
    const paid = here.gateway.pay(session);

    expect(await here.tell(expired)).toBe(204);
    expect((await here.read(billId)).payments[0].status).toBe('FAILED');
    expect(await here.tell(paid)).toBe(204);
    expect(await here.tell({ ...expired, id: 'evt_once_more' })).toBe(204);

    expect(await here.read(billId)).toMatchObject({ status: 'PAID', payments: [{ status: 'PAID' }] });
  });

  it('is refused when it is forged or old, and nothing happens', async () => {
    const { billId, session } = await here.page();
    const event = here.gateway.pay(session);
    const old = new Date(here.server.clock.now().getTime() - 301_000);

    expect(await here.gateway.tell(event, { at: here.server.clock.now(), secret: 'whsec_another' })).toBe(400);
    expect(await here.gateway.tell(event, { at: old })).toBe(400);
    const door = here.server.url.replace('/graphql', '/webhooks/payments');
    const unsigned = await fetch(door, { method: 'POST', body: JSON.stringify(event) });
    const huge = await fetch(door, { method: 'POST', body: 'x'.repeat(300_000) });

    expect([unsigned.status, huge.status]).toEqual([400, 413]);
    expect(await here.read(billId)).toMatchObject({ status: 'PENDING', payments: [{ status: 'PENDING' }] });
  });

  it('about what is not ours is heard and has no effect', async () => {
    const { session } = await here.page();
    const event = here.gateway.pay(session);
    const about = (metadata: Json) => here.tell({ ...event, data: { object: { ...session, metadata } } });
    const elsewhere = await aClinic(here.server);

    expect(await about({})).toBe(204);
    expect(await about({ clinic: 'no id', payment: 'none' })).toBe(204);
    expect(await about({ ...session.metadata, clinic: elsewhere.id })).toBe(204);
    expect(await here.tell({ id: 'evt_x', type: 'customer.created', data: { object: {} } })).toBe(204);
  });

  it('of another amount or currency books nothing, and the desk is told', async () => {
    const [less, other] = [await here.page(), await here.page()];

    await here.tell(here.gateway.pay(less.session, { amount_total: 90_000 }));
    await here.tell(here.gateway.pay(other.session, { currency: 'usd' }));

    expect(await here.read(less.billId)).toMatchObject({
      status: 'PENDING',
      paid: { amount: '0.00' },
      payments: [{ status: 'FAILED', reference: expect.stringContaining('900') }],
    });
    expect((await here.read(other.billId)).payments).toMatchObject([{ status: 'FAILED' }]);
    const told = await here.told(less.billId, 'PAYMENT_RECEIVED');
    expect(told.map(({ name }) => name)).toContain('Olive Owner');
    expect(new Set(told.map(({ title }) => title))).toEqual(new Set(['An online payment does not fit']));
  });
});

describe('paid twice', () => {
  it('at the desk meanwhile: it is booked, goes back at once, and the desk sees why', async () => {
    const { billId, session } = await here.page();
    const event = here.gateway.pay(session);
    await step(here.desk, bills.pay, { input: { billId, method: 'CASH' } });

    await here.tell(event);
    await here.later(0);

    expect(await here.read(billId)).toMatchObject({
      status: 'PAID',
      paid: { amount: '2000.00' },
      refunded: { amount: '1000.00' },
      payments: [
        { method: 'ONLINE', status: 'REFUNDED', refunds: [{ status: 'PAID', reason: 'The bill was paid already.' }] },
        { method: 'CASH', status: 'PAID' },
      ],
    });
    expect((await here.told(billId, 'PAYMENT_RECEIVED')).map(({ title }) => title)).toContain('A bill was paid twice');
  });

  it('in part: what is too much goes back', async () => {
    const { billId, session } = await here.page();
    const event = here.gateway.pay(session);
    await step(here.desk, bills.pay, { input: { billId, amount: '300', method: 'CASH' } });

    await here.tell(event);
    await here.later(0);

    expect(await here.read(billId)).toMatchObject({
      status: 'PAID',
      paid: { amount: '1300.00' },
      refunded: { amount: '300.00' },
    });
  });

  it('on a void bill: all of it goes back', async () => {
    const { billId, session } = await here.page();
    const event = here.gateway.pay(session);
    await step(here.owner, bills.void, { id: billId, reason: 'Wrong patient' });

    await here.tell(event);
    await here.later(0);

    expect(await here.read(billId)).toMatchObject({
      status: 'VOID',
      payments: [{ status: 'REFUNDED', refunds: [{ status: 'PAID', reason: 'The bill was void already.' }] }],
    });
  });

  it('is prevented where there is time: a page that asks for what is owed no more is closed', async () => {
    const { billId, session } = await here.page();
    await step(here.desk, bills.pay, { input: { billId, method: 'CASH' } });

    await here.later(0);

    expect(session.status).toBe('expired');
    expect(await here.states(billId)).toEqual(['FAILED', 'PAID']);
  });
});
