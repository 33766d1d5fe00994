import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type RunningApp } from './support/app.ts';

const phone = 390;

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
}, 90_000);

afterAll(() => app.stop());

/** The patient asks Dr. Reyes for the first free time, as on her phone. */
async function ask(patient: Page, reason: string): Promise<void> {
  await patient.getByRole('link', { name: 'Book', exact: true }).click();
  await patient.getByRole('button', { name: /Consultation/ }).click();
  await patient.getByRole('button', { name: /Dr\. Ana Reyes/ }).click();
  await patient
    .getByRole('main')
    .getByRole('button', { name: /^\d{1,2}:\d\d [AP]M$/ })
    .first()
    .click();
  await patient.getByLabel('What would you like to talk about?').fill(reason);
  await patient.getByRole('button', { name: 'Ask for this time' }).click();
  await patient.getByRole('heading', { name: 'Your request is on its way' }).waitFor();
}

/** Survives everything but a reload. */
const markPage = (page: Page) => page.evaluate(() => Reflect.set(window, 'notReloaded', true));
const wasReloaded = async (page: Page) => !(await page.evaluate(() => Reflect.get(window, 'notReloaded') === true));

const row = (page: Page, words: string) => page.getByRole('listitem').filter({ hasText: words });

describe('three windows, side by side', () => {
  it('the patient asks, the doctor answers, and everybody sees it without a reload', async () => {
    const patient = await app.signIn('Patient', { width: phone });
    const doctor = await app.signIn('Doctor');
    const desk = await app.signIn('Front desk');
    await doctor.getByRole('link', { name: /^Requests/ }).click();
    await desk.getByRole('link', { name: /^Requests/ }).click();
    await doctor.getByRole('heading', { name: 'Open requests' }).waitFor();
    await desk.getByRole('heading', { name: 'Open requests' }).waitFor();
    await Promise.all([patient, doctor, desk].map(markPage));

    await ask(patient, 'Floaters since yesterday');
    await row(doctor, 'Floaters since yesterday').waitFor();
    await row(desk, 'Floaters since yesterday').waitFor();
    expect(
      await row(desk, 'Floaters since yesterday')
        .getByRole('button', { name: /^Approve/ })
        .count(),
    ).toBe(0);

    await row(doctor, 'Floaters since yesterday')
      .getByRole('button', { name: /^Approve/ })
      .click();
    await patient.getByText('Approved by Dr. Ana Reyes').first().waitFor();
    await patient.getByRole('button', { name: /Messages, [2-9] unread/ }).waitFor();
    await row(desk, 'Floaters since yesterday').waitFor({ state: 'detached' });

    await ask(patient, 'A second opinion');
    await row(doctor, 'A second opinion')
      .getByRole('button', { name: /^Reject/ })
      .click();
    const dialog = doctor.getByRole('dialog');
    await dialog.getByLabel('Note to the patient').fill('Dr. Rao sees this. Please ask him.');
    const preview = dialog.getByText(/cannot see you on .* Note: Dr\. Rao sees this\. Please ask him\./);
    const promised = await preview.innerText();
    await dialog.getByRole('button', { name: 'Reject and send' }).click();
    await patient.getByText('Rejected by Dr. Ana Reyes').first().waitFor();

    await patient.getByRole('button', { name: /^Messages, \d unread/ }).click();
    const messages = patient.getByRole('dialog');
    // To the letter what the doctor saw before it went.
    await messages.getByText(promised, { exact: true }).waitFor();
    await messages.getByText('Your appointment is confirmed').first().waitFor();
    expect(await Promise.all([patient, doctor, desk].map(wasReloaded))).toEqual([false, false, false]);
  });
});

describe('a doctor with both hands on the keyboard', () => {
  it('goes to the requests, moves to one and approves it', async () => {
    const patient = await app.signIn('Patient', { width: phone });
    await ask(patient, 'Only keys for this one');
    const doctor = await app.signIn('Doctor');

    await doctor.keyboard.press('g');
    await doctor.keyboard.press('r');
    await doctor.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
    await row(doctor, 'Only keys for this one').waitFor();
    const isThere = () =>
      doctor.evaluate(() => document.activeElement?.closest('li')?.innerText.includes('Only keys') === true);
    for (let moves = 0; moves < 60 && !(await isThere()); moves += 1) await doctor.keyboard.press('j');
    expect(await isThere()).toBe(true);
    await doctor.keyboard.press('a');

    await doctor.getByText('Approved: Maria Santos').first().waitFor();
    await row(doctor, 'Only keys for this one').waitFor({ state: 'detached' });
  });
});
