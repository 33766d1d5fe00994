import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type RunningApp } from './support/app.ts';

const phone = 390;
/** What the whole way may cost; typing comes on top. */
const mostClicks = 12;

let app: RunningApp;

beforeAll(async () => {
  app = await startApp({ demo: false });
}, 90_000);

afterAll(() => app.stop());

/** Registers a clinic, as on a phone; ends on the first step of the set-up. */
async function register(page: Page, name: string, click = (target: Locator) => target.click()): Promise<void> {
  if (!page.url().endsWith('/register-clinic')) await click(page.getByRole('link', { name: 'Register it' }));
  await page.getByLabel('Name of the clinic').fill(name);
  await page.getByText('This address is free.').waitFor();
  await page.getByLabel('Your name').fill('Dr. Olive Owner');
  await page.getByLabel('E-mail').fill(`${name.toLowerCase().replaceAll(' ', '-')}@example.org`);
  await page.getByLabel('Password', { exact: true }).fill('correct horse');
  await click(page.getByRole('button', { name: 'Register the clinic' }));
  await page.getByRole('heading', { name: 'Where is the clinic?' }).waitFor();
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

describe('an owner who registered without treating', () => {
  it('gets a profile and hours of their own when they treat after all', async () => {
    const page = await app.openWindow({ width: phone });
    await page.getByRole('link', { name: 'Register it' }).click();
    await page.getByRole('checkbox', { name: 'I also treat patients' }).click();
    await register(page, 'Riverside Clinic');
    await press(page, 'Skip');

    await press(page, 'I treat patients myself');
    await press(page, 'Save hours and go on');
    await heading(page, 'What do you offer?');
    expect(await page.getByRole('button', { name: 'Hours: done' }).count()).toBe(1);
  });
});

describe('an empty installation', () => {
  it('leads from registration to the first booked appointment in few clicks', async () => {
    const page = await app.openWindow({ width: phone });
    let clicks = 0;
    const click = (target: Locator) => {
      clicks += 1;
      return target.click();
    };
    const button = (name: string) => page.getByRole('button', { name, exact: true });

    await register(page, 'Bayview Clinic', click);
    await page.getByLabel('Address').fill('12 Rizal Avenue, Manila');
    await click(button('Save and go on'));
    await heading(page, 'When is the doctor there?');
    await click(button('Save hours and go on'));
    await page.getByLabel('Price in').fill('600');
    await click(button('Add and go on'));
    await heading(page, 'Who works with you?');
    await click(button('Skip'));
    await page.getByLabel('First name').fill('Maria');
    await click(button('Create and go on'));
    await click(page.getByRole('link', { name: 'Book the first appointment' }));
    await click(page.getByRole('button', { name: /^Consultation/ }));
    await click(
      page
        .getByRole('main')
        .getByRole('button', { name: /^\d{1,2}:\d\d [AP]M$/ })
        .first(),
    );
    await click(button('Book appointment'));

    await page.getByText('Booked: Maria').first().waitFor();
    expect(clicks).toBeLessThanOrEqual(mostClicks);
    // The set-up has done its work: nothing on the first screen asks for it any more.
    await page.getByText('Maria').first().waitFor();
    expect(await page.getByText('Get ready for the first appointment').count()).toBe(0);
  });

  it('is set up in any order, left at any time, and gone on with on another device', async () => {
    const page = await app.openWindow({ width: phone });
    await register(page, 'Hilltop Clinic');
    await press(page, 'Skip');
    await heading(page, 'When is the doctor there?');
    await press(page, 'Save hours and go on');
    await heading(page, 'What do you offer?');
    await page.getByRole('link', { name: 'Leave for now' }).click();
    await page.getByText('2 of 5 steps').waitFor();

    const other = await app.openWindow();
    await other.getByLabel('E-mail').fill('hilltop-clinic@example.org');
    await other.getByLabel('Password', { exact: true }).fill('correct horse');
    await press(other, 'Sign in');
    // What was skipped, only the first browser knows; what is done, both.
    await other.getByText('1 of 5 steps').waitFor();
    await other.getByRole('link', { name: 'Go on' }).click();
    await other.getByRole('button', { name: 'Hours: done' }).waitFor();
    await other.getByRole('button', { name: 'Services: open' }).click();
    await press(other, 'Follow-up');
    await other.getByLabel('Price in').first().fill('600');
    await other.getByLabel('Price in').last().fill('0.001');
    await press(other, 'Add and go on');
    await other.getByText('Enter a price of zero or more').waitFor();
    expect(await other.getByLabel('Name', { exact: true }).inputValue()).toBe('Follow-up');
    await other.getByLabel('Price in').fill('300');
    await press(other, 'Add and go on');
    await other.getByRole('button', { name: 'Services: done' }).waitFor();
  });

  it('invites the team, says at its row what is wrong, and shows patients their page', async () => {
    const page = await app.openWindow();
    await register(page, 'Lakeside Clinic');
    await page.getByRole('button', { name: 'Team: open' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Rita Rivera');
    await page.getByLabel('E-mail').fill('rita');
    await press(page, 'Invite and go on');
    await page.getByText('Enter an e-mail address such as').waitFor();
    await page.getByLabel('E-mail').fill('rita@example.org');
    await press(page, 'Invite and go on');
    await page.getByText('1 invitation is on its way').first().waitFor();

    const stranger = await app.openWindow({ width: phone });
    await stranger.goto(`${app.url}/c/lakeside-clinic`);
    await heading(stranger, 'Lakeside Clinic');
    await stranger.getByRole('button', { name: /^Dr\. Olive Owner/ }).waitFor();
    await stranger.getByRole('link', { name: 'Open an account without a time' }).click();
    await heading(stranger, 'Open your account');
    expect(await stranger.getByLabel('Clinic').inputValue()).toBe('lakeside-clinic');

    await stranger.goto(`${app.url}/c/no-such-clinic`);
    await heading(stranger, 'There is no clinic at this address');
  });
});
