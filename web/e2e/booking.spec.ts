import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClient } from '../../api/test/support/client.ts';
import { startApp, type RunningApp } from './support/app.ts';
import { barriers } from './support/barriers.ts';

const phone = 390;
const patiently = { timeout: 15_000 };
/** What a stranger's phone may have to load of the page itself before the first free time is on its screen, bytes. */
const firstScreenBytes = 70_000;

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
}, 90_000);

afterAll(() => app.stop());

/** Chooses a service by its name, as the list writes it. */
async function choose(page: Page, label: string, name: RegExp): Promise<void> {
  const list = page.getByLabel(label);
  await list.waitFor();
  const texts = await list.locator('option').allInnerTexts();
  await list.selectOption({ index: texts.findIndex((text) => name.test(text)) });
}

async function openPublicPage(page: Page, service = /^Consultation/): Promise<void> {
  await page.goto(`${app.url}/c/demo`);
  await choose(page, 'What is it for?', service);
  await page.locator('[data-slot]').first().waitFor();
}

/** A time that is chosen on the clinic's page, and which it was. */
async function takeTime(page: Page, index: number): Promise<{ at: string; doctor: string; service: string }> {
  const time = page.locator('[data-slot]').nth(index);
  const address = new URL((await time.getAttribute('href')) ?? '', app.url);
  await time.click();
  const word = (name: string): string => address.searchParams.get(name) ?? '';
  return { at: word('at'), doctor: word('doctor'), service: word('service') };
}

async function register(page: Page, firstName: string): Promise<void> {
  await page.getByRole('heading', { name: 'Open your account' }).waitFor();
  await page.getByLabel('First name').fill(firstName);
  await page.getByLabel('E-mail').fill(`${firstName.toLowerCase()}@example.org`);
  await page.getByLabel('Password', { exact: true }).fill('correct horse');
  await page.getByRole('button', { name: 'Open my account' }).click();
  await page.getByRole('heading', { name: 'Your request', exact: true }).waitFor();
}

/** The front desk, elsewhere, gives a time to somebody else. */
async function bookForAnother(slot: { at: string; doctor: string; service: string }): Promise<void> {
  const client = new TestClient(`${app.url}/graphql`);
  const { signIn } = await client.ask(
    `mutation { signIn(input: { email: "reception@demo.clinic", password: "demo-clinic-2026", clinicSlug: "demo" }) { accessToken } }`,
  );
  const desk = new TestClient(client.url, signIn.accessToken);
  const { patients } = await desk.ask('{ patients(first: 1) { nodes { id } } }');
  const { bookAppointment } = await desk.ask(
    `mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { userErrors { message } } }`,
    {
      input: { patientId: patients.nodes[0].id, doctorId: slot.doctor, serviceId: slot.service, startsAt: slot.at },
    },
  );
  expect(bookAppointment.userErrors).toEqual([]);
}

describe("a stranger on a clinic's page", () => {
  it('asks for a free time, with registration on the way, and loses nothing of the choice', async () => {
    const page = await app.openWindow({ width: phone });
    await openPublicPage(page);
    const { at, doctor } = await takeTime(page, 2);
    await register(page, 'Nina');

    const here = new URL(page.url());
    expect([here.pathname, here.searchParams.get('at'), here.searchParams.get('doctor')]).toEqual([
      '/book',
      at,
      doctor,
    ]);
    await page.getByRole('button', { name: 'Ask for this time' }).click();
    await page.getByRole('heading', { name: 'Your request is on its way' }).waitFor();
  });

  it('is offered the nearest three when the time has gone meanwhile, and takes one with a press', async () => {
    const page = await app.openWindow({ width: phone });
    await openPublicPage(page);
    const slot = await takeTime(page, 4);
    await register(page, 'Omar');
    await bookForAnother(slot);

    await page.getByRole('button', { name: 'Ask for this time' }).click();
    await page.getByRole('heading', { name: 'The nearest free times' }).waitFor();
    const offers = page.getByRole('button', { name: /\d [AP]M$/ });
    expect(await offers.count()).toBe(3);
    await offers.first().click();
    await page.getByRole('heading', { name: 'Your request is on its way' }).waitFor();
  });

  it('passes on an address that leads to the same service, doctor and day, and says nothing else', async () => {
    const page = await app.openWindow();
    await openPublicPage(page);
    await choose(page, 'With whom?', /Reyes/);
    await page
      .getByRole('button', { name: /free times$/ })
      .nth(3)
      .click();
    const { pathname, searchParams } = new URL(page.url());
    const chosen = await page.getByRole('heading', { level: 2 }).first().innerText();

    expect([pathname, [...searchParams.keys()].sort()]).toEqual(['/c/demo', ['day', 'doctor', 'service']]);
    const friend = await app.openWindow({ width: phone });
    await friend.goto(page.url());
    await friend.getByRole('heading', { level: 2, name: chosen }).waitFor();
    expect(await friend.getByLabel('With whom?').inputValue()).toBe(searchParams.get('doctor'));
    expect(await friend.getByLabel('What is it for?').inputValue()).toBe(searchParams.get('service'));

    // A link can be older than what the clinic offers.
    const service = searchParams.get('service') ?? '';
    await friend.goto(`${app.url}/c/demo?service=${service}&doctor=${service}`);
    await friend.getByText(/^What this link named is not offered here any more/).waitFor();
    await friend.locator('[data-slot]').first().waitFor();
    expect(new URL(friend.url()).searchParams.has('doctor')).toBe(false);
  });
});

describe("a clinic's page", () => {
  it('is small, and open to everybody in both themes', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await app.openWindow({ width: phone, colorScheme });
      const session = await page.context().newCDPSession(page);
      await session.send('Network.enable');
      await session.send('Network.setCacheDisabled', { cacheDisabled: true });
      const answers = new Set<string>();
      let bytes = 0;
      session.on('Network.responseReceived', ({ requestId, response }) => {
        if (response.url.endsWith('/graphql')) answers.add(requestId);
      });
      session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        if (!answers.has(requestId)) bytes += encodedDataLength;
      });
      await page.goto(`${app.url}/c/demo`);
      await page.locator('[data-slot]').first().waitFor();

      expect(bytes).toBeGreaterThan(10_000);
      expect(bytes).toBeLessThan(firstScreenBytes);
      expect(await barriers(page)).toEqual([]);
      await page.goto(`${app.url}/c/nowhere`);
      await page.getByRole('heading', { level: 1, name: 'There is no clinic at this address' }).waitFor();
      expect(await barriers(page)).toEqual([]);
    }
  });

  it('leads a patient who is signed in there straight to the request, and staff to a booking', async () => {
    const patient = await app.signIn('Patient', { width: phone });
    await openPublicPage(patient);
    expect(await patient.getByRole('link', { name: 'Your account' }).count()).toBe(1);
    const { service } = await takeTime(patient, 0);
    await patient.getByRole('heading', { name: 'Your request', exact: true }).waitFor();

    const desk = await app.signIn('Front desk');
    await openPublicPage(desk);
    const { at } = await takeTime(desk, 0);
    await desk.getByRole('heading', { level: 1, name: 'New appointment' }).waitFor();
    expect(new URL(desk.url()).searchParams.get('at')).toBe(at);
    expect([patient, desk].map((page) => new URL(page.url()).pathname)).toEqual(['/book', '/new-appointment']);

    await patient.goto(`${app.url}/book?service=${service}&doctor=any&at=2020-01-06T01:00:00Z&by=${service}`);
    await patient.getByText('The time in this link has passed. Choose another one.').waitFor();
  });

  it('brings whoever has an account there in by signing in at that clinic, with the time kept', async () => {
    const page = await app.openWindow({ width: phone });
    await openPublicPage(page);
    const { at } = await takeTime(page, 1);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByText('You sign in at “demo”.').waitFor();
    await page.getByRole('button', { name: /^Patient/ }).click();

    await page.getByRole('heading', { name: 'Your request', exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get('at')).toBe(at);
  });
});

describe('a patient who is already here', () => {
  it('moves the own appointment into a free time, and the history keeps where it was', async () => {
    const patient = await app.signIn('Patient', { width: phone });
    await patient.getByRole('button', { name: 'Move to another time' }).click();
    const panel = patient.getByRole('dialog', { name: 'Move your appointment' });
    await panel
      .getByRole('button', { name: /^\d{1,2}:\d\d [AP]M$/ })
      .nth(1)
      .click();
    await panel.getByRole('button', { name: /^Move it to/ }).click();

    await patient.getByText('Moved by you').first().waitFor();
    await expect.poll(() => panel.count(), patiently).toBe(0);
  });

  it('waits for a time, is offered one as soon as it opens, and takes it with a press', async () => {
    const patient = await app.signIn('Patient', { width: phone });
    await patient.getByRole('link', { name: 'Book', exact: true }).click();
    await patient.getByRole('button', { name: /Child check-up/ }).click();
    await patient.getByRole('button', { name: 'No time that suits? Wait for one' }).click();
    await patient.getByRole('button', { name: 'Wait for a time' }).click();
    await patient.getByRole('heading', { name: 'You wait for a time' }).waitFor();

    const desk = await app.signIn('Front desk');
    await desk.getByText('Child check-up, ').first().waitFor();
    await desk.goto(`${app.url}/calendar`);
    await desk.getByRole('button', { name: 'Day after' }).click();
    const column = desk.getByRole('group', { name: /^Dr\. Sofia/ });
    await column.locator('[data-movable]').last().click();
    const panel = desk.getByRole('dialog');
    await panel.getByRole('button', { name: 'Cancel appointment' }).click();
    const dialog = desk.getByRole('dialog', { name: /^Cancel the appointment of/ });
    await dialog.getByRole('button', { name: 'Cancel appointment' }).click();

    await patient.getByRole('heading', { name: 'A time has opened for you' }).waitFor();
    await patient.getByRole('button', { name: 'Take it' }).click();
    await patient
      .getByText(/^Booked: /)
      .first()
      .waitFor();
    await expect.poll(() => patient.getByRole('heading', { name: 'You wait for a time' }).count(), patiently).toBe(0);
  });
});
