import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type RunningApp } from './support/app.ts';
import { barriers } from './support/barriers.ts';

const phone = 390;

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
}, 90_000);

afterAll(() => app.stop());

/** Sends the patient in and opens the consultation at the doctor's. */
async function openConsultation(desk: Page, doctor: Page): Promise<void> {
  await desk.goto(`${app.url}/queue`);
  await desk.getByRole('button', { name: 'Walk-in' }).first().click();
  const panel = desk.getByRole('dialog', { name: 'Walk-in' });
  await panel.getByRole('searchbox').fill('Maria Santos');
  for (const name of [/Maria Santos/, /Consultation/, /Ana Reyes/])
    await panel.getByRole('button', { name }).first().click();
  await panel.getByRole('button', { name: 'Check in' }).click();
  await desk.getByRole('button', { name: 'Send in Maria Santos' }).click();
  await doctor.getByRole('region', { name: 'With you now' }).getByRole('link').click();
  await doctor.getByLabel('Medication of medication 1').waitFor();
  await doctor.getByRole('button', { name: 'Close' }).first().click();
}

/** Presses a button that opens a paper; what came. */
async function paperFrom(page: Page, button: string): Promise<string> {
  const [answer] = await Promise.all([
    page.context().waitForEvent('response', (response) => response.url().includes('/documents/prescription/')),
    page.getByRole('button', { name: button }).first().click(),
  ]);
  return `${answer.status()} ${answer.headers()['content-type']} ${new URL(answer.url()).search}`;
}

describe('a prescription', () => {
  it('is written by keyboard, survives a closed tab, warns, is repeated, printed, voided, and reaches desk and patient', async () => {
    const desk = await app.signIn('Front desk');
    const doctor = await app.signIn('Doctor', { width: 1_600 });
    await openConsultation(desk, doctor);

    await doctor.getByLabel('Medication of medication 1').focus();
    for (const words of ['Cetirizine 10 mg', '1 tablet', 'once a day', '14']) {
      await doctor.keyboard.type(words);
      await doctor.keyboard.press(words === '14' ? 'Enter' : 'Tab');
    }
    await doctor.keyboard.type('Artificial tears');
    await doctor.reload();
    await doctor.getByRole('button', { name: 'Sign prescription' }).click();
    await doctor.getByText('Enter the dosage.').waitFor();
    expect(
      await doctor.getByLabel('Dosage of medication 2').evaluate((input) => input === document.activeElement),
    ).toBe(true);
    await doctor.keyboard.type('2 drops');
    await doctor.keyboard.press('Control+Enter');
    await doctor.getByText('1 tablet · once a day · 14 days').waitFor();
    expect(await paperFrom(doctor, 'Print A4')).toBe('200 application/pdf ?size=a4');

    await doctor.getByRole('button', { name: 'Write one' }).click();
    await doctor.getByLabel('Medication of medication 1').pressSequentially('ARTI');
    await doctor.getByRole('option', { name: /Artificial tears/ }).click();
    await expect.poll(() => doctor.getByLabel('Dosage of medication 1').inputValue()).toBe('2 drops');
    await doctor.getByRole('button', { name: 'Remove medication 1' }).click();
    await doctor.getByRole('button', { name: /^Repeat the last one: Cetirizine/ }).click();
    await doctor.getByRole('button', { name: 'Sign prescription' }).click();
    await doctor.getByText(/^Cetirizine 10 mg: the patient takes Cetirizine 10 mg already, until/).waitFor();
    await doctor.getByRole('button', { name: 'Close' }).first().click();
    await doctor.getByText('Prescription signed').first().waitFor({ state: 'detached' });
    expect(await barriers(doctor)).toEqual([]);
    await doctor.getByRole('button', { name: 'Sign anyway' }).click();
    await doctor.getByText('2 warnings overridden').waitFor();
    await doctor.getByRole('button', { name: 'Void …' }).first().click();
    const dialog = doctor.getByRole('dialog', { name: 'Void this prescription?' });
    await dialog.getByLabel('Reason').fill('Written twice');
    await dialog.getByRole('button', { name: 'Void …' }).click();
    await doctor.getByText('Written twice').waitFor();

    await desk.goto(`${app.url}/queue`);
    await desk.getByText('Maria Santos').first().waitFor();
    const patient = await app.signIn('Patient', { width: phone });
    await patient.getByRole('link', { name: 'Visits' }).click();
    await patient
      .getByRole('button', { name: /Checked in/ })
      .first()
      .click();
    await patient.getByText('Written twice').waitFor();
    expect(await paperFrom(patient, 'Open as PDF')).toBe('200 application/pdf ?size=a5');
    expect(await barriers(patient)).toEqual([]);
    const address = new URL(patient.url());
    await desk.goto(`${app.url}/today${address.search}`);
    expect(await paperFrom(desk, 'Print A5')).toBe('200 application/pdf ?size=a5');
  });
});
