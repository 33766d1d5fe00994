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

const notice = (page: Page, words: RegExp | string) => page.getByText(words).first();
const column = (page: Page, name: string) => page.getByRole('region', { name });

/** Puts somebody into the queue from the desk, as a walk-in for one doctor. */
async function walkIn(desk: Page, patient: string, doctor: string): Promise<string> {
  await desk.getByRole('button', { name: 'Walk-in' }).first().click();
  const panel = desk.getByRole('dialog', { name: 'Walk-in' });
  await panel.getByRole('searchbox').fill(patient);
  await panel
    .getByRole('button', { name: new RegExp(patient) })
    .first()
    .click();
  await panel
    .getByRole('button', { name: /Consultation/ })
    .first()
    .click();
  await panel.getByRole('button', { name: new RegExp(doctor) }).click();
  await panel.getByRole('button', { name: 'Check in' }).click();
  const words = await notice(desk, /^Checked in: number/).innerText();
  return /number (\d+)/.exec(words)?.[1] ?? '';
}

describe('the front desk', () => {
  it('takes in a walk-in, calls and sends in, and every other window sees it without a reload', async () => {
    const desk = await app.signIn('Front desk');
    const nurse = await app.signIn('Nurse');
    for (const page of [desk, nurse]) {
      await page.keyboard.press('g');
      await page.keyboard.press('q');
      await page.getByRole('heading', { level: 1, name: 'Queue' }).waitFor();
    }
    await nurse.getByText('Nobody is here yet').waitFor();

    expect(await walkIn(desk, 'Maria Santos', 'Ana Reyes')).toBe('1');
    await column(nurse, 'Waiting').getByText('Maria Santos').waitFor();
    await desk.getByRole('button', { name: 'Call Maria Santos' }).click();
    await column(nurse, 'Called').getByText('Maria Santos').waitFor();
    await desk.getByRole('button', { name: 'Send in Maria Santos' }).click();
    await column(nurse, 'With doctor').getByText('Maria Santos').waitFor();
    expect(await desk.getByRole('button', { name: /omplete/ }).count()).toBe(0);
    expect(await barriers(nurse)).toEqual([]);

    await nurse.setViewportSize({ width: phone, height: 900 });
    await nurse.getByRole('button', { name: /^With doctor/ }).click();
    await column(nurse, 'With doctor').getByText('Maria Santos').waitFor();
    expect(await column(nurse, 'Waiting').count()).toBe(0);
    expect(await barriers(nurse)).toEqual([]);
  });
});
