import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { chromiumOptions } from './web/e2e/support/browser.ts';
import { webPlugins } from './web/vite.plugins.ts';

/** Without it Vite takes graphql's ESM build and Node the other one: two copies that do not know each other's types. */
const oneGraphql = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };

/** type-graphql's decorators need it before anything else loads. */
const setupFiles = ['reflect-metadata'];

const databasePerRun = ['api/test/support/global-setup.ts'];

/** Pure rules and the platform, beside their files. */
const unit: TestProjectInlineConfiguration = {
  resolve: oneGraphql,
  test: { name: 'unit', include: ['api/src/**/*.test.ts'], environment: 'node', isolate: false, setupFiles },
};

/** Through GraphQL on a real PostgreSQL. */
const api: TestProjectInlineConfiguration = {
  resolve: oneGraphql,
  test: {
    name: 'api',
    include: ['api/test/**/*.test.ts'],
    environment: 'node',
    // Each file has a database and a server of its own; loading the product's modules anew for each took a third of the time.
    isolate: false,
    globalSetup: databasePerRun,
    setupFiles,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
};

/** Components in a real browser. */
const web: TestProjectInlineConfiguration = {
  root: 'web',
  plugins: [webPlugins()],
  resolve: { dedupe: ['vue', 'graphql'] },
  test: {
    name: 'web',
    include: ['src/**/*.test.ts'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: chromiumOptions() }),
      instances: [{ browser: 'chromium' }],
    },
  },
};

/** Journeys of people against the built app. */
const e2e: TestProjectInlineConfiguration = {
  resolve: oneGraphql,
  test: {
    name: 'e2e',
    include: ['web/e2e/**/*.spec.ts'],
    environment: 'node',
    globalSetup: databasePerRun,
    setupFiles,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};

export default defineConfig({ test: { projects: [unit, api, web, e2e] } });
