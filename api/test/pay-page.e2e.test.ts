import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDue } from '../src/app/due-running.service.ts';
import { aBill, aSeenPatient, billOperations as bills } from './support/bills.ts';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import type { Json } from './support/client.ts';
import { query } from './support/database.ts';
import { checkout } from './support/online.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';
import { codes, step } from './support/visits.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let patient: TestMember;

beforeAll(async () => {
  server = await startTestServer({ payments: { kind: 'none' } });
  clinic = await aClinic(server);
  [doctor, patient] = [await clinic.hire('DOCTOR'), await clinic.enrol()];
});

afterAll(() => server.stop());

const bill = async (): Promise<Json> => aBill(doctor, await aSeenPatient(clinic, doctor, patient.patientId));
const open = (id: string) => step(patient, checkout, { id });
const read = async (id: string): Promise<Json> => (await clinic.owner.ask(bills.read, { id })).bill;
const becomesSandbox = (is: boolean) =>
  query(server.database.adminUrl, 'update clinic set sandbox = $2 where id = $1', [clinic.id, is]);
/** The page by its address, wherever this server happens to listen. */
const at = (url: string): string => url.replace('http://localhost', server.url.replace('/graphql', ''));
const press = (url: string, decision: string) =>
  fetch(at(url), { method: 'POST', redirect: 'manual', body: new URLSearchParams({ decision }) });

describe('an installation without a gateway', () => {
  it('takes no payments online, and says so', async () => {
    const { id } = await bill();

    const { userErrors } = await open(id);

    expect(userErrors).toEqual([
      { code: 'INVALID_TRANSITION', message: 'This clinic takes no payments online. Pay at the front desk.' },
    ]);
    expect((await read(id)).allowedActions).not.toContain('PAY_ONLINE');
  });
});

describe("a sandbox's page to pay on", () => {
  beforeAll(() => becomesSandbox(true));
  afterAll(() => becomesSandbox(false));

  it('shows number and amount, says that no money moves, and settles the bill', async () => {
    const { id, number } = await bill();
    const { checkoutUrl } = await open(id);

    const page = await fetch(at(checkoutUrl));
    const html = await page.text();
    const pressed = await press(checkoutUrl, 'pay');

    expect(html).toContain('₱1,000.00');
    expect(html).toContain(`Bill ${number}`);
    expect(html).toContain('No money moves here.');
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' http://localhost");
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, `http://localhost/bills?paid=${id}`]);
    expect(await read(id)).toMatchObject({ status: 'PAID', paid: { amount: '1000.00' } });
    const payments = await query<Json>(
      server.database.adminUrl,
      'select id, reference from payment where bill_id = $1',
      [id],
    );
    expect(payments).toEqual([{ id: expect.any(String), reference: expect.stringMatching(/^test_/) }]);

    await press(checkoutUrl, 'pay');
    await press(checkoutUrl, 'decline');
    expect((await read(id)).paid.amount).toBe('1000.00');
    await step({ client: clinic.owner }, bills.refund, { input: { paymentId: payments[0]?.id, reason: 'Tried it' } });
    await runDue(server.runtime, { clinicId: clinic.id, clockOffsetMs: 0 });
    expect((await read(id)).status).toBe('REFUNDED');
  });

  it('declines, and the bill can be paid again', async () => {
    const { id } = await bill();
    const first = (await open(id)).checkoutUrl;

    const pressed = await press(first, 'decline');
    const second = await open(id);

    expect(pressed.headers.get('location')).toBe(`http://localhost/bills?unpaid=${id}`);
    expect(codes(second)).toEqual([]);
    expect(second.checkoutUrl).not.toBe(first);
    expect((await read(id)).status).toBe('PENDING');
  });

  it('is over after its hour, and leads nowhere when it was changed', async () => {
    const { id } = await bill();
    const { checkoutUrl } = await open(id);
    const [said = '', proof] = new URL(checkoutUrl).searchParams.get('session')?.split('.') ?? [];
    const cheaper = Buffer.from(said, 'base64url').toString().replace('"amountMinor":100000', '"amountMinor":1');
    const forged = `http://localhost/dev/pay?session=${Buffer.from(cheaper).toString('base64url')}.${proof}`;

    expect((await press(forged, 'pay')).status).toBe(404);
    server.clock.advance(60 * 60_000);
    expect((await press(checkoutUrl, 'pay')).status).toBe(404);
    expect((await fetch(at('http://localhost/dev/pay'))).status).toBe(404);
    const paid = await query(server.database.adminUrl, `select 1 from payment where bill_id = $1 and status = 'PAID'`, [
      id,
    ]);
    expect(paid).toEqual([]);
  });
});
