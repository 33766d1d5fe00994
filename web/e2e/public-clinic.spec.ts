import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type RunningApp } from './support/app.ts';

const phone = 390;

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
}, 90_000);

afterAll(() => app.stop());

const aFreeTime = /^\w{3}, .*\d{1,2}:\d\d [AP]M/;

describe("a clinic's page", () => {
  it('takes a stranger from a free time to their request, with clinic, service and doctor kept', async () => {
    const page = await app.openWindow({ width: phone });
    await page.goto(`${app.url}/c/demo`);
    await page.getByRole('button', { name: /^Consultation/ }).click();
    await page.getByRole('button', { name: aFreeTime }).first().click();

    await page.getByRole('heading', { name: 'Open your account' }).waitFor();
    await page.getByLabel('First name').fill('Nina');
    await page.getByLabel('E-mail').fill('nina@example.org');
    await page.getByLabel('Password', { exact: true }).fill('correct horse');
    await page.getByRole('button', { name: 'Open my account' }).click();

    await page.getByRole('heading', { name: 'When', exact: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/book');
    expect(new URL(page.url()).searchParams.get('service')).not.toBeNull();
    expect(new URL(page.url()).searchParams.get('doctor')).not.toBeNull();
  });

  it('leads a patient who is signed in there straight to the request, and staff to a booking', async () => {
    const patient = await app.signIn('Patient', { width: phone });
    await patient.goto(`${app.url}/c/demo`);
    await patient.getByRole('button', { name: 'Ask for an appointment' }).click();
    await patient.getByRole('heading', { level: 1, name: 'Book' }).waitFor();

    const desk = await app.signIn('Front desk');
    await desk.goto(`${app.url}/c/demo`);
    await desk.getByRole('button', { name: 'Book for a patient' }).click();
    await desk.getByRole('heading', { level: 1, name: 'New appointment' }).waitFor();
    expect(new URL(desk.url()).pathname).toBe('/new-appointment');
  });

  it('brings whoever has an account there in by signing in at that clinic', async () => {
    const page = await app.openWindow({ width: phone });
    await page.goto(`${app.url}/c/demo`);
    await page.getByRole('link', { name: 'I have an account' }).click();
    await page.getByText('You sign in at “demo”.').waitFor();
    await page.getByRole('button', { name: /^Patient/ }).click();

    await page.getByRole('heading', { level: 1, name: 'Book' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/book');
  });
});
