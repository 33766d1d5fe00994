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

const notice = (page: Page, words: RegExp | string) => page.getByText(words).first();
const column = (page: Page, name: string) => page.getByRole('region', { name });

describe('the front desk', () => {
  it('checks in with one press, and takes it back', async () => {
    const desk = await app.signIn('Front desk');
    const button = desk.getByRole('list', { name: 'Appointments' }).getByRole('button', { name: /^Check in / });
    await button.first().waitFor();
    const before = await button.count();

    await button.first().click();
    await notice(desk, /^Checked in: number 1/).waitFor();
    await expect.poll(() => button.count()).toBe(before - 1);
    await desk.getByRole('button', { name: 'Undo' }).click();
    await notice(desk, /^Check-in undone/).waitFor();
    await expect.poll(() => button.count()).toBe(before);
    await desk.context().close();
  });

  it('takes in a walk-in, calls and sends in, and every other window sees it without a reload', async () => {
    const desk = await app.signIn('Front desk');
    const nurse = await app.signIn('Nurse');
    const patient = await app.signIn('Patient', { width: phone });
    for (const page of [desk, nurse]) {
      await page.keyboard.press('g');
      await page.keyboard.press('q');
      await page.getByRole('heading', { level: 1, name: 'Queue' }).waitFor();
    }
    await nurse.getByText('Nobody is here yet').waitFor();

    expect(await walkIn(desk, 'Maria Santos', 'Ana Reyes')).toBe('2');
    await column(nurse, 'Waiting').getByText('Maria Santos').waitFor();
    const place = patient.getByRole('region', { name: 'Your place in the queue' });
    await place.getByText('You are next').waitFor();
    await nurse.getByRole('button', { name: 'Vital signs of Maria Santos' }).click();
    await nurse.getByLabel('Temperature, °C').fill('36,9');
    await nurse.getByRole('button', { name: 'Save vital signs' }).click();
    await notice(nurse, 'Vital signs saved').waitFor();
    await nurse.getByRole('textbox', { name: 'Allergies' }).fill('Penicillin');
    await nurse.getByRole('button', { name: 'Save allergies' }).click();
    await notice(nurse, 'Allergies saved').waitFor();
    await nurse.getByRole('button', { name: 'Close' }).first().click();

    const card = column(desk, 'Waiting').getByRole('listitem').filter({ hasText: 'Maria Santos' });
    await card.dragTo(column(desk, 'Done'));
    await notice(desk, /^Only the treating doctor completes/).waitFor();
    await card.dragTo(column(desk, 'Called'));
    await place.getByText('It is your turn').waitFor();
    await column(nurse, 'Called').getByText('Maria Santos').waitFor();
    await desk.getByRole('button', { name: 'Send in Maria Santos' }).click();
    await column(nurse, 'With doctor').getByText('Maria Santos').waitFor();
    await place.getByText('You are with Dr. Ana Reyes').waitFor();
    expect(await barriers(patient)).toEqual([]);
    expect(await desk.getByRole('button', { name: /omplete/ }).count()).toBe(0);
    expect(await barriers(nurse)).toEqual([]);

    await nurse.setViewportSize({ width: phone, height: 900 });
    await nurse.getByRole('button', { name: /^With doctor/ }).click();
    await column(nurse, 'With doctor').getByText('Maria Santos').waitFor();
    expect(await column(nurse, 'Waiting').count()).toBe(0);
    expect(await barriers(nurse)).toEqual([]);
    await Promise.all([nurse, patient].map((page) => page.context().close()));
  });
});

describe('the doctor', () => {
  it('is told who was sent in, writes in two windows without losing a word, completes, and adds later', async () => {
    const desk = await app.signIn('Front desk');
    const doctor = await app.signIn('Doctor');
    await doctor.evaluate(() => Reflect.set(window, 'notReloaded', true));
    await desk.goto(`${app.url}/queue`);
    // The patient of the test before is back in the queue by the doctor's own hand.
    await doctor.getByRole('button', { name: 'Back to the queue: Maria Santos' }).click();
    await desk.getByRole('button', { name: 'Send in Maria Santos' }).click();

    await doctor.getByText(/^With you now: number 2, Maria Santos/).waitFor();
    await doctor.getByRole('region', { name: 'With you now' }).getByRole('link').click();
    await doctor.getByRole('heading', { level: 1, name: 'Consultation' }).waitFor();
    const address = doctor.url();
    await doctor.getByText('Allergies: Penicillin').waitFor();
    await doctor.getByLabel('Symptoms').fill('Blurred sight');
    await doctor.getByText(/^Saved \d/).waitFor();
    await doctor.getByRole('textbox', { name: 'Temperature, °C' }).fill('37,2');
    await doctor.getByRole('button', { name: 'Save vital signs' }).click();
    await doctor.getByText(/^Measured/).waitFor();
    // One measurement is a figure; a second one will make it a plot.
    await doctor.getByText('37.2', { exact: true }).waitFor();

    await doctor.getByRole('button', { name: 'Eye exam' }).click();
    const sphere = doctor.getByLabel('Right eye, Sphere');
    await sphere.fill('-1,3');
    await doctor.getByText('Right eye, Sphere: enter it in steps of 0.25.').waitFor();
    await sphere.fill('-1');
    await sphere.press('ArrowDown');
    await sphere.press('Enter');
    expect(await doctor.getByLabel('Right eye, Cylinder').evaluate((input) => input === document.activeElement)).toBe(
      true,
    );
    await doctor.getByText(/^Saved \d/).waitFor();

    const second = await app.signIn('Doctor');
    await second.goto(address);
    await second.getByLabel('Notes', { exact: true }).fill('From the other window');
    await second.getByText(/^Saved \d/).waitFor();
    await second.context().close();
    await doctor.getByLabel('Notes', { exact: true }).fill('From this window');
    await doctor.getByText(/^These notes were saved in another window/).waitFor();
    await doctor.getByText('From the other window', { exact: true }).waitFor();
    await doctor.getByRole('button', { name: 'Keep both' }).click();
    await expect
      .poll(() => doctor.getByLabel('Notes', { exact: true }).inputValue())
      .toBe('From the other window\n\nFrom this window');
    await doctor.getByText(/^Saved \d/).waitFor();
    expect(await barriers(doctor)).toEqual([]);

    await doctor.getByRole('button', { name: 'Complete consultation' }).click();
    await doctor.getByRole('button', { name: 'Complete and lock' }).click();
    await doctor.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    await column(desk, 'Done').getByText('Maria Santos').waitFor();
    expect(await doctor.evaluate(() => Reflect.get(window, 'notReloaded') === true)).toBe(true);

    await doctor.goto(address);
    await doctor.getByRole('row', { name: 'Right -1.25' }).waitFor();
    await doctor.getByLabel('Addendum').fill('Called her in the evening');
    await doctor.getByRole('button', { name: 'Add to the notes' }).click();
    await doctor.getByText(/^Added by Dr\. Ana Reyes/).waitFor();
    expect(await doctor.getByLabel('Notes', { exact: true }).count()).toBe(0);

    await doctor.getByRole('link', { name: 'My patients' }).click();
    await doctor
      .getByRole('row', { name: /^Maria Santos .* 1 P-/ })
      .getByRole('button')
      .click();
    await doctor.getByRole('listitem').filter({ hasText: 'Completed' }).getByRole('link').click();
    await doctor.getByRole('heading', { level: 1, name: 'Consultation' }).waitFor();

    const patient = await app.signIn('Patient', { width: phone });
    await patient
      .getByRole('region', { name: 'Your place in the queue' })
      .getByText('Your consultation is over')
      .waitFor();
    await patient.getByRole('link', { name: 'Visits' }).click();
    await patient
      .getByRole('button', { name: /Checked in/ })
      .first()
      .click();
    await patient.getByText('Called her in the evening').waitFor();
    expect(await barriers(patient)).toEqual([]);
  });
});
