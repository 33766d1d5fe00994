import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type RunningApp } from './support/app.ts';
import { barriers } from './support/barriers.ts';
import { walkIn } from './support/walk-in.ts';

let app: RunningApp;
let desk: Page;
let board: Page;

beforeAll(async () => {
  app = await startApp();
  desk = await app.signIn('Front desk');
  await desk.goto(`${app.url}/queue`);
}, 90_000);

afterAll(() => app.stop());

const called = () => board.getByRole('region', { name: 'Please come in' });
const waiting = () => board.getByRole('region', { name: 'Waiting' });

describe('the waiting room’s screen', () => {
  it('is opened from the queue, loads no app, and keeps its token out of every address', async () => {
    const opening = desk.waitForEvent('popup');
    await desk.getByRole('button', { name: 'Open waiting board' }).click();
    board = await opening;
    const addresses: string[] = [];
    board.on('request', (request) => addresses.push(request.url()));
    await waiting().getByText('Nobody is waiting').waitFor();

    const token = new URL(board.url()).hash.slice(1);
    expect(token.length).toBeGreaterThan(60);
    await board.reload();
    await waiting().getByText('Nobody is waiting').waitFor();
    expect(addresses.filter((address) => address.includes(token))).toEqual([]);
    const bytes = await board.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .reduce((sum, entry) => sum + (entry instanceof PerformanceResourceTiming ? entry.encodedBodySize : 0), 0),
    );
    expect(bytes).toBeLessThan(60_000);
    expect(await board.evaluate(() => localStorage.getItem('session'))).toBeNull();
  });

  it('follows the queue by itself: waiting, called, with the doctor, gone; and names nobody', async () => {
    const number = await walkIn(desk, 'Maria Santos', 'Ana Reyes');
    await waiting().getByText(number, { exact: true }).waitFor();
    expect(await board.getByText('Maria').count()).toBe(0);

    await desk.getByRole('button', { name: 'Call Maria Santos' }).click();
    await called().locator('.fresh').getByText(number, { exact: true }).waitFor();
    expect(await called().getByText('Dr. Ana Reyes').first().isVisible()).toBe(true);
    expect(await barriers(board)).toEqual([]);

    await desk.getByRole('button', { name: 'Send in Maria Santos' }).click();
    await board.getByText('With the doctor').waitFor();
    expect(await called().getByRole('listitem').count()).toBe(0);
  });

  it('says since when it has no connection, and comes back by itself', async () => {
    await board.route('**/graphql', (route) => route.abort());
    await board.getByText(/^Connection lost since \d{1,2}:\d{2}/).waitFor();
    await board.getByText('With the doctor').waitFor();

    await board.unroute('**/graphql');

    await expect.poll(() => board.getByText(/^Connection lost/).count(), { timeout: 8_000 }).toBe(0);
  });

  it('is over with its day, and anybody with another link learns no more', async () => {
    await board.goto(`${app.url}/board#none`);
    await board.reload();
    await board.getByRole('heading', { name: 'The day is over' }).waitFor();
    expect(await barriers(board)).toEqual([]);
  });
});
