import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type RunningApp } from './support/app.ts';
import { openLinkOf } from './support/inbox.ts';
import { barriers } from './support/barriers.ts';

const demoPassword = 'demo-clinic-2026';

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
}, 90_000);

afterAll(() => app.stop());

const isIn = (page: Page) => page.getByRole('button', { name: /^Messages/ }).waitFor();
const codeField = (page: Page) => page.getByRole('textbox', { name: /^(Code|Recovery code)/ });
const cover = (page: Page) => page.getByRole('dialog', { name: 'Your session has ended' });

async function openProfile(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Profile & security' }).click();
  await page.getByRole('heading', { name: 'Where you are signed in' }).waitFor();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}

async function typePassword(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
}

describe('a nurse on the team', () => {
  it('is invited by the keyboard, accepts in her own window, and is out within five seconds', async () => {
    const owner = await app.signIn('Owner');
    await owner.keyboard.press('g');
    await owner.keyboard.press('m');
    await owner.getByRole('heading', { level: 1, name: 'Team' }).waitFor();
    await owner.keyboard.press('n');
    await owner.getByRole('dialog', { name: 'Invite' }).waitFor();
    await owner.getByLabel('Name').fill('Nina Ocampo');
    await owner.keyboard.press('Tab');
    await owner.keyboard.type('nina@example.org');
    await owner.keyboard.press('Tab');
    await owner.keyboard.press('ArrowDown');
    await owner.keyboard.press('Tab');
    await owner.keyboard.press('Enter');
    await owner.getByText('Nina Ocampo is invited').waitFor();
    await owner.keyboard.press('Escape');

    const nurse = await openLinkOf(app, 'nina@example.org');
    await nurse.getByText('Elena Cruz').waitFor();
    expect(nurse.url()).toBe(`${app.url}/invitation`);
    await nurse.getByLabel('Choose a password').fill('A quiet sentence of hers');
    await nurse.keyboard.press('Enter');
    await isIn(nurse);
    expect(await nurse.getByRole('link', { name: 'Team' }).count()).toBe(0);

    await owner.getByRole('link', { name: 'Patients' }).click();
    // Before it is there, the way back would be a way to where one still is.
    await owner.getByRole('heading', { level: 1, name: 'Patients' }).waitFor();
    await owner.getByRole('link', { name: 'Team' }).click();
    await owner.getByRole('button', { name: /Nina Ocampo.*Active/ }).click();
    await owner.getByRole('button', { name: 'Switch off' }).click();
    await owner
      .getByRole('dialog', { name: 'Switch Nina Ocampo off?' })
      .getByRole('button', { name: 'Switch off' })
      .click();
    await owner.getByText('Nina Ocampo is switched off').first().waitFor();

    await cover(nurse).waitFor({ timeout: 5_000 });
    expect(await nurse.getByRole('link', { name: 'Patients' }).isVisible()).toBe(false);
  });
});

describe('a second factor', () => {
  it('is set up with an authenticator app; then the password alone is not enough, and a recovery code is', async () => {
    const desk = await app.signIn('Front desk');
    await openProfile(desk);
    await desk.getByRole('button', { name: 'Set it up' }).click();
    const secret = (await desk.locator('[data-secret]').innerText()).replaceAll(' ', '');
    const recoveryCode = await desk
      .getByRole('listitem')
      .filter({ hasText: /^\w{5}-\w{5}$/ })
      .first()
      .innerText();
    const phone = new TOTP({ secret: Secret.fromBase32(secret) });
    await codeField(desk).fill(phone.generate());
    await desk.keyboard.press('Enter');
    await desk.getByText('Two-factor sign-in is on').first().waitFor();
    await signOut(desk);

    await typePassword(desk, 'reception@demo.clinic', demoPassword);
    await codeField(desk).waitFor();
    // No code counts twice: the phone shows the next one by now.
    await desk.keyboard.type(phone.generate({ timestamp: Date.now() + 30_000 }));
    await desk.keyboard.press('Enter');
    await isIn(desk);
    await signOut(desk);

    await typePassword(desk, 'reception@demo.clinic', demoPassword);
    await desk.getByRole('button', { name: 'Use a recovery code' }).click();
    await desk.keyboard.type(recoveryCode);
    await desk.keyboard.press('Enter');
    await isIn(desk);
    expect(new URL(desk.url()).pathname).toBe('/today');
  });
});

describe('a forgotten password', () => {
  it('is set anew by the link of a letter, once', async () => {
    const nurse = await app.openWindow();
    await nurse.getByRole('link', { name: 'Forgot your password?' }).click();
    // The page that is left has a field of that name as well.
    await nurse.waitForURL('**/forgot-password');
    await nurse.getByLabel('E-mail').fill('nurse@demo.clinic');
    await nurse.keyboard.press('Enter');
    await nurse.getByText('Look into the mail of nurse@demo.clinic').waitFor();

    const window = await openLinkOf(app, 'nurse@demo.clinic');
    await window.getByLabel('New password').fill('Another sentence of hers');
    await window.keyboard.press('Enter');
    await isIn(window);

    const again = await openLinkOf(app, 'nurse@demo.clinic');
    await again.getByLabel('New password').fill('A third sentence');
    await again.keyboard.press('Enter');
    const refusal = again.getByRole('alert').filter({ hasText: 'This link was used or has expired.' });
    await refusal.waitFor();
    expect(await refusal.isVisible()).toBe(true);
  });
});

describe('a session that ends in the middle of a form', () => {
  it('loses nothing: the same person signs in and goes on exactly there', async () => {
    const owner = await app.signIn('Owner');
    await owner.getByRole('link', { name: 'Services & prices' }).click();
    await owner.getByRole('button', { name: 'New service' }).click();
    await owner.getByLabel('Name').fill('Half typed');
    const elsewhere = await app.signIn('Owner');
    await openProfile(elsewhere);
    await elsewhere.getByRole('button', { name: 'Sign out all others' }).click();

    await cover(owner).waitFor();
    expect(await barriers(owner)).toEqual([]);
    await owner.keyboard.press('Escape');
    await owner.goBack();
    expect(await cover(owner).isVisible()).toBe(true);
    expect(await owner.getByLabel('Name').isVisible()).toBe(false);
    await owner.getByLabel('Password', { exact: true }).fill(demoPassword);
    await owner.keyboard.press('Enter');
    await cover(owner).waitFor({ state: 'detached' });

    expect(await owner.getByLabel('Name').inputValue()).toBe('Half typed');
    await owner.keyboard.type(' and finished');
    await owner.getByLabel('Price in PHP').fill('500');
    await owner.keyboard.press('Enter');
    await owner.getByText('Half typed and finished').first().waitFor();
  });
});
