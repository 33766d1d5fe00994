import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { receiptToken } from '../src/features/billing/index.ts';
import { aBill, aSeenPatient, billOperations as bills } from './support/bills.ts';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import { TestClient, type Json } from './support/client.ts';
import { isOver, isPdf, openAt, opened } from './support/prescriptions.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';
import { step } from './support/visits.ts';

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

beforeEach(() => server.clock.set(mondayMorning));

afterAll(() => server.stop());

const urlOf = async (who: Pick<TestMember, 'client'>, id: string): Promise<string | null | undefined> =>
  (await who.client.ask('query ($id: ID!) { bill(id: $id) { receiptUrl } }', { id })).bill?.receiptUrl;
const pay = (billId: string, amount?: string) => step(desk, bills.pay, { input: { billId, method: 'CASH', amount } });
const giveBack = (paymentId: string) => step(owner(), bills.refund, { input: { paymentId, reason: 'Zqreason' } });
const billOf = async (who = doctor, patientId = patient.patientId): Promise<string> =>
  (await aBill(desk, await aSeenPatient(clinic, who, patientId), { amount: '1000' })).id;
/** How wide and high its pages are, in points. */
async function pagesOf(url: string): Promise<string[]> {
  const pdf = Buffer.from(await (await openAt(server.url, url)).arrayBuffer()).toString('latin1');
  return [...pdf.matchAll(/\/MediaBox \[0 0 (\S+) (\S+)\]/g)].map(([, ...size]) =>
    size.map(Number).map(Math.round).join(' × '),
  );
}

const check = async (token: string): Promise<Json> =>
  (
    await new TestClient(server.url).ask(
      'query ($token: String!) { receiptCheck(token: $token) { number date amount { amount currency } isVoid } }',
      { token },
    )
  ).receiptCheck;
const tokenOf = (billId: string, of = clinic) => receiptToken(server.runtime.secrets, of.id, billId);

describe('a receipt', () => {
  it('is there once something is paid, on both papers, for everybody who may read the bill', async () => {
    const id = await billOf();
    expect(await urlOf(desk, id)).toBeNull();
    await pay(id, '400');
    const admin = await clinic.hire('ADMIN');

    for (const who of [doctor, desk, admin, owner(), patient])
      expect(await opened(server.url, (await urlOf(who, id)) ?? '')).toEqual(isPdf);

    const url = (await urlOf(patient, id)) ?? '';
    const { headers } = await openAt(server.url, url);
    expect(headers.get('content-disposition')).toMatch(/^inline; filename="receipt-2030-\d{6}\.pdf"/);
    expect(await pagesOf(url)).toEqual(['595 × 842']);
    expect(await pagesOf(`${url}?size=80mm`)).toEqual([expect.stringMatching(/^227 × [3-5]\d\d$/)]);
  });

  it('is nobody else’s: no nurse, no other patient, no colleague; nor by a link of another kind', async () => {
    const id = await billOf();
    await pay(id);
    const [nurse, stranger, colleague] = [
      await clinic.hire('NURSE'),
      await clinic.enrol(),
      await clinic.hire('DOCTOR'),
    ];
    const elsewhere = await aClinic(server);

    expect(await nurse.client.codeOf(`{ bill(id: "${id}") { receiptUrl } }`)).toBe('FORBIDDEN');
    for (const who of [stranger, colleague, { client: elsewhere.owner }]) expect(await urlOf(who, id)).toBeUndefined();
    const url = (await urlOf(desk, id)) ?? '';
    expect(await opened(server.url, url.replace('/receipt/', '/prescription/'))).toEqual(isOver);
    server.clock.advance(10 * 60_000);
    expect(await opened(server.url, url)).toEqual(isOver);
  });

  it('stays when all of it went back, and after the bill was made void', async () => {
    const id = await billOf();
    const { payment } = await pay(id, '400');
    await giveBack(payment.id);
    await step(owner(), bills.void, { id, reason: 'Made twice' });

    expect(await opened(server.url, (await urlOf(desk, id)) ?? '')).toEqual(isPdf);
    expect(await check(tokenOf(id))).toMatchObject({ amount: { amount: '0.00' }, isVoid: true });
  });
});

describe('the square on a receipt', () => {
  it('tells anybody number, day and what is paid now, and goes on doing so', async () => {
    const id = await billOf();
    const [settled, stillUnpaid] = [await pay(id, '400'), await billOf()];

    expect(await check(tokenOf(id))).toEqual({
      number: settled.bill.number,
      date: '2030-03-04',
      amount: { amount: '400.00', currency: 'PHP' },
      isVoid: false,
    });
    await pay(id);
    await giveBack(settled.payment.id);
    server.clock.advance(400 * 24 * 60 * 60_000);
    expect(await check(tokenOf(id))).toMatchObject({ date: '2030-03-04', amount: { amount: '600.00' } });
    expect(await check(tokenOf(stillUnpaid))).toBeNull();
  });

  it('cannot be forged, and names no bill of another clinic', async () => {
    const id = await billOf();
    await pay(id);
    const token = tokenOf(id);
    const forged = [...token].map(
      (letter, at) => token.slice(0, at) + (letter === 'A' ? 'B' : 'A') + token.slice(at + 1),
    );

    expect(token).toMatch(/^[\w-]{64}$/);
    const answers = await Promise.all([...forged.filter((_text, at) => at % 7 === 0), '', `${token}=`].map(check));
    expect(answers).toHaveLength(12);
    expect(answers.filter((answer) => answer !== null)).toEqual([]);
    // Rightly signed, and still nothing: a bill is looked for in the clinic that the paper names.
    expect(await check(tokenOf(id, await aClinic(server)))).toBeNull();
  });
});
