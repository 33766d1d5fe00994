import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type DemoRole, type RunningApp } from './support/app.ts';

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
}, 90_000);

afterAll(() => app.stop());

/** What breaks the WCAG's levels A and AA on a page, by rule and place. */
async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

const screensOf: [DemoRole, string[]][] = [
  ['Patient', ['/', '/book', '/visits']],
  ['Doctor', ['/', '/requests', '/patients', '/my-schedule']],
  ['Front desk', ['/', '/requests', '/new-appointment', '/patients', '/patients/import']],
  ['Owner', ['/services', '/doctors', '/settings', '/setup']],
];

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it('the front door has no barrier', async () => {
    const page = await app.openWindow({ colorScheme });
    await page.getByRole('button', { name: /^Patient/ }).waitFor();

    expect(await barriers(page)).toEqual([]);
  });

  it("the clinic's public page has no barrier", async () => {
    const page = await app.openWindow({ colorScheme, width: 390 });
    await page.goto(`${app.url}/c/demo`);
    await page.getByRole('heading', { name: 'Doctors' }).waitFor();
    await page.waitForLoadState('networkidle');

    expect(await barriers(page)).toEqual([]);
  });

  it.each(screensOf)('no screen of the %s has a barrier', async (role, paths) => {
    const page = await app.signIn(role, { colorScheme, ...(role === 'Patient' ? { width: 390 } : {}) });
    const found: Record<string, string[]> = {};
    for (const path of paths) {
      await page.goto(app.url + path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForLoadState('networkidle');
      const here = await barriers(page);
      if (here.length > 0) found[path] = here;
    }

    expect(found).toEqual({});
  });
});
