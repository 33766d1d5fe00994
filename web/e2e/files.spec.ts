import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPdf, aPng } from '../../api/test/support/files.ts';
import { startApp, type RunningApp } from './support/app.ts';
import { barriers } from './support/barriers.ts';

const phone = 390;

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
}, 90_000);

afterAll(() => app.stop());

const files = (page: Page) => page.locator('section').filter({ has: page.getByRole('heading', { name: 'Files' }) });
const choose = (page: Page, ...chosen: { name: string; mimeType: string; buffer: Buffer }[]) =>
  files(page).locator('input[type=file]').setInputFiles(chosen);
const scan = { name: 'left eye.png', mimeType: 'image/png', buffer: aPng('left') };

/** Opens one patient's panel from the list. */
async function openPatient(page: Page, name: string): Promise<void> {
  await page.goto(`${app.url}/patients`);
  await page.getByRole('searchbox').first().fill(name);
  await page
    .getByRole('button', { name: new RegExp(name) })
    .first()
    .click();
  await files(page).waitFor();
}

describe('files of a patient', () => {
  it('are handed in by the patient on a phone, a wrong one refused in words', async () => {
    const patient = await app.signIn('Patient', { width: phone });
    await patient.goto(`${app.url}/visits`);
    await files(patient).getByText('No files yet').waitFor();

    await choose(patient, scan, { name: 'report.pdf', mimeType: 'application/pdf', buffer: aPng('no PDF') });

    await files(patient)
      .getByRole('button', { name: /^Save left eye.png|left eye.png/ })
      .first()
      .waitFor();
    await files(patient).getByText('This file is not a PDF, whatever its name says. Choose another one.').waitFor();
    await expect.poll(() => files(patient).locator('img').count()).toBe(1);
    expect(await patient.evaluate(() => document.querySelector('img[loading=lazy]')?.getAttribute('src'))).toMatch(
      /^\/documents\/file\//,
    );
    const target = await files(patient).getByRole('button', { name: 'Add files' }).boundingBox();
    expect(target?.height).toBeGreaterThanOrEqual(48);
    expect(await barriers(patient)).toEqual([]);
    await patient.context().close();
  });

  it('are handed in by the front desk, which does not see them, and opened and removed by a nurse', async () => {
    const desk = await app.signIn('Front desk');
    await openPatient(desk, 'Maria Santos');
    await choose(desk, { name: 'referral.pdf', mimeType: 'application/pdf', buffer: aPdf('referral') });
    await files(desk).getByText('It is in the record.').waitFor();
    expect(await files(desk).getByText('left eye.png').count()).toBe(0);
    expect(await barriers(desk)).toEqual([]);
    await desk.context().close();

    const nurse = await app.signIn('Nurse');
    await openPatient(nurse, 'Maria Santos');
    const saving = nurse.waitForEvent('download');
    await files(nurse)
      .getByRole('button', { name: /referral.pdf/ })
      .first()
      .click();
    expect((await saving).suggestedFilename()).toBe('referral.pdf');
    await files(nurse).getByRole('button', { name: 'Remove referral.pdf' }).click();
    const dialog = nurse.getByRole('dialog', { name: 'Remove referral.pdf' });
    await dialog.getByRole('button', { name: 'Remove from the record' }).click();
    await dialog.getByText('Write why this file is removed: the reason is kept.').waitFor();
    await dialog.getByLabel('Reason').fill('Another patient’s');
    await dialog.getByRole('button', { name: 'Remove from the record' }).click();
    await expect.poll(() => files(nurse).getByText('referral.pdf').count()).toBe(0);
    await expect.poll(() => files(nurse).getByText('left eye.png').count()).toBe(1);
    expect(await barriers(nurse)).toEqual([]);
    await nurse.context().close();
  });

  it('that break off say so, and arrive with one press more', async () => {
    const patient = await app.signIn('Patient', { width: phone });
    await patient.goto(`${app.url}/visits`);
    await patient.route('**/uploads/**', (route) => route.abort());
    await choose(patient, { name: 'again.png', mimeType: 'image/png', buffer: aPng('again') });
    await files(patient).getByText('The server is out of reach. Try again.').waitFor();

    await patient.unroute('**/uploads/**');
    await files(patient).getByRole('button', { name: 'Try again' }).click();

    await expect
      .poll(() =>
        files(patient)
          .getByRole('button', { name: /^again.png/ })
          .count(),
      )
      .toBe(1);
    await patient.context().close();
  });
});
