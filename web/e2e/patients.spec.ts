import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type RunningApp } from './support/app.ts';

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
}, 90_000);

afterAll(() => app.stop());

const panel = (page: Page, title: string | RegExp) => page.getByRole('dialog', { name: title });
const field = (page: Page, name: string) => page.getByRole('dialog').last().getByLabel(name);

/** Finds a patient as the desk does, and opens the record. */
async function openRecord(page: Page, search: string, name: string): Promise<void> {
  await page.goto(`${app.url}/patients`);
  await page.getByRole('searchbox').fill(search);
  await page.getByRole('button', { name, exact: true }).first().click();
  await panel(page, name).waitFor();
}

async function create(page: Page, [firstName, lastName]: [string, string], phone: string): Promise<void> {
  await page.goto(`${app.url}/patients?new=1`);
  await field(page, 'First name').fill(firstName);
  await field(page, 'Last name').fill(lastName);
  await field(page, 'Phone').fill(phone);
  await page.getByRole('button', { name: 'Create record' }).click();
  await panel(page, `${firstName} ${lastName}`).waitFor();
}

describe('the front desk', () => {
  it('is told while typing who may be here already, and finds a misspelled name', async () => {
    const desk = await app.signIn('Front desk');
    await create(desk, ['Consuelo', 'Evangelista'], '0917 555 0101');

    await desk.goto(`${app.url}/patients?new=1`);
    await field(desk, 'First name').fill('Evangelista');
    await field(desk, 'Last name').fill('Consuelo');
    await field(desk, 'Phone').fill('+63 917 555 0101');
    await desk.getByText('Very likely here already').waitFor();
    await desk.getByRole('button', { name: /Use the record of Consuelo Evangelista/ }).click();
    await panel(desk, 'Consuelo Evangelista').waitFor();

    await openRecord(desk, 'evangalista', 'Consuelo Evangelista');
    expect(await panel(desk, 'Consuelo Evangelista').getByText('+63 917 555 0101').count()).toBe(1);
  });

  it('keeps what was typed when somebody else was faster', async () => {
    const [desk, owner] = [await app.signIn('Front desk'), await app.signIn('Owner')];
    await create(desk, ['Teodora', 'Alonso'], '0917 555 0202');
    await openRecord(owner, 'teodora', 'Teodora Alonso');
    await desk.getByRole('button', { name: 'Edit', exact: true }).click();
    await field(desk, 'Address').fill('Calamba');
    await owner.getByRole('button', { name: 'Edit', exact: true }).click();
    await field(owner, 'Address').fill('Biñan');
    await field(owner, 'E-mail').fill('teodora@example.org');
    await owner.getByRole('button', { name: 'Save', exact: true }).click();
    await owner.getByText('Saved', { exact: true }).first().waitFor();

    await desk.getByRole('button', { name: 'Save', exact: true }).click();
    await desk.getByText(/^Elena Cruz changed this record at/).waitFor();

    expect(await field(desk, 'Address').inputValue()).toBe('Calamba');
    expect(await field(desk, 'E-mail').inputValue()).toBe('teodora@example.org');
    await desk.getByText('Now there: Biñan').waitFor();
    await desk.getByRole('button', { name: 'Keep mine' }).click();
    await panel(desk, 'Edit Teodora Alonso').waitFor({ state: 'hidden' });
    await panel(desk, 'Teodora Alonso').getByText('Calamba').waitFor();
    await panel(desk, 'Teodora Alonso').getByText('teodora@example.org').waitFor();
  });

  it('writes down a consent, with when and by whom', async () => {
    const desk = await app.signIn('Front desk');
    await create(desk, ['Melchora', 'Aquino'], '0917 555 0303');

    await desk.getByRole('switch', { name: 'SMS about own care' }).click();
    await desk.getByRole('switch', { name: 'SMS about own care', checked: true }).waitFor();

    expect(await desk.getByText(/^Written down Today/).textContent()).toMatch(/ by Jun Villanueva$/);
  });

  it('merges two records of one person, and the other leads to the one that stays', async () => {
    const desk = await app.signIn('Front desk');
    await create(desk, ['Gregoria', 'Dejesus'], '0917 555 0404');
    await create(desk, ['Gregorya', 'Dejesus'], '0917 555 0405');
    const gone = desk.url();

    await openRecord(desk, 'gregoria dejesus', 'Gregoria Dejesus');
    await desk.getByRole('button', { name: 'More steps' }).click();
    await desk.getByRole('menuitem', { name: 'Merge with another record' }).click();
    await desk
      .getByRole('dialog')
      .last()
      .getByRole('button', { name: /Gregorya Dejesus/ })
      .click();
    await desk.getByText('Which record stays?').waitFor();
    await desk.getByRole('button', { name: 'Merge the records' }).click();
    await desk.getByText('Gregoria Dejesus is one record now').first().waitFor();

    await desk.goto(gone);
    await desk.getByText(/^This record was merged into P-/).waitFor();
    await desk.getByRole('button', { name: 'Open Gregoria Dejesus' }).click();
    await panel(desk, 'Gregoria Dejesus').waitFor();
    expect(desk.url()).not.toBe(gone);
  });

  it('imports a file: dry run, refused rows as a file, result, and back', async () => {
    const desk = await app.signIn('Front desk');
    await desk.goto(`${app.url}/patients/import`);
    const csv =
      'first_name,last_name,birth_date\nApolinario,Mabini,1964-07-23\nJuan,Luna,23.10.1957\nMarcela,Agoncillo,1959-06-24\n';
    await desk
      .locator('input[type=file]')
      .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await desk.getByText('people.csv').waitFor();

    await desk.getByRole('button', { name: 'Check 3 rows' }).click();
    await desk.getByText('2 patients can be imported, 1 refused').waitFor();
    const [download] = await Promise.all([
      desk.waitForEvent('download'),
      desk.getByRole('button', { name: 'Download as CSV' }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toBe(
      '\uFEFFrow,reason\r\n2,"Write the birth date as 1990-06-14."\r\n',
    );
    await desk.getByRole('button', { name: 'Import 2 patients' }).click();
    await desk.getByText('2 patients imported').waitFor();
    await desk.getByRole('button', { name: 'Take it back' }).click();
    await desk.getByText('2 records taken back').waitFor();

    await desk.goto(`${app.url}/patients`);
    await desk.getByRole('searchbox').fill('apolinario');
    await desk.getByText('Nothing matches').waitFor();
  });
});

describe('an owner', () => {
  it('archives a record, and has it back with one press', async () => {
    const owner = await app.signIn('Owner');
    await create(owner, ['Josefa', 'Llanes'], '0917 555 0505');
    await owner.getByRole('button', { name: 'More steps' }).click();
    await owner.getByRole('menuitem', { name: 'Archive' }).click();
    await panel(owner, 'Josefa Llanes').waitFor({ state: 'hidden' });
    await owner.getByRole('searchbox').fill('josefa');
    const row = owner.getByRole('button', { name: 'Josefa Llanes', exact: true });
    await row.waitFor({ state: 'hidden' });

    await owner.getByRole('button', { name: 'Undo' }).click();

    await row.waitFor();
    expect(await row.count()).toBe(1);
  });
});

describe('the palette', () => {
  it('leads by keyboard alone to a patient, a page and a step', async () => {
    const desk = await app.signIn('Front desk');
    await create(desk, ['Trinidad', 'Tecson'], '0917 555 0606');
    await desk.goto(`${app.url}/today`);
    await desk.getByRole('heading', { level: 1, name: 'Today' }).waitFor();

    await desk.keyboard.press('Control+k');
    await desk.keyboard.type('tecsn');
    await desk.getByRole('option', { name: /Trinidad Tecson/ }).waitFor();
    await desk.keyboard.press('Enter');
    await panel(desk, 'Trinidad Tecson').waitFor();
    await desk.keyboard.press('Escape');
    await panel(desk, 'Trinidad Tecson').waitFor({ state: 'hidden' });

    await desk.keyboard.press('Control+k');
    await desk.keyboard.type('import pat');
    await desk.getByRole('option', { name: 'Import patients' }).waitFor();
    await desk.keyboard.press('Enter');
    await desk.getByRole('heading', { level: 1, name: 'Import patients' }).waitFor();
    await desk.getByRole('dialog').waitFor({ state: 'hidden' });

    await desk.keyboard.press('/');
    await desk.keyboard.type('requests');
    await desk
      .getByRole('option', { name: /Requests/ })
      .first()
      .waitFor();
    await desk.keyboard.press('Enter');
    await desk.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
    expect(new URL(desk.url()).pathname).toBe('/requests');
  });

  it('offers a patient pages and steps, and nobody else', async () => {
    const patient = await app.signIn('Patient');
    await patient.keyboard.press('Control+k');
    await patient.keyboard.type('santos');
    await patient.getByText('Nothing matches').waitFor();

    await patient.keyboard.press('Control+a');
    await patient.keyboard.type('book');
    await patient.getByRole('option', { name: /Book/ }).waitFor();
    await patient.keyboard.press('Enter');

    await patient.getByRole('heading', { level: 1, name: 'Book' }).waitFor();
    expect(new URL(patient.url()).pathname).toBe('/book');
  });
});
