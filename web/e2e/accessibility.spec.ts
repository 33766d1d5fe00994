import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type DemoRole, type RunningApp } from './support/app.ts';
import { barriers } from './support/barriers.ts';

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
}, 90_000);

afterAll(() => app.stop());

const widths = [1366, 390];

/** Who walks the screens, and the role that a route may ask for. Somebody of every door, the owner first. */
const walkers: Record<DemoRole, string> = {
  Owner: 'OWNER',
  'Front desk': 'RECEPTIONIST',
  Doctor: 'DOCTOR',
  Nurse: 'NURSE',
  Patient: 'PATIENT',
};
const everyone = Object.keys(walkers).filter((role): role is DemoRole => role in walkers);

/** An address for each route whose path has parts to fill in, and more faces of those that have several. */
const addresses: Record<string, string[]> = {
  // Nobody's: it says so. An open one is walked in visit.spec.
  '/consultation/:id': ['/consultation/019a0000-0000-8a07-8000-000000000001'],
  // Nobody's as well; one with everything on it is walked in money.spec.
  '/billing/:id': ['/billing/019a0000-0000-8a0a-8000-000000000001'],
  '/not-permitted/:path(.*)*': ['/not-permitted/team'],
  '/:path(.*)*': ['/nowhere'],
  '/ask/:slug': ['/ask/demo'],
  '/reset-password': ['/reset-password', '/reset-password#a-token'],
  '/invitation': ['/invitation', '/invitation#a-token'],
};

interface Screen {
  path: string;
  isPublic: boolean;
  roles: string[] | null;
}

/** The router's own table, so that a route added next year is walked too. */
async function screensOf(page: Page): Promise<Screen[]> {
  await page.waitForFunction(() => document.querySelector('h1') !== null);
  const screens = await page.evaluate(() => {
    const root: unknown = Reflect.get(document.querySelector('#app') ?? {}, '__vue_app__');
    const router = Reflect.get(Object(root), 'config').globalProperties.$router;
    return router.getRoutes().map(({ path, meta }: { path: string; meta: Record<string, unknown> }) => ({
      path,
      isPublic: meta['isPublic'] === true || meta['isOpen'] === true,
      roles: meta['roles'] ?? null,
    }));
  });
  return screens.filter(({ path }: Screen) => path !== '/');
}

/** Goes there as a link would: without loading the app again. */
async function open(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    const root: unknown = Reflect.get(document.querySelector('#app') ?? {}, '__vue_app__');
    return Reflect.get(Object(root), 'config').globalProperties.$router.push(to);
  }, address);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForFunction(() => document.querySelector('.animate-pulse, [role="status"] .animate-spin') === null);
  await page.waitForTimeout(100);
}

/** Everything that a page asks of others, and every complaint of the browser. */
function watch(page: Page): string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== app.url) seen.push(`asked ${request.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') seen.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => seen.push(`error: ${error.message}`));
  return seen;
}

/** Walks the addresses at both widths; answers what is wrong, by address and width. */
async function walk(page: Page, addressesOf: string[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  const seen = watch(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const address of addressesOf) {
    await page.setViewportSize({ width: widths[0] ?? 0, height: 900 });
    await open(page, address);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      const wrong = [...(await barriers(page)), ...seen.splice(0)];
      if (wrong.length > 0) found[`${address} at ${width}`] = wrong;
    }
  }
  return found;
}

const addressesOf = (screens: Screen[]): string[] => screens.flatMap(({ path }) => addresses[path] ?? [path]);

/** Each screen goes to the first who may open it; what is open to all, to somebody of either side of the counter. */
function sharedOut(screens: Screen[]): [DemoRole, string[]][] {
  const mayOpen = (role: DemoRole, { roles }: Screen): boolean => roles === null || roles.includes(walkers[role]);
  return everyone.map((role) => {
    const own = screens.filter((screen) => {
      if (screen.isPublic || !mayOpen(role, screen)) return false;
      const isFirst = everyone.find((other) => mayOpen(other, screen)) === role;
      return isFirst || (screen.roles === null && role === 'Patient');
    });
    // Each role's day begins on a screen that looks different for it.
    return [role, [...new Set(['/', ...addressesOf(own)])]];
  });
}

it('every route has an address to be walked at', async () => {
  const screens = await screensOf(await app.openWindow());

  expect(screens.length).toBeGreaterThan(15);
  expect(addressesOf(screens).filter((address) => address.includes(':'))).toEqual([]);
});

describe.each(['light', 'dark'] as const)('in the %s theme, wide and narrow', (colorScheme) => {
  it('no screen has a barrier, asks another origin, or errs', { timeout: 120_000 }, async () => {
    const visitor = await app.openWindow({ colorScheme });
    const screens = await screensOf(visitor);
    const doors = addressesOf(screens.filter(({ isPublic }) => isPublic));

    const found = await Promise.all([
      walk(visitor, doors),
      ...sharedOut(screens).map(async ([role, own]) => walk(await app.signIn(role, { colorScheme }), own)),
    ]);

    expect(Object.assign({}, ...found)).toEqual({});
  });
});
