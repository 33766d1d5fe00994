import { defineConfig } from 'vitest/config';

/** The long proofs, one file each, one after the other: they measure, and a second one beside them would be measured too. */
export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    name: 'soak',
    include: ['api/soak/**/*.soak.ts', 'web/soak/**/*.soak.ts'],
    environment: 'node',
    globalSetup: ['api/test/support/global-setup.ts'],
    setupFiles: ['reflect-metadata'],
    fileParallelism: false,
    testTimeout: 30 * 60_000,
    hookTimeout: 10 * 60_000,
  },
});
