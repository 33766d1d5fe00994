import type { Page } from 'playwright';

/** What somebody who looks at these screens reads off them. */

const statusWords = ['Approved', 'Checked in', 'Treated', 'No-show', 'Cancelled', 'Requested'];

/** The rows of a Today page by appointment, each with the word of its state. */
export const agendaOn = (page: Page): Promise<Record<string, string>> =>
  page.evaluate((words) => {
    const rows = document.querySelectorAll<HTMLElement>('ul[aria-label="Appointments"] > li:has([data-row-id])');
    return Object.fromEntries(
      [...rows].map((row) => [
        row.querySelector<HTMLElement>('[data-row-id]')?.dataset['rowId'] ?? '',
        words.find((word) => row.innerText.split('\n').some((line) => line.trim() === word)) ?? row.innerText,
      ]),
    );
  }, statusWords);

const columns = ['waiting', 'called', 'inProgress', 'completed'];

/** The numbers in each column of the Queue page, from the top. */
export const columnsOn = (page: Page): Promise<Record<string, number[]>> =>
  page.evaluate(
    (names) =>
      Object.fromEntries(
        names.map((name) => [
          name,
          [...document.querySelectorAll<HTMLElement>(`section[aria-labelledby="queue-${name}"] article p.tabular`)].map(
            (number) => Number(/\d+/.exec(number.innerText)?.[0]),
          ),
        ]),
      ),
    columns,
  );

/** The numbers a doctor's Today page shows: with them now, and the next three. */
export const doctorsQueueOn = (page: Page): Promise<{ inside: number[]; next: number[] }> =>
  page.evaluate(() => {
    const numbers = (selector: string) =>
      [...document.querySelectorAll<HTMLElement>(selector)].map((number) => Number(number.innerText));
    const next = [...document.querySelectorAll<HTMLElement>('section')].find(
      (section) => section.querySelector('h2')?.innerText === 'Next for you',
    );
    return {
      inside: numbers('[aria-label="With you now"] p.tabular'),
      next: [...(next?.querySelectorAll<HTMLElement>('li > span.tabular') ?? [])].map((number) =>
        Number(number.innerText),
      ),
    };
  });

/** What a patient's phone says about their place, without the minutes; null when it says nothing. */
export const placeOn = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const card = document.querySelector<HTMLElement>('[aria-label="Your place in the queue"] [role="status"] p');
    return card ? card.innerText.replace(/, about .*/, '').trim() : null;
  });

/** Waits until words stand in a place of a page; the instant at which they did, milliseconds. */
export const sees = (page: Page, place: string, words: string): Promise<number> =>
  page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const observer = new MutationObserver(look);
        function look(): void {
          const places = [...document.querySelectorAll(wanted.place)];
          if (!places.some(({ textContent }) => textContent?.includes(wanted.words))) return;
          observer.disconnect();
          resolve(Date.now());
        }
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        look();
      }),
    { place, words },
  );

/** Notes the instant of every click on a page, and that the page was not loaded anew since. */
export const noteClicks = (page: Page): Promise<void> =>
  page.evaluate(() => {
    Reflect.set(window, 'notReloaded', true);
    document.addEventListener('click', () => Reflect.set(window, 'clickedAt', Date.now()), true);
  });

export const clickedAt = async (page: Page): Promise<number> =>
  Number(await page.evaluate(() => Reflect.get(window, 'clickedAt')));

export const wasReloaded = (page: Page): Promise<boolean> =>
  page.evaluate(() => Reflect.get(window, 'notReloaded') !== true);
