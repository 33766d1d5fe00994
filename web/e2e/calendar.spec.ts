import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type DemoRole, type RunningApp } from './support/app.ts';
import { barriers } from './support/barriers.ts';

const phone = 390;
const patiently = { timeout: 15_000 };
/** An hour of the grid, pixels. */
const hourPixels = 84;

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
}, 90_000);

afterAll(() => app.stop());

/** A day of the demo that has appointments to move, and is not over. */
async function openCalendar(role: DemoRole, options?: Parameters<RunningApp['signIn']>[1]): Promise<Page> {
  const page = await app.signIn(role, options);
  await page.getByRole('link', { name: 'Calendar', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Calendar' }).waitFor();
  await page.getByRole('button', { name: 'Day after' }).click();
  await page.locator('[data-appointment-id]').first().waitFor();
  return page;
}

const block = (page: Page, id: string): Locator => page.locator(`[data-appointment-id="${id}"]`);
const notice = (page: Page, words: RegExp): Locator => page.getByText(words).first();

/** The first appointment that may be moved and has room on its day: where it is, and what it says. */
async function movableBlock(page: Page): Promise<{ id: string; words: string }> {
  const first = page.locator('[data-movable]').first();
  await first.waitFor();
  return { id: (await first.getAttribute('data-appointment-id')) ?? '', words: await first.innerText() };
}

async function drag(page: Page, from: Locator, byPixels: number, offset = 6): Promise<void> {
  await from.scrollIntoViewIfNeeded();
  const box = await from.boundingBox();
  if (!box) throw new Error('There is nothing to take hold of.');
  await page.mouse.move(box.x + 30, box.y + offset);
  await page.mouse.down();
  await page.mouse.move(box.x + 30, box.y + offset + byPixels / 2, { steps: 4 });
  await page.mouse.move(box.x + 30, box.y + offset + byPixels, { steps: 4 });
  await page.mouse.up();
}

describe('two windows with the same day', () => {
  it('show at once in one what is dragged in the other, and what is undone', async () => {
    const desk = await openCalendar('Front desk');
    const owner = await openCalendar('Owner');
    const { id, words } = await movableBlock(desk);

    await drag(desk, block(desk, id), hourPixels);
    const dialog = desk.getByRole('dialog');
    await dialog.getByText(/are told at once/).waitFor();
    await dialog.getByRole('button', { name: 'Move', exact: true }).click();
    // Whatever stands in the way, the nearest free time is one press away.
    const [moved] = await Promise.race([
      notice(desk, /^Moved/)
        .waitFor()
        .then(() => [true]),
      dialog
        .getByText('The nearest free times')
        .waitFor()
        .then(() => [false]),
    ]);
    if (!moved)
      await dialog
        .getByRole('button', { name: /\d [AP]M$/ })
        .first()
        .click();
    await notice(desk, /^Moved/).waitFor();

    await expect.poll(() => block(owner, id).innerText(), patiently).not.toBe(words);
    await desk.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => block(owner, id).innerText(), patiently).toBe(words);
  });

  it('say who has changed it meanwhile, and move it all the same when asked to keep mine', async () => {
    const desk = await openCalendar('Front desk');
    const owner = await openCalendar('Owner');
    const { id } = await movableBlock(desk);
    await block(desk, id).click();
    await desk.getByRole('dialog').getByRole('button', { name: 'Move…' }).click();
    const mine = desk.getByRole('dialog', { name: /^Move the appointment of/ });
    await mine.getByLabel('Length').fill('10');

    await block(owner, id).click();
    await owner.getByRole('dialog').getByRole('button', { name: 'Move…' }).click();
    const theirs = owner.getByRole('dialog', { name: /^Move the appointment of/ });
    await theirs.getByLabel('Length').fill('5');
    await theirs.getByRole('button', { name: 'Move', exact: true }).click();
    await theirs.waitFor({ state: 'detached' });

    await mine.getByRole('button', { name: 'Move', exact: true }).click();
    await mine.getByText(/Elena Cruz/).waitFor();
    await mine.getByRole('button', { name: 'Keep mine' }).click();
    await mine.waitFor({ state: 'detached' });
    await notice(desk, /^Now 10 minutes long/).waitFor();
    expect(await mine.count()).toBe(0);
  });

  it('change nothing when the appointment is let go where it was, or with Escape', async () => {
    const desk = await openCalendar('Front desk');
    const { id, words } = await movableBlock(desk);

    const box = await block(desk, id).boundingBox();
    await desk.mouse.move((box?.x ?? 0) + 30, (box?.y ?? 0) + 6);
    await desk.mouse.down();
    await desk.mouse.move((box?.x ?? 0) + 30, (box?.y ?? 0) + 90, { steps: 4 });
    await desk.keyboard.press('Escape');
    await desk.mouse.up();
    // Long enough for a panel that should not open.
    await desk.waitForTimeout(500);

    expect(await desk.getByRole('dialog').count()).toBe(0);
    expect(await block(desk, id).innerText()).toBe(words);
  });
});

describe('whoever uses the keyboard alone', () => {
  it('walks to an appointment, moves it into a free time, and finds the focus on it again', async () => {
    const desk = await openCalendar('Front desk');
    const focused = () => desk.evaluate(() => document.activeElement?.getAttribute('data-appointment-id') ?? null);

    await desk.getByRole('group', { name: 'Appointments by day and doctor' }).focus();
    await desk.keyboard.press('ArrowRight');
    for (let steps = 0; steps < 30; steps += 1) {
      const id = await focused();
      if (id !== null && (await block(desk, id).getAttribute('data-movable')) !== null) break;
      await desk.keyboard.press('ArrowDown');
    }
    const id = (await focused()) ?? '';
    expect(await block(desk, id).getAttribute('data-movable')).not.toBeNull();

    await desk.keyboard.press('m');
    const dialog = desk.getByRole('dialog');
    await dialog.getByRole('heading', { name: /^Move the appointment of/ }).waitFor();
    // In the middle of the night nobody works: the refusal brings what is free.
    await dialog.getByLabel('Time').fill('03:00');
    await desk.keyboard.press('Enter');
    await dialog.getByText('The nearest free times').waitFor();
    await dialog
      .getByRole('button', { name: /\d [AP]M$/ })
      .first()
      .focus();
    await desk.keyboard.press('Enter');

    await notice(desk, /^Moved/).waitFor();
    await expect.poll(focused, patiently).toBe(id);
  });
});

describe('the calendar of a role', () => {
  it('is to be looked at by a nurse, and a phone shows one doctor or a list', async () => {
    const nurse = await openCalendar('Nurse', { width: phone });
    expect(await nurse.locator('[data-movable]').count()).toBe(0);
    expect(await nurse.getByRole('group', { name: /^Dr\. / }).count()).toBe(1);

    await nurse.getByRole('button', { name: 'List', exact: true }).click();
    await nurse.getByRole('listitem').first().waitFor();
    expect(await barriers(nurse)).toEqual([]);
  });

  it('books at the free spot that is pressed', async () => {
    const desk = await openCalendar('Front desk');
    const column = desk.getByRole('group', { name: /^Dr\. Sofia/ });
    const box = await column.boundingBox();
    // At noon nobody works and nobody is booked, so the spot is free whatever the demo's day looks like.
    await desk.getByRole('group', { name: 'Appointments by day and doctor' }).evaluate((grid) => {
      grid.scrollTop = grid.scrollHeight;
    });
    await desk.mouse.click((box?.x ?? 0) + 60, 240);
    const panel = desk.getByRole('dialog', { name: 'New appointment' });
    await panel.getByText(/with Dr\. Sofia Mendes/).waitFor();
    expect(await barriers(desk)).toEqual([]);
  });
});

describe('a doctor who goes away', () => {
  it('adds time off, sees what falls into it, and cancels one of them with a note', async () => {
    const doctor = await app.signIn('Doctor');
    await doctor.getByRole('link', { name: 'My schedule' }).click();
    await doctor.getByRole('heading', { name: 'Coming up' }).waitFor();
    await doctor.getByRole('button', { name: 'Add time off' }).click();
    const tomorrow = new Date(Date.now() + 8 * 3_600_000 + 86_400_000).toISOString().slice(0, 10);
    const days = doctor.locator('input[type="date"]');
    await days.nth(0).fill(tomorrow);
    await days.nth(1).fill(tomorrow);
    await doctor.getByRole('button', { name: 'Add time off' }).click();

    const fallsIn = doctor.getByRole('region', { name: /fall(s)? into it$/ });
    await fallsIn.waitFor();
    const before = await fallsIn.getByRole('listitem').count();
    await fallsIn
      .getByRole('button', { name: /^Cancel the appointment of/ })
      .first()
      .click();
    const dialog = doctor.getByRole('dialog');
    await dialog.getByLabel('Note to the patient').fill('I am away that day.');
    await dialog.getByRole('button', { name: 'Cancel appointment' }).click();

    await expect.poll(() => fallsIn.getByRole('listitem').count(), patiently).toBe(before - 1);
  });
});
