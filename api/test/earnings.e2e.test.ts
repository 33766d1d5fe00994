import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBill, aSeenPatient, billOperations as bills } from './support/bills.ts';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import type { Json } from './support/client.ts';
import { isOver, isPdf, openAt, opened } from './support/prescriptions.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';
import { codes, step } from './support/visits.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let colleague: TestMember;
let desk: TestMember;
const owner = () => ({ client: clinic.owner });

beforeAll(async () => {
  server = await startTestServer();
  // Five minutes before midnight in Manila.
  server.clock.set(new Date('2030-03-04T15:56:00Z'));
  clinic = await aClinic(server);
  [doctor, colleague, desk] = [
    await clinic.hire('DOCTOR'),
    await clinic.hire('DOCTOR'),
    await clinic.hire('RECEPTIONIST'),
  ];
  for (const { doctorId } of [doctor, colleague])
    await clinic.owner.ask(
      `mutation ($id: ID!) { updateDoctor(input: { doctorId: $id, sharePercent: "40" }) { userErrors { code } } }`,
      { id: doctorId },
    );
});

afterAll(() => server.stop());

const sums = `paid { amount } pending { amount } refunded { amount } doctorShare { amount }`;
const earnings = `query ($doctorId: ID, $from: Date = "2030-03-01", $to: Date = "2030-03-31", $status: [PaymentStatus!], $method: [PaymentMethod!]) {
  earnings(doctorId: $doctorId, from: $from, to: $to, status: $status, method: $method)
  { ${sums} owed { amount } payouts { amount { amount } reference } byDay { date ${sums} } payments { totalCount } } }`;
const payOut = `mutation ($input: RecordPayoutInput!) { answer: recordPayout(input: $input) { payout { amount { amount } } userErrors { code message field } } }`;

const flat = (row: Json) =>
  Object.fromEntries(['paid', 'pending', 'refunded', 'doctorShare'].map((name) => [name, row[name].amount]));
const of = async (who: TestMember | { client: TestClinic['owner'] }, variables: Json = {}): Promise<Json> =>
  (await who.client.ask(earnings, variables)).earnings;

async function aPaidVisit(who: TestMember, amount: string, method = 'CASH'): Promise<string> {
  const { id: billId } = await aBill(desk, await aSeenPatient(clinic, who), { amount });
  const { payment } = await step(desk, bills.pay, { input: { billId, method } });
  return payment.id;
}

describe("a doctor's earnings", () => {
  it('are what came in, what is owed, what went back and their share, by clinic day', async () => {
    const paymentId = await aPaidVisit(doctor, '1000');
    await aPaidVisit(doctor, '500', 'CARD');
    await aPaidVisit(colleague, '9999');
    await aBill(desk, await aSeenPatient(clinic, doctor), { amount: '250' });
    server.clock.set(new Date('2030-03-04T16:01:00Z'));
    await step(owner(), bills.refund, { input: { paymentId, amount: '200', reason: 'x' } });

    const all = await of(doctor);
    const cash = await of(doctor, { method: ['CASH'] });
    const unpaid = await of(doctor, { status: ['PENDING'] });

    expect(flat(all)).toEqual({ paid: '1500.00', pending: '250.00', refunded: '200.00', doctorShare: '520.00' });
    expect(all.owed.amount).toBe('520.00');
    expect(all.payments.totalCount).toBe(2);
    expect(all.byDay.map((day: Json) => [day.date, flat(day)])).toEqual([
      ['2030-03-04', { paid: '1500.00', pending: '250.00', refunded: '0.00', doctorShare: '600.00' }],
      ['2030-03-05', { paid: '0.00', pending: '0.00', refunded: '200.00', doctorShare: '-80.00' }],
    ]);
    expect(flat(cash)).toEqual({ paid: '1000.00', pending: '0.00', refunded: '200.00', doctorShare: '320.00' });
    expect(flat(unpaid)).toEqual({ paid: '0.00', pending: '250.00', refunded: '0.00', doctorShare: '0.00' });
  });

  it('are a doctor’s own, and for the owner anybody’s', async () => {
    const theirs = await of(colleague);

    expect(flat(await of(owner(), { doctorId: colleague.doctorId }))).toEqual(flat(theirs));
    expect(theirs.paid.amount).toBe('9999.00');
    expect(await of(doctor, { doctorId: colleague.doctorId })).toBeNull();
    expect(await of(owner())).toBeNull();
  });

  it('refuse days the wrong way round, and more than four hundred', async () => {
    const refusal = async (from: string, to: string) =>
      (await doctor.client.send(earnings, { from, to })).errors?.[0]?.extensions.code;

    expect(await refusal('2030-03-02', '2030-03-01')).toBe('BAD_USER_INPUT');
    expect(await refusal('2030-01-01', '2031-03-01')).toBe('BAD_USER_INPUT');
  });
});

describe('the files of a doctor’s earnings', () => {
  const files = `query ($doctorId: ID, $method: [PaymentMethod!]) {
    earnings(doctorId: $doctorId, from: "2030-03-01", to: "2030-03-31", method: $method) { csvUrl pdfUrl } }`;
  const filesOf = async (who: Pick<TestMember, 'client'>, variables: Json = {}): Promise<Json> =>
    (await who.client.ask(files, variables)).earnings;

  it('are a table whose columns add up to the screen, a line for each thing that moved, and a statement', async () => {
    const treating = await clinic.hire('DOCTOR');
    await clinic.owner.ask(
      `mutation ($id: ID!) { updateDoctor(input: { doctorId: $id, sharePercent: "40" }) { userErrors { code } } }`,
      { id: treating.doctorId },
    );
    const { id: billId } = await aBill(desk, await aSeenPatient(clinic, treating), { amount: '1000' });
    const paid = await step(desk, bills.pay, { input: { billId, method: 'CARD', reference: '=1+1, "x"' } });
    server.clock.advance(1_000);
    await step(owner(), bills.refund, { input: { paymentId: paid.payment.id, amount: '200', reason: 'Zqreason' } });
    server.clock.advance(1_000);
    const unpaid = await aBill(desk, await aSeenPatient(clinic, treating), { amount: '250' });

    const { csvUrl, pdfUrl } = await filesOf(treating);
    const answer = await openAt(server.url, csvUrl);

    const reference = `"'=1+1, ""x"""`;
    const card = `2030-03-05,KIND,${paid.bill.number},Consultation,card,${reference}`;
    expect(
      Buffer.from(await answer.arrayBuffer())
        .toString()
        .split('\r\n'),
    ).toEqual([
      '\ufeffdate,kind,bill,service,method,reference,paid,unpaid,refunded,doctor_share,currency',
      `${card.replace('KIND', 'payment')},1000.00,0.00,0.00,400.00,PHP`,
      `${card.replace('KIND', 'refund')},0.00,0.00,200.00,-80.00,PHP`,
      `2030-03-05,unpaid bill,${unpaid.number},Consultation,,,0.00,250.00,0.00,0.00,PHP`,
      '',
    ]);
    expect(answer.headers.get('content-disposition')).toContain(
      'attachment; filename="earnings-2030-03-01-2030-03-31.csv"',
    );
    expect(flat(await of(treating))).toEqual({
      paid: '1000.00',
      pending: '250.00',
      refunded: '200.00',
      doctorShare: '320.00',
    });
    expect(await opened(server.url, pdfUrl)).toEqual(isPdf);
    const { csvUrl: cash } = await filesOf(owner(), { doctorId: treating.doctorId, method: ['CASH', 'ONLINE'] });
    expect((await (await openAt(server.url, cash)).text()).trim().split('\n')).toHaveLength(1);
  });

  it('are refused to whoever is not told what doctors earn, and for what is no range', async () => {
    const [admin, { csvUrl }] = [await clinic.hire('ADMIN'), await filesOf(doctor)];

    expect(await admin.client.codeOf(files, { doctorId: doctor.doctorId })).toBe('FORBIDDEN');
    expect(await filesOf(doctor, { doctorId: colleague.doctorId })).toBeNull();
    const years = csvUrl.replace('from=2030', 'from=2020');
    expect(await opened(server.url, years)).toEqual([400, 'Ask for at most 400 days.']);
    expect(await opened(server.url, csvUrl.replace('2030-03-01', 'x'))).toEqual(isOver);
  });
});

describe('a payout', () => {
  it('takes from what is owed, never more, however often at once; a refund afterwards leaves less than nothing', async () => {
    const treating = await clinic.hire('DOCTOR');
    await clinic.owner.ask(
      `mutation ($id: ID!) { updateDoctor(input: { doctorId: $id, sharePercent: "50" }) { userErrors { code } } }`,
      { id: treating.doctorId },
    );
    const paymentId = await aPaidVisit(treating, '100');
    const input = { doctorId: treating.doctorId, amount: '30', reference: 'March' };

    const answers = await Promise.all([1, 2, 3].map(() => step(owner(), payOut, { input })));
    const nothing = await step(owner(), payOut, { input: { ...input, amount: '0' } });
    await step(owner(), bills.refund, { input: { paymentId, reason: 'x' } });

    expect(answers.map(codes).toSorted((one, other) => one.length - other.length)).toEqual([
      [],
      ['AMOUNT_EXCEEDED'],
      ['AMOUNT_EXCEEDED'],
    ]);
    expect(codes(nothing)).toEqual(['INVALID_INPUT']);
    const after = await of(treating);
    expect(after.owed.amount).toBe('-30.00');
    expect(after.payouts).toEqual([{ amount: { amount: '30.00' }, reference: 'March' }]);
  });
});
