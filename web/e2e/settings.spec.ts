import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type RunningApp } from './support/app.ts';

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
}, 90_000);

afterAll(() => app.stop());

async function open(page: Page, path: string, title: string): Promise<void> {
  await page.goto(app.url + path);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

const section = (page: Page, name: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name, exact: true }) });

describe('the settings', () => {
  it('are saved section by section, wrong values at their field, and nothing typed is lost', async () => {
    const owner = await app.signIn('Owner', { width: 390 });
    await open(owner, '/settings', 'Settings');
    const clinic = section(owner, 'Clinic');
    const booking = section(owner, 'Booking rules');

    await clinic.getByLabel('Tax number').fill('TIN 123-456');
    await booking.getByLabel('Alert for a likely no-show after').fill('0');
    await booking.getByRole('button', { name: 'Save: Booking rules' }).click();
    await booking.getByText('Enter whole minutes from 1 to 1,440.').waitFor();
    const isAtFault = await booking
      .getByLabel('Alert for a likely no-show after')
      .evaluate((field) => field === document.activeElement);
    expect(isAtFault).toBe(true);
    await booking.getByLabel('Alert for a likely no-show after').fill('20');
    await booking.getByRole('button', { name: '2 days before' }).click();
    await booking.getByRole('button', { name: 'Save: Booking rules' }).click();
    await owner.getByText('Saved: Booking rules').first().waitFor();

    expect(await clinic.getByLabel('Tax number').inputValue()).toBe('TIN 123-456');
    await clinic.getByText('Not saved yet').waitFor();
    await clinic.getByRole('button', { name: 'Save: Clinic' }).click();
    await owner.getByText('Saved: Clinic').first().waitFor();
    await open(owner, '/settings', 'Settings');
    expect(await section(owner, 'Clinic').getByLabel('Tax number').inputValue()).toBe('TIN 123-456');
    const reminder = section(owner, 'Booking rules').getByRole('button', { name: '2 days before' });
    expect(await reminder.getAttribute('aria-pressed')).toBe('true');
  });

  it('ask before something unsaved is left behind', async () => {
    const owner = await app.signIn('Owner');
    await open(owner, '/settings', 'Settings');
    await section(owner, 'Clinic').getByLabel('Name of the clinic').fill('Half a name');

    await owner.getByRole('link', { name: 'Patients', exact: true }).click();
    const dialog = owner.getByRole('dialog');
    await dialog.getByText('Not saved yet: Clinic.').waitFor();
    await dialog.getByRole('button', { name: 'Stay here' }).click();
    expect(await section(owner, 'Clinic').getByLabel('Name of the clinic').inputValue()).toBe('Half a name');

    await owner.getByRole('link', { name: 'Patients', exact: true }).click();
    await dialog.getByRole('button', { name: 'Leave and lose it' }).click();
    await owner.getByRole('heading', { level: 1, name: 'Patients' }).waitFor();
  });

  it('show what another time zone means before it is taken', async () => {
    const owner = await app.signIn('Owner');
    await open(owner, '/settings', 'Settings');
    const time = section(owner, 'Time and language');
    const zone = (): Promise<string> => time.getByLabel('Time zone').innerText();
    const before = await zone();
    await time.getByLabel('Time zone').click();
    await owner.getByPlaceholder('Search').fill('New_York');
    await owner.getByRole('option', { name: 'America/New_York' }).click();

    await time.getByRole('button', { name: 'Save: Time and language' }).click();
    const dialog = owner.getByRole('dialog');
    await dialog.getByText(/keep their moment|keeps its moment/).waitFor();
    await dialog.getByText('Outside working hours').first().waitFor();
    await dialog.getByRole('button', { name: 'Keep the old zone' }).click();
    await time.getByText('Not saved yet').waitFor();
    await time.getByRole('button', { name: 'Save: Time and language' }).click();
    await dialog.getByRole('button', { name: 'Change time zone' }).click();
    await owner.getByText('Saved: Time and language').first().waitFor();

    expect(before).not.toContain('New_York');
    expect(await zone()).toContain('America/New_York');
  });
});

describe('services and doctors', () => {
  it('a service is changed, archived with a way back, and found behind the switch', async () => {
    const owner = await app.signIn('Owner');
    await open(owner, '/services', 'Services & prices');
    await owner.getByRole('button', { name: 'New service' }).click();
    await owner.getByLabel('Name').fill('Foot check');
    await owner.getByLabel(/^Price in/).fill('250');
    await owner.getByRole('button', { name: 'Add service' }).click();
    await owner.getByRole('button', { name: 'Change Foot check' }).click();
    await owner.getByLabel(/^Price in/).fill('275');
    await owner.getByRole('button', { name: 'Save service' }).click();
    await owner.getByRole('cell', { name: '₱275.00' }).waitFor();

    await owner.getByRole('button', { name: 'Archive Foot check' }).click();
    await owner.getByRole('button', { name: 'Undo' }).click();
    await owner.getByRole('button', { name: 'Archive Foot check' }).click();
    await owner.getByRole('button', { name: 'Archive Foot check' }).waitFor({ state: 'detached' });
    await owner.getByRole('switch', { name: /^Show archived/ }).click();
    await owner.getByRole('button', { name: 'Restore Foot check' }).click();
    await owner.getByRole('switch', { name: /^Show archived/ }).waitFor({ state: 'detached' });
    expect(await owner.getByRole('button', { name: 'Archive Foot check' }).count()).toBe(1);
  });

  it('a doctor gets a licence, a list of services and a lunch break', async () => {
    const owner = await app.signIn('Owner', { width: 390 });
    await open(owner, '/doctors', 'Doctors');
    await owner.getByRole('button', { name: 'Edit Dr. Ana Reyes' }).click();
    const panel = owner.getByRole('dialog');
    await panel.getByLabel('Licence number').fill('PRC 0042');
    const everything = panel.getByRole('checkbox', { name: 'Everything the clinic offers' });
    if (await everything.isChecked()) await everything.click();
    await panel.getByRole('checkbox', { name: 'Consultation' }).setChecked(true);
    await panel.getByRole('button', { name: 'Save doctor' }).click();
    await owner.getByText('Dr. Ana Reyes is saved').first().waitFor();
    await owner.getByRole('button', { name: 'Edit Dr. Ana Reyes' }).click();
    expect(await panel.getByLabel('Licence number').inputValue()).toBe('PRC 0042');
    await owner.keyboard.press('Escape');

    await owner.getByRole('button', { name: 'Edit hours of Dr. Ana Reyes' }).click();
    await panel.getByLabel('Monday, from').first().fill('08:00');
    await panel.getByRole('button', { name: 'Copy Monday to Tuesday–Friday' }).click();
    expect(await panel.getByLabel('Friday, from').first().inputValue()).toBe('08:00');
    await panel.getByRole('switch', { name: 'Sunday' }).click();
    await panel.getByRole('button', { name: 'Save hours' }).click();
    await owner.getByText('Hours of Dr. Ana Reyes saved').first().waitFor();
  });
});
