import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type RunningApp } from './support/app.ts';
import { barriers } from './support/barriers.ts';

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
}, 90_000);

afterAll(() => app.stop());

/** A patient whom no doctor knows, and the number on their card. */
async function aStranger(desk: Page, firstName: string): Promise<string> {
  await desk.goto(`${app.url}/patients?new=1`);
  await desk.getByRole('dialog').last().getByLabel('First name').fill(firstName);
  await desk.getByRole('button', { name: 'Create record' }).click();
  const panel = desk.getByRole('dialog', { name: firstName });
  await panel.waitFor();
  const text = await panel.innerText();
  return /P-\d{5}/.exec(text)?.[0] ?? '';
}

describe('a record that is not one of the doctor’s patients’', () => {
  it('is opened by its number with a reason; the owner is told, finds it in the log, and the log is intact', async () => {
    const number = await aStranger(await app.signIn('Front desk'), 'Zosimo');
    const doctor = await app.signIn('Doctor');
    const owner = await app.signIn('Owner');

    await doctor.goto(`${app.url}/patients`);
    await doctor.getByRole('searchbox').fill(number);
    await doctor.getByRole('button', { name: 'Open another record' }).click();
    const dialog = doctor.getByRole('dialog');
    expect(await dialog.getByLabel('Record no.').inputValue()).toBe(number);
    await dialog.getByText('This is written down').waitFor();
    await dialog.getByLabel('Reason').fill('no');
    await dialog.getByRole('button', { name: 'Open for one hour' }).click();
    await dialog.getByText('Write why you open this record').waitFor();
    await doctor.mouse.move(0, 0);
    await doctor.waitForTimeout(300);
    expect(await barriers(doctor)).toEqual([]);
    await dialog.getByLabel('Record no.').fill('P-99999');
    await dialog.getByLabel('Reason').fill('Fainted at the door');
    await dialog.getByRole('button', { name: 'Open for one hour' }).click();
    await dialog.getByText('There is no record with this number').waitFor();
    await dialog.getByLabel('Record no.').fill(number);
    await dialog.getByRole('button', { name: 'Open for one hour' }).click();
    await doctor.getByRole('dialog', { name: 'Zosimo' }).waitFor();

    await owner.getByRole('button', { name: /^Messages/ }).click();
    await owner.getByText(`opened record ${number}`).first().waitFor();
    await owner.keyboard.press('Escape');
    await owner.getByRole('link', { name: 'Audit', exact: true }).click();
    await owner
      .getByRole('button', { name: /Opened a record in an emergency/ })
      .first()
      .click();
    const detail = owner.getByRole('dialog', { name: 'Opened a record in an emergency' });
    await detail.getByText('Fainted at the door').waitFor();
    expect(await barriers(owner)).toEqual([]);
    await detail.getByRole('button', { name: 'Show only this subject' }).click();
    await owner.getByRole('button', { name: /Made a patient’s record/ }).waitFor();
    await owner.getByRole('button', { name: 'Clear filters' }).click();
    await owner.getByRole('button', { name: 'Verify the log' }).click();
    await owner.getByText(/^All [\d,]+ entries are as they were written/).waitFor();
    expect(await barriers(owner)).toEqual([]);
  });
});

describe('the audit log', () => {
  it('narrows to what was refused, and says when nothing matches', async () => {
    const owner = await app.signIn('Owner', { width: 390 });
    await owner.goto(`${app.url}/audit?what=refuse&from=2020-01-01&to=2020-01-02`);

    await owner.getByText('Nothing matches').waitFor();
    await owner.getByLabel('What').click();
    await owner.getByRole('option', { name: 'Signing in and out' }).click();
    await owner.getByRole('button', { name: 'Clear filters' }).first().click();
    await owner
      .getByRole('button', { name: /Signed in/ })
      .first()
      .waitFor();
    expect(await owner.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });
});

describe('a patient', () => {
  it('sees who opened the record', async () => {
    const desk = await app.signIn('Front desk');
    const patient = await app.signIn('Patient', { width: 390 });
    const name = 'Maria Santos';

    await desk.goto(`${app.url}/patients`);
    await desk.getByRole('searchbox').fill(name);
    await desk.getByRole('button', { name, exact: true }).first().click();
    await desk.getByRole('dialog', { name }).waitFor();
    await patient.goto(`${app.url}/profile`);

    const log = patient
      .locator('section')
      .filter({ has: patient.getByRole('heading', { name: 'Who opened my record' }) });
    await log
      .getByText(/Opened a patient’s record/)
      .first()
      .waitFor();
    expect(await log.getByText('Front desk').count()).toBeGreaterThan(0);
  });
});
