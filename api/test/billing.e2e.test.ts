import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBill, aSeenPatient, billOperations as bills } from './support/bills.ts';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import type { Json } from './support/client.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';
import { codes, step } from './support/visits.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let desk: TestMember;
let patient: TestMember;
const owner = () => ({ client: clinic.owner });

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  [doctor, desk, patient] = [await clinic.hire('DOCTOR'), await clinic.hire('RECEPTIONIST'), await clinic.enrol()];
});

afterAll(() => server.stop());

const seen = (of = doctor, patientId?: string) => aSeenPatient(clinic, of, patientId);
const admin = (text: string, values: unknown[] = []): Promise<Json[]> => query(server.database.adminUrl, text, values);
const pay = (who: { client: TestMember['client'] }, input: Json) => step(who, bills.pay, { input });
const messages = (appointmentId: string) =>
  admin(
    `select type, outside_body from notification where appointment_id = $1
     and type in ('BILL_READY', 'PAYMENT_RECEIVED', 'PAYMENT_REFUNDED') order by type`,
    [appointmentId],
  );

describe('a bill', () => {
  it('of one amount is one line of the service, with its tax, and the patient is told', async () => {
    await clinic.owner.ask('mutation { updateClinic(input: { taxPercent: "12" }) { userErrors { code } } }');
    const appointmentId = await seen(doctor, patient.patientId);

    const bill = await aBill(doctor, appointmentId, { amount: '1500.50', discount: '100' });

    await clinic.owner.ask('mutation { updateClinic(input: { taxPercent: "0" }) { userErrors { code } } }');
    expect(bill).toMatchObject({
      number: '2030-000001',
      status: 'PENDING',
      subtotal: { amount: '1500.50', currency: 'PHP' },
      discount: { amount: '100.00' },
      tax: { amount: '168.06' },
      total: { amount: '1568.56' },
      balance: { amount: '1568.56' },
      items: [{ description: 'Consultation', quantity: 1, taxPercent: '12.00' }],
      allowedActions: ['EDIT'],
    });
    expect(await messages(appointmentId)).toEqual([
      { type: 'BILL_READY', outside_body: expect.stringContaining('2030-000001') },
    ]);
  });

  it('adds up its lines', async () => {
    const items = [
      { description: 'Refraction', unitPrice: '300', quantity: 2, taxPercent: '10' },
      { description: 'Drops', unitPrice: '49.95', serviceId: clinic.serviceId },
    ];

    const bill = await aBill(desk, await seen(), { items, notes: 'Thank you.' });

    expect(bill).toMatchObject({
      notes: 'Thank you.',
      subtotal: { amount: '649.95' },
      tax: { amount: '60.00' },
      total: { amount: '709.95' },
    });
  });

  it('is one at a time for an appointment, however many are made at once', async () => {
    const appointmentId = await seen();
    const input = { appointmentId, amount: '100' };

    const answers = await Promise.all([1, 2, 3, 4].map(() => step(desk, bills.create, { input })));

    const made = answers.filter((answer) => answer.userErrors.length === 0);
    const refused = answers.filter((answer) => answer.userErrors.length > 0);
    expect(made).toHaveLength(1);
    expect(refused.map(codes)).toEqual([['ALREADY_EXISTS'], ['ALREADY_EXISTS'], ['ALREADY_EXISTS']]);
    expect(new Set(refused.map((answer) => answer.bill.id))).toEqual(new Set([made[0]?.bill.id]));
  });

  it('is changed and made void while nothing is paid on it, then made anew with the next number', async () => {
    const appointmentId = await seen();
    const first = await aBill(desk, appointmentId);

    const changed = await step(desk, bills.update, {
      input: { billId: first.id, version: first.version, items: [{ description: 'Less', unitPrice: '50' }] },
    });
    const stale = await step(desk, bills.update, {
      input: { billId: first.id, version: first.version, discount: '1' },
    });
    const gone = await step(owner(), bills.void, { id: first.id, reason: 'Wrong patient' });
    const next = await aBill(desk, appointmentId);

    expect(changed.bill).toMatchObject({ total: { amount: '50.00' }, items: [{ description: 'Less' }] });
    expect(codes(stale)).toEqual(['CONFLICT']);
    expect(stale.bill.version).toBe(changed.bill.version);
    expect(gone.bill).toMatchObject({ status: 'VOID', voidReason: 'Wrong patient', balance: { amount: '0.00' } });
    expect(Number(next.number.slice(5))).toBe(Number(first.number.slice(5)) + 1);
    expect(codes(await pay(desk, { billId: first.id, method: 'CASH' }))).toEqual(['INVALID_TRANSITION']);
  });

  it('of nothing is paid at once', async () => {
    const bill = await aBill(desk, await seen(), { amount: '100', discount: '100' });

    expect(bill).toMatchObject({ status: 'PAID', total: { amount: '0.00' }, balance: { amount: '0.00' } });
  });

  it('says what is wrong with what was typed', async () => {
    const appointmentId = await seen();
    const attempt = async (input: Json) => {
      const { userErrors } = await step(desk, bills.create, { input: { appointmentId, ...input } });
      return userErrors.map(({ code, field }: Json) => [code, field?.join('.')]);
    };

    expect(await attempt({})).toEqual([['INVALID_INPUT', 'amount']]);
    expect(await attempt({ amount: '-1' })).toEqual([['INVALID_INPUT', 'amount']]);
    expect(await attempt({ amount: '1.234' })).toEqual([['INVALID_INPUT', 'amount']]);
    expect(await attempt({ amount: '10', discount: '10.01' })).toEqual([['AMOUNT_EXCEEDED', 'discount']]);
    expect(await attempt({ items: [] })).toEqual([['INVALID_INPUT', 'items']]);
    expect(await attempt({ items: [{ description: ' ', unitPrice: '1', quantity: 0 }] })).toEqual([
      ['INVALID_INPUT', 'items.0.description'],
      ['INVALID_INPUT', 'items.0.quantity'],
    ]);
    expect(await attempt({ items: [{ description: 'x', unitPrice: '1', taxPercent: '101' }] })).toEqual([
      ['INVALID_INPUT', 'items.0.taxPercent'],
    ]);
  });
});

describe('numbers', () => {
  it('are gapless when bills are made at once and many of them are taken back', async () => {
    const appointments: string[] = [];
    for (let count = 0; count < 12; count += 1) appointments.push(await seen());
    await admin(`create function fail_odd() returns trigger language plpgsql as $$ begin
      if new.notes = 'fails' then raise exception 'forced'; end if; return new; end $$`);
    await admin(
      'create constraint trigger fail_odd after insert on bill deferrable initially deferred for each row execute function fail_odd()',
    );

    const answers = await Promise.all(
      appointments.map((appointmentId, index) =>
        desk.client.send(bills.create, {
          input: { appointmentId, amount: '1', notes: index % 2 === 1 ? 'fails' : null },
        }),
      ),
    );
    await admin('drop trigger fail_odd on bill');

    expect(answers.filter(({ errors }) => errors !== undefined)).toHaveLength(6);
    const [row] = await admin('select count(*)::int as made, max(sequence) as last from bill where clinic_id = $1', [
      clinic.id,
    ]);
    expect(row?.made).toBe(row?.last);
  });
});

describe('paying', () => {
  it('in parts settles the bill with the last of them, and tells the patient once', async () => {
    const appointmentId = await seen(doctor, patient.patientId);
    const { id: billId } = await aBill(desk, appointmentId);

    const first = await pay(desk, { billId, amount: '400', method: 'CASH' });
    const tooMuch = await pay(desk, { billId, amount: '600.01', method: 'CARD' });
    const rest = await pay(desk, { billId, method: 'MOBILE_WALLET', reference: 'GC-1' });

    expect(first.bill).toMatchObject({ status: 'PENDING', balance: { amount: '600.00' }, paid: { amount: '400.00' } });
    expect(tooMuch.userErrors).toEqual([
      { code: 'AMOUNT_EXCEEDED', message: expect.stringContaining('600.00'), field: ['amount'] },
    ]);
    expect(rest.bill).toMatchObject({ status: 'PAID', balance: { amount: '0.00' } });
    expect((await messages(appointmentId)).map(({ type }) => type)).toEqual(['BILL_READY', 'PAYMENT_RECEIVED']);
  });

  it('the last balance fifty times at once takes the money once', async () => {
    const { id: billId } = await aBill(desk, await seen());

    const answers = await Promise.all(Array.from({ length: 50 }, () => pay(desk, { billId, method: 'CASH' })));

    expect(answers.filter((answer) => answer.payment !== null)).toHaveLength(1);
    expect(new Set(answers.flatMap(codes))).toEqual(new Set(['INVALID_TRANSITION']));
    expect(await admin('select count(*)::int from payment where bill_id = $1', [billId])).toEqual([{ count: 1 }]);
  });

  it('fifty times under one Idempotency-Key pays once, and says so fifty times', async () => {
    const { id: billId } = await aBill(desk, await seen());
    const input = { billId, amount: '10', method: 'CASH' };

    const answers = await Promise.all(
      Array.from({ length: 50 }, () => desk.client.send(bills.pay, { input }, { 'idempotency-key': 'pay-once' })),
    );

    expect(new Set(answers.map(({ data }) => data.answer.payment?.id)).size).toBe(1);
    expect(await admin('select count(*)::int from payment where bill_id = $1', [billId])).toEqual([{ count: 1 }]);
  });
});

describe('giving money back', () => {
  it('in part leaves the bill paid, as a whole makes it refunded, and never more than came in', async () => {
    const appointmentId = await seen(doctor, patient.patientId);
    const { id: billId } = await aBill(desk, appointmentId);
    const { payment } = await pay(desk, { billId, method: 'CASH' });
    const refund = (amount: string | null, reason = 'Overcharged') =>
      step(owner(), bills.refund, { input: { paymentId: payment.id, amount, reason } });

    const part = await refund('250.50');
    const tooMuch = await refund('749.51');
    const noReason = await refund('1', ' ');
    const rest = await refund(null);
    const again = await refund(null);

    expect(part.bill).toMatchObject({ status: 'PAID', refunded: { amount: '250.50' }, balance: { amount: '0.00' } });
    expect(codes(tooMuch)).toEqual(['AMOUNT_EXCEEDED']);
    expect(codes(noReason)).toEqual(['NOTE_REQUIRED']);
    expect(rest.bill).toMatchObject({ status: 'REFUNDED', refunded: { amount: '1000.00' } });
    expect(rest.payment).toMatchObject({ status: 'REFUNDED', refunds: [{ status: 'PAID' }, { status: 'PAID' }] });
    expect(codes(again)).toEqual(['INVALID_TRANSITION']);
    expect((await messages(appointmentId)).filter(({ type }) => type === 'PAYMENT_REFUNDED')).toHaveLength(2);
  });

  it('many times at once never gives back more than came in', async () => {
    const { id: billId } = await aBill(desk, await seen());
    const { payment } = await pay(desk, { billId, method: 'CASH' });
    const input = { paymentId: payment.id, amount: '300', reason: 'x' };

    const answers = await Promise.all(Array.from({ length: 8 }, () => step(owner(), bills.refund, { input })));

    expect(answers.filter((answer) => answer.payment !== null)).toHaveLength(3);
    const [row] = await admin('select refunded_minor from payment where id = $1', [payment.id]);
    expect(row?.refunded_minor).toBe('90000');
  });

  it('takes doctor’s and clinic’s shares back with it, frozen as they were when it was paid', async () => {
    const share = (percent: string) =>
      clinic.owner.ask(
        'mutation ($input: UpdateDoctorInput!) { updateDoctor(input: $input) { userErrors { code } } }',
        { input: { doctorId: doctor.doctorId, sharePercent: percent } },
      );
    await share('33.33');
    const { id: billId } = await aBill(desk, await seen(), { amount: '100.01' });
    const { payment } = await pay(desk, { billId, method: 'CASH' });
    await share('50');
    await step(owner(), bills.refund, { input: { paymentId: payment.id, amount: '50', reason: 'x' } });

    const shares = '{ payments { nodes { id doctorShare { amount } clinicShare { amount } } } }';
    const { payments } = await clinic.owner.ask(shares);
    const theOne = ({ id }: Json) => id === payment.id;
    expect(payments.nodes.find(theOne)).toEqual({
      id: payment.id,
      doctorShare: { amount: '33.33' },
      clinicShare: { amount: '66.68' },
    });
    const [back] = await admin('select doctor_minor, clinic_minor from refund_share where payment_id = $1', [
      payment.id,
    ]);
    expect(back).toEqual({ doctor_minor: '1666', clinic_minor: '3334' });
    const own = await doctor.client.ask('{ payments { nodes { id doctorShare { amount } } } }');
    expect(own.payments.nodes.find(theOne)).toEqual({ id: payment.id, doctorShare: { amount: '33.33' } });
  });
});
