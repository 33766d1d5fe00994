import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { billOperations as bills } from './support/bills.ts';
import { anOnlineClinic, type OnlineClinic } from './support/online.ts';
import { codes, step } from './support/visits.ts';

let here: OnlineClinic;

beforeAll(async () => {
  here = await anOnlineClinic();
});

beforeEach(() => Object.assign(here.gateway, { mood: 'UP', refundsAre: 'succeeded' }));

afterAll(() => here.stop());

describe('a gateway that does not answer', () => {
  it.each(['DOWN', 'SLOW'] as const)(
    '(%s) keeps nobody from paying at the desk',
    async (mood) => {
      const billId = await here.bill();
      await here.later();
      here.gateway.mood = mood;

      const isAsked = here.gateway.asked();
      const asking = here.open(here.patient, billId);
      await isAsked;
      const { bill } = await step(here.desk, bills.pay, { input: { billId, method: 'CASH' } });
      const refused = await asking;

      expect(bill.status).toBe('PAID');
      expect(codes(refused)).toEqual(['PAYMENT_DECLINED']);
      here.gateway.mood = 'UP';
      await here.later(80);
      expect(await here.states(billId)).toEqual(['FAILED', 'PAID']);
    },
    30_000,
  );

  it('is asked again under the same key, so that there is one page', async () => {
    const id = await here.bill();
    await here.later();
    const before = here.gateway.sessions.size;
    here.gateway.mood = 'LATE';

    const first = await here.open(here.patient, id);
    here.gateway.mood = 'UP';
    const resting = await here.open(here.patient, id);
    here.server.clock.advance(11_000);
    const second = await here.open(here.patient, id);

    expect([codes(first), codes(resting)]).toEqual([['PAYMENT_DECLINED'], ['PAYMENT_DECLINED']]);
    expect(second.checkoutUrl).toContain('https://gateway.example/');
    expect(here.gateway.sessions.size).toBe(before + 1);
    expect((await here.read(id)).payments).toHaveLength(1);
  }, 30_000);

  it('and refuses for good leaves a failed payment and a bill that can be paid', async () => {
    const id = await here.bill();
    here.gateway.mood = 'REFUSING';

    expect(codes(await here.open(here.patient, id))).toEqual(['PAYMENT_DECLINED']);

    here.gateway.mood = 'UP';
    expect((await here.open(here.patient, id)).userErrors).toEqual([]);
    expect((await here.states(id)).sort()).toEqual(['FAILED', 'PENDING']);
  });

  it('and whose word is lost is asked: the bill is right without it', async () => {
    const [paid, gone, waiting] = [await here.page(), await here.page(), await here.page()];
    here.gateway.pay(paid.session);
    here.gateway.expire(gone.session);

    await here.later();

    expect(await here.read(paid.billId)).toMatchObject({ status: 'PAID', payments: [{ status: 'PAID' }] });
    expect((await here.read(gone.billId)).payments).toMatchObject([{ status: 'FAILED' }]);
    expect((await here.read(waiting.billId)).payments).toMatchObject([{ status: 'PENDING' }]);
  });
});

describe('a refund of what came in online', () => {
  const aPaidBill = async () => {
    const { billId, session } = await here.page();
    await here.tell(here.gateway.pay(session));
    const [payment] = (await here.read(billId)).payments;
    return { billId, paymentId: payment.id, session, intent: session.payment_intent };
  };
  const refund = (paymentId: string, amount?: string) =>
    step(here.owner, bills.refund, { input: { paymentId, amount, reason: 'Not needed' } });
  const titles = async (billId: string) => (await here.told(billId, 'PAYMENT_REFUNDED')).map(({ title }) => title);
  const ofIntent = (intent: string) => here.gateway.refunds.filter((each) => each.payment_intent === intent);

  it('goes back through the here.gateway, once, and is booked when it says so', async () => {
    const { billId, paymentId, intent } = await aPaidBill();
    here.gateway.refundsAre = 'pending';

    await refund(paymentId, '400');
    expect((await here.read(billId)).payments[0].refunds).toMatchObject([{ status: 'PENDING' }]);
    await here.later(0);
    const [made] = ofIntent(intent);
    expect((await here.read(billId)).refunded.amount).toBe('0.00');
    const event = here.gateway.finish(made, 'succeeded');
    await Promise.all([here.tell(event), here.tell(event), here.tell({ ...event, id: 'evt_twin' })]);
    await here.later();

    expect(made).toMatchObject({ amount: 40_000, metadata: { clinic: here.clinic.id, payment: paymentId } });
    expect(ofIntent(intent)).toHaveLength(1);
    expect(await here.read(billId)).toMatchObject({
      status: 'PAID',
      refunded: { amount: '400.00' },
      payments: [{ status: 'PAID', refunds: [{ status: 'PAID' }] }],
    });
    expect(await here.told(billId, 'PAYMENT_REFUNDED')).toHaveLength(1);
  });

  it('is tried again until the gateway answers, and is one refund there', async () => {
    const { billId, paymentId, intent } = await aPaidBill();
    await here.later();
    here.gateway.mood = 'LATE';
    await refund(paymentId);
    await here.later(0);
    here.gateway.mood = 'UP';

    await here.later(60);

    expect(ofIntent(intent)).toHaveLength(1);
    expect(await here.read(billId)).toMatchObject({ status: 'REFUNDED', payments: [{ status: 'REFUNDED' }] });
  }, 30_000);

  it('that comes back days later stays in the books, and one made by hand is told to the desk', async () => {
    const { billId, paymentId, session, intent } = await aPaidBill();
    await refund(paymentId, '400');
    await here.later(0);
    const [made] = ofIntent(intent);
    const byHand = here.gateway.totalBack(session, 70_000);

    await here.tell(here.gateway.totalBack(session, 40_000));
    expect(await titles(billId)).toEqual(['Your refund']);
    await Promise.all([here.tell(byHand), here.tell(byHand)]);
    await here.tell(here.gateway.finish(made, 'failed'));

    expect((await here.read(billId)).payments[0].refunds).toMatchObject([{ status: 'PAID' }]);
    const onTheDesk = ['A refund did not go through', 'Money was given back outside the app'];
    expect(await titles(billId)).toEqual([...onTheDesk.flatMap((title) => [title, title]), 'Your refund']);
  });

  it('that the gateway cannot make is FAILED, the desk is told, and it can be tried once more', async () => {
    const { billId, paymentId } = await aPaidBill();
    here.gateway.refundsAre = 'failed';
    await refund(paymentId);
    await here.later(0);

    expect(await here.read(billId)).toMatchObject({
      status: 'PAID',
      payments: [{ status: 'PAID', refunds: [{ status: 'FAILED' }] }],
    });
    expect((await here.told(billId, 'PAYMENT_REFUNDED')).map(({ title }) => title)).toContain(
      'A refund did not go through',
    );
    here.gateway.refundsAre = 'succeeded';
    await refund(paymentId);
    await here.later(0);
    expect((await here.read(billId)).status).toBe('REFUNDED');
  });
});

describe('a page that nobody pays on', () => {
  it('is closed after its hour, and its payment has failed', async () => {
    const { billId, session } = await here.page();

    await here.later(3_700);

    expect(session.status).toBe('expired');
    expect(await here.admin('select status from payment where bill_id = $1', [billId])).toEqual([{ status: 'FAILED' }]);
    expect(await here.admin('select status from checkout where bill_id = $1', [billId])).toEqual([
      { status: 'CLOSED' },
    ]);
  });
});
