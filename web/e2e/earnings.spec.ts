import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiptToken } from '../../api/src/features/billing/index.ts';
import { aBill, aSeenPatient, billOperations as bills } from '../../api/test/support/bills.ts';
import { aClinic, password, type TestClinic, type TestMember } from '../../api/test/support/clinic.ts';
import { step } from '../../api/test/support/visits.ts';
import { startApp, type RunningApp } from './support/app.ts';
import { barriers } from './support/barriers.ts';

const ownerEmail = 'owner@example.org';

let app: RunningApp;
let clinic: TestClinic;
let doctor: TestMember;

beforeAll(async () => {
  app = await startApp({ demo: false });
  clinic = await aClinic({ url: `${app.url}/graphql`, runtime: app.runtime }, { email: ownerEmail });
  doctor = await clinic.hire('DOCTOR', 'Dr. Ana Reyes');
  await clinic.owner.ask(
    `mutation ($id: ID!) { updateDoctor(input: { doctorId: $id, sharePercent: "40" }) { userErrors { code } } }`,
    { id: doctor.doctorId },
  );
}, 90_000);

afterAll(() => app.stop());

async function signedIn(email: string, path: string, width?: number): Promise<Page> {
  const page = await app.openWindow(width === undefined ? {} : { width });
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page
    .getByRole('button', { name: /^Messages/ })
    .first()
    .waitFor();
  await page.goto(`${app.url}${path}`);
  return page;
}

/** The bill's id. */
async function paidVisit(amount: string, method = 'CASH'): Promise<string> {
  const desk = { client: clinic.owner };
  const { id: billId } = await aBill(desk, await aSeenPatient(clinic, doctor), { amount });
  await step(desk, bills.pay, { input: { billId, method } });
  return billId;
}

const main = (page: Page) => page.getByRole('main');

describe('what a doctor earned', () => {
  it('follows each payment by itself, in figures, bars, a table and groups, and leaves as a file', async () => {
    await paidVisit('1000');
    const page = await signedIn(doctor.email, '/earnings');
    await main(page).getByText('₱400.00').first().waitFor();
    expect(await barriers(page)).toEqual([]);

    await paidVisit('500', 'CARD');

    await main(page).getByText('₱600.00').first().waitFor();
    await page.getByText(/^Most came in on .*: ₱1,500\.00\.$/).waitFor();
    await page.getByRole('button', { name: 'As table' }).click();
    const days = page.getByRole('region', { name: 'By day' }).getByRole('row');
    expect(await days.last().innerText()).toMatch(/₱1,500\.00\s+₱0\.00\s+₱0\.00\s+₱600\.00/);
    await page.getByRole('combobox', { name: 'Paid by' }).click();
    await page.getByRole('option', { name: 'Card' }).click();
    await main(page).getByText('₱200.00').first().waitFor();
    expect(new URL(page.url()).searchParams.get('method')).toBe('CARD');

    const [file] = await Promise.all([
      page.context().waitForEvent('response', (answer) => answer.url().includes('/documents/earnings/')),
      page.getByRole('button', { name: 'CSV' }).click(),
    ]);
    expect([file.status(), file.headers()['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
  });

  it('is paid out by the owner, who sees what is owed and records what was handed over', async () => {
    const page = await signedIn(ownerEmail, '/earnings', 390);
    await page.getByRole('button', { name: 'Record payout' }).click();
    const panel = page.getByRole('dialog', { name: 'Record payout' });
    expect(await panel.getByLabel(/^Amount/).inputValue()).toBe('600.00');
    await panel.getByLabel(/^Amount/).fill('700');
    await panel.getByRole('button', { name: 'Record payout' }).click();
    await panel.getByText(/^Only ₱600\.00 is owed/).waitFor();
    await panel.getByLabel(/^Amount/).fill('150');
    await panel.getByLabel('Reference').fill('Transfer 88');

    await panel.getByRole('button', { name: 'Record payout' }).click();

    await main(page).getByText('Transfer 88').waitFor();
    await main(page).getByText('₱450.00').waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});

describe('the square on a receipt', () => {
  it('opens a light page that tells three things to a stranger, and keeps its token out of every address', async () => {
    const token = receiptToken(app.runtime.secrets, clinic.id, await paidVisit('1234.50'));
    const page = await app.openWindow({ width: 390 });
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));

    await page.goto(`${app.url}/receipt#${token}`);

    await page.getByRole('heading', { name: 'This receipt is in the books' }).waitFor();
    expect(await page.getByRole('definition').allInnerTexts()).toEqual([
      expect.stringMatching(/^\d{4}-\d{6}$/),
      expect.stringMatching(/\d{4}$/),
      '₱1,234.50',
    ]);
    expect(addresses.filter((address) => address.includes(token))).toEqual([]);
    const bytes = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .reduce((sum, entry) => sum + (entry instanceof PerformanceResourceTiming ? entry.encodedBodySize : 0), 0),
    );
    expect(bytes).toBeLessThan(60_000);
    expect(await barriers(page)).toEqual([]);
    await page.goto(`${app.url}/receipt#${token.slice(1)}A`);
    await page.getByRole('heading', { name: 'This is no receipt of ours' }).waitFor();
  });
});
