import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { report } from '../../api/test/support/report.ts';
import { startApp, type RunningApp } from './support/app.ts';
import { openLinkOf } from './support/inbox.ts';

const password = 'correct horse battery';

/** Of everybody together, from the empty installation to the first booking; typing comes on top. */
const mostClicks = 30;

let app: RunningApp;
let clicks = 0;

beforeAll(async () => {
  app = await startApp({ demo: false });
}, 90_000);

afterAll(() => app.stop());

async function click(target: Locator): Promise<void> {
  clicks += 1;
  await target.click();
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).waitFor();

async function registerWithoutTreating(owner: Page): Promise<void> {
  await click(owner.getByRole('link', { name: 'Register it' }));
  await owner.getByLabel('Name of the clinic').fill('Harbour Clinic');
  await owner.getByText('This address is free.').waitFor();
  await owner.getByLabel('Your name').fill('Elena Cruz');
  await owner.getByLabel('E-mail').fill('elena@example.org');
  await owner.getByLabel('Password', { exact: true }).fill(password);
  await click(owner.getByRole('checkbox', { name: 'I also treat patients' }));
  await click(button(owner, 'Register the clinic'));
  await heading(owner, 'Where is the clinic?');
}

/** Address, one service with its price, and two people of the team. */
async function setUp(owner: Page): Promise<void> {
  await owner.getByLabel('Address').fill('12 Rizal Avenue, Manila');
  await click(button(owner, 'Save and go on'));
  await click(button(owner, 'Somebody else will'));
  await owner.getByLabel('Price in').fill('600');
  await click(button(owner, 'Add and go on'));
  await heading(owner, 'Who works with you?');
  await owner.getByLabel('Name', { exact: true }).fill('Dr. Ramesh Rao');
  await owner.getByLabel('E-mail').fill('rao@example.org');
  await click(owner.getByLabel('Role'));
  await click(owner.getByRole('option', { name: 'Doctor' }));
  await click(button(owner, 'Another person'));
  await owner.getByLabel('Name', { exact: true }).last().fill('Jun Villanueva');
  await owner.getByLabel('E-mail').last().fill('jun@example.org');
  await click(owner.getByLabel('Role').last());
  await click(owner.getByRole('option', { name: 'Front desk' }));
  await click(button(owner, 'Invite and go on'));
  await heading(owner, 'Who is your first patient?');
}

const fiveHundred = [
  'first_name,last_name,birth_date,sex,phone',
  ...Array.from({ length: 500 }, (_none, index) => {
    const letters = String(index).replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));
    return `Maria ${letters},Santos,19${50 + (index % 50)}-06-14,F,0917${1_000_000 + index}`;
  }),
].join('\n');

async function importPatients(owner: Page): Promise<void> {
  await click(owner.getByRole('link', { name: 'Import a list instead' }));
  clicks += 1;
  await owner
    .locator('input[type=file]')
    .setInputFiles({ name: 'patients.csv', mimeType: 'text/csv', buffer: Buffer.from(fiveHundred) });
  await click(button(owner, 'Check 500 rows'));
  await click(button(owner, 'Import 500 patients'));
  await owner.getByText('500 patients imported').waitFor();
}

/** Follows the link in the letter, as in any mailbox, and chooses a password. */
async function accept(email: string): Promise<Page> {
  clicks += 1;
  const window = await openLinkOf(app, email);
  await window.getByLabel('Choose a password').fill(password);
  await click(window.getByRole('main').locator('button[type=submit]'));
  await window.getByRole('button', { name: /^Messages/ }).waitFor();
  return window;
}

async function enterHours(owner: Page): Promise<void> {
  await click(owner.getByRole('link', { name: 'Doctors' }));
  await click(button(owner, /^Edit hours of Dr\. Ramesh Rao/));
  await click(button(owner, /^Monday to Friday/));
  await click(button(owner, 'Save hours'));
  await owner.getByText('Hours of Dr. Ramesh Rao saved').first().waitFor();
}

async function book(desk: Page): Promise<void> {
  await click(desk.getByRole('navigation').first().getByRole('link', { name: 'New appointment' }));
  await desk.getByRole('searchbox').fill('maria bca');
  await click(button(desk, /Maria bca/));
  await click(button(desk, /^Consultation/));
  await click(
    desk
      .getByRole('main')
      .getByRole('button', { name: /^\d{1,2}:\d\d [AP]M$/ })
      .first(),
  );
  await click(button(desk, 'Book appointment'));
  await desk
    .getByText(/^Booked: Maria bca/)
    .first()
    .waitFor();
}

describe('the first morning of a clinic that nobody has prepared', () => {
  it('goes from registration to the first booking, with a team and five hundred patients', async () => {
    const start = performance.now();
    const owner = await app.openWindow({ width: 1366 });

    await registerWithoutTreating(owner);
    await setUp(owner);
    await importPatients(owner);
    const doctor = await accept('rao@example.org');
    const desk = await accept('jun@example.org');
    await enterHours(owner);
    await book(desk);

    // The doctor's own screen knows it without a reload.
    await doctor.getByText('Maria bca').first().waitFor();
    const seconds = (performance.now() - start) / 1_000;
    report(
      `registration to first booking, three people, 500 patients: ${clicks} clicks, ${seconds.toFixed(0)} s of a script`,
    );
    expect(clicks).toBeLessThanOrEqual(mostClicks);
  });
});
