import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type RunningApp } from './support/app.ts';
import { barriers } from './support/barriers.ts';
import { walkIn } from './support/walk-in.ts';

const phone = 390;

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
}, 90_000);

afterAll(() => app.stop());

/** Survives everything but a reload. */
const markPage = (page: Page) => page.evaluate(() => Reflect.set(window, 'notReloaded', true));
const wasReloaded = async (page: Page) => !(await page.evaluate(() => Reflect.get(window, 'notReloaded') === true));
const row = (page: Page, words: string) => page.getByRole('listitem').filter({ hasText: words });
const column = (page: Page, name: string) => page.getByRole('region', { name });
const goTo = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click();
/** Short words at the edge that fade while a page is looked over would be found too pale. */
const wordsGone = (page: Page, words: string) => page.getByText(words).first().waitFor({ state: 'detached' });
const closePanel = (page: Page) => page.getByRole('button', { name: 'Close' }).first().click();

async function askAndApprove(patient: Page, doctor: Page): Promise<void> {
  await goTo(patient, 'Book');
  await patient.getByRole('button', { name: /Consultation/ }).click();
  await patient.getByRole('button', { name: /Dr\. Ana Reyes/ }).click();
  const times = patient.getByRole('main').getByRole('button', { name: /^\d{1,2}:\d\d [AP]M$/ });
  await times.first().click();
  await patient.getByLabel('What would you like to talk about?').fill('Floaters since yesterday');
  await patient.getByRole('button', { name: 'Ask for this time' }).click();
  await row(doctor, 'Floaters since yesterday')
    .getByRole('button', { name: /^Approve/ })
    .first()
    .click();
  await patient.getByText('Approved by Dr. Ana Reyes').first().waitFor();
}

/** Presses a button that opens a paper; what came. */
async function paperFrom(page: Page, button: string): Promise<string> {
  const [answer] = await Promise.all([
    page.context().waitForEvent('response', (response) => response.url().includes('/documents/receipt/')),
    page.getByRole('button', { name: button }).click(),
  ]);
  return `${answer.status()} ${answer.headers()['content-type']} ${new URL(answer.url()).search}`;
}

/**
 * Pays what is due at the built-in gateway's page, and comes back. Both addresses name the clinic's public one; the app under
 * test listens on a port of its own.
 */
async function payOnline(patient: Page, expected: string): Promise<void> {
  const here = (address: string): string => address.replace(new URL(address).origin, app.url);
  await patient.route(expected, (route) => route.fulfill({ status: 302, headers: { location: here(expected) } }));
  await patient.route(here(expected), async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    const { location, ...headers } = response.headers();
    await route.fulfill({ response, headers: location ? { ...headers, location: here(location) } : headers });
  });
  await patient.getByRole('button', { name: 'Pay online' }).click();
  await patient.getByRole('button', { name: 'Pay', exact: true }).click();
  await patient.getByText('Thank you, it is paid').waitFor();
  await patient.getByText('Nothing to pay').waitFor();
  expect(await barriers(patient)).toEqual([]);
}

/** From the waiting room into the consultation. */
async function sendIn(desk: Page, doctor: Page, patient: Page): Promise<void> {
  await walkIn(desk, 'Maria Santos', 'Ana Reyes');
  await patient.getByRole('region', { name: 'Your place in the queue' }).getByText('You are next').waitFor();
  await desk.getByRole('button', { name: 'Send in Maria Santos' }).click();
  await doctor.getByRole('region', { name: 'With you now' }).getByRole('link').click();
  await doctor.getByRole('heading', { level: 1, name: 'Consultation' }).waitFor();
}

async function complete(doctor: Page): Promise<void> {
  await doctor.getByRole('button', { name: 'Complete consultation' }).click();
  await doctor.getByRole('button', { name: 'Complete and lock' }).click();
  await doctor.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
}

describe('a visit and its money, on three screens at once', () => {
  it('goes from the request to treated, each step live for the others', async () => {
    const patient = await app.signIn('Patient', { width: phone });
    const doctor = await app.signIn('Doctor');
    const desk = await app.signIn('Front desk');
    await Promise.all([patient, doctor, desk].map(markPage));
    await askAndApprove(patient, doctor);
    await goTo(patient, 'Home');
    await goTo(desk, 'Queue');

    await sendIn(desk, doctor, patient);
    await doctor.getByLabel('Medication of medication 1').fill('Artificial tears');
    await doctor.getByLabel('Dosage of medication 1').fill('2 drops');
    await doctor.getByRole('button', { name: 'Sign prescription' }).click();
    await doctor.getByText('2 drops').first().waitFor();
    await complete(doctor);

    await column(desk, 'Done').getByRole('link', { name: 'Bill next: Maria Santos' }).click();
    const making = desk.getByRole('dialog', { name: 'Make the bill' });
    await expect.poll(() => making.getByLabel('What for of line 1').inputValue()).toBe('Consultation');
    await making.getByLabel('Price of line 1').fill('500');
    await making.getByLabel('Tax of line 1').fill('12');
    await making.getByLabel('Tax of line 1').press('Enter');
    await desk.keyboard.type('Eye drops');
    await making.getByLabel('Price of line 2').fill('105.05');
    await making.getByLabel('Tax of line 2').fill('10');
    await making.getByText('₱675.56').waitFor();
    expect(await barriers(desk)).toEqual([]);
    await making.getByRole('button', { name: 'Make the bill' }).click();
    await desk.getByRole('heading', { level: 1, name: /^Bill \d{4}-000001$/ }).waitFor();
    await desk.getByText('2 drops').waitFor();

    const due = patient.getByRole('article', { name: /^To pay: bill/ });
    await due.getByText('₱675.56').waitFor();
    await doctor.getByRole('group', { name: 'Today’s revenue' }).getByText('₱675.56').waitFor();
    expect(await doctor.getByRole('button', { name: /^Mark Maria Santos treated/ }).count()).toBe(0);

    await desk.getByRole('button', { name: 'Take payment' }).click();
    const paying = desk.getByRole('dialog', { name: 'Take payment' });
    await paying.getByLabel('Amount, PHP').fill('75.56');
    await paying.getByText('A part payment: ₱600.00 stays to be paid.').waitFor();
    await paying.getByText('Card', { exact: true }).click();
    await paying.getByLabel('Reference').fill('slip 4711');
    await paying.getByRole('button', { name: 'Take ₱75.56' }).click();
    await due.getByText('₱600.00', { exact: true }).waitFor();

    await wordsGone(desk, '₱75.56 taken on bill');
    await desk.getByRole('button', { name: 'Take payment' }).click();
    await paying.getByLabel('Cash given').fill('1,000');
    await paying.getByText('₱400.00').waitFor();
    expect(await barriers(desk)).toEqual([]);
    await paying.getByRole('button', { name: 'Take ₱600.00' }).click();
    await desk.getByText('Change: ₱400.00').first().waitFor();
    expect(await paperFrom(desk, 'Receipt 80 mm')).toBe('200 application/pdf ?size=80mm');
    await due.waitFor({ state: 'detached' });
    await goTo(patient, 'Bills');
    await patient.getByText('Nothing to pay').waitFor();

    const ready = doctor.getByRole('list', { name: 'Ready to close' });
    await ready.getByText('Paid').waitFor();
    await ready.getByRole('button', { name: 'Mark Maria Santos treated' }).click();
    const closing = doctor.getByRole('dialog', { name: 'Close the treatment of Maria Santos?' });
    const promised = await closing.getByText(/^Your treatment with Dr\. Ana Reyes/).innerText();
    await closing.getByRole('button', { name: 'Mark treated' }).click();
    await ready.waitFor({ state: 'detached' });
    await patient.getByRole('button', { name: /^Messages, \d+ unread/ }).click();
    await patient.getByRole('dialog').getByText(promised, { exact: true }).waitFor();
    await closePanel(patient);
    await patient.getByRole('button', { name: /Paid/ }).click();
    await patient.getByText('₱560.00').first().waitFor();
    expect(await paperFrom(patient, 'Open the receipt')).toBe('200 application/pdf ?size=a4');
    expect(await barriers(patient)).toEqual([]);
    expect(await Promise.all([patient, doctor, desk].map(wasReloaded))).toEqual([false, false, false]);
  });

  it('gives money back and closes the day; where completion closes, a bill follows the treatment', async () => {
    const owner = await app.signIn('Owner');
    const desk = await app.signIn('Front desk');
    const doctor = await app.signIn('Doctor', { width: 1_600 });
    const patient = await app.signIn('Patient', { width: phone });
    await goTo(desk, 'Billing');
    await desk.getByText('No unpaid bills').waitFor();
    await desk.getByRole('button', { name: /^Paid/ }).click();
    await desk.getByRole('link', { name: /-000001$/ }).waitFor();
    await Promise.all([desk, doctor, patient].map(markPage));

    await goTo(owner, 'Billing');
    await owner.getByRole('button', { name: /^Paid/ }).click();
    await owner.getByRole('link', { name: /-000001$/ }).click();
    await owner.getByRole('button', { name: 'Refund the payment of ₱600.00' }).click();
    const refunding = owner.getByRole('dialog', { name: 'Refund a payment' });
    await refunding.getByLabel('Amount, PHP').fill('100');
    await refunding.getByLabel('Reason').fill('Lens came back');
    const told = await refunding.getByText(/has given back ₱100\.00/).innerText();
    await refunding.getByRole('button', { name: 'Give back ₱100.00' }).click();
    await owner.getByText('Lens came back').waitFor();
    await patient.getByRole('button', { name: /^Messages, \d+ unread/ }).click();
    await patient.getByRole('dialog').getByText(told, { exact: true }).waitFor();

    await goTo(desk, 'Day close');
    await desk.getByLabel('Counted: Cash').fill('499.50');
    await desk.getByText('₱0.50 missing').waitFor();
    await desk.getByLabel('Counted: Card').fill('75.56');
    await desk.getByText('Exact').waitFor();
    expect(await barriers(desk)).toEqual([]);

    await goTo(owner, 'Settings');
    await owner.getByText('With the consultation', { exact: true }).click();
    await owner.getByRole('button', { name: 'Save: Booking' }).click();
    await goTo(desk, 'Queue');
    await closePanel(patient);
    await goTo(patient, 'Home');
    await sendIn(desk, doctor, patient);
    await doctor.getByRole('button', { name: 'Set charges' }).click();
    await doctor.getByLabel('Price of line 1').fill('300');
    await doctor.getByLabel('Tax of line 1').fill('0');
    await doctor.getByLabel('Discount').fill('50');
    expect(await barriers(doctor)).toEqual([]);
    await doctor.getByRole('button', { name: 'Make the bill' }).click();
    await doctor.getByRole('link', { name: /^Bill \d{4}-000002$/ }).waitFor();
    await patient
      .getByRole('article', { name: /^To pay: bill/ })
      .getByText('₱250.00')
      .waitFor();
    await complete(doctor);
    const bills = column(desk, 'Done').getByRole('link', { name: 'Bill of Maria Santos' });
    await bills.filter({ hasText: '₱250.00' }).click();
    expect(await doctor.getByRole('button', { name: /^Mark .* treated/ }).count()).toBe(0);

    await desk.getByRole('button', { name: 'Pay link' }).click();
    const link = desk.getByRole('dialog', { name: 'Pay link' });
    await link.getByRole('img', { name: /^To be scanned/ }).waitFor();
    expect(await barriers(desk)).toEqual([]);
    expect(await wasReloaded(patient)).toBe(false);
    await payOnline(patient, await link.getByRole('textbox').inputValue());
    await link.waitFor({ state: 'detached' });
    await desk.getByRole('button', { name: 'Receipt A4' }).waitFor();
    await goTo(desk, 'Today');
    await desk.getByText('Nothing is unpaid today').waitFor();
    expect(await Promise.all([desk, doctor].map(wasReloaded))).toEqual([false, false]);
  });
});
