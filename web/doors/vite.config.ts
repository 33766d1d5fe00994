import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { precompress } from '../vite.precompress.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/** The pages for developers, beside the app and never part of it: GraphiQL with all it needs, and the frame of Sandbox. */
export default defineConfig({
  root,
  base: '/doors/',
  publicDir: false,
  plugins: [precompress({ quality: 5 })],
  resolve: { dedupe: ['graphql', 'react', 'react-dom'] },
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 8_000,
    rolldownOptions: {
      input: { graphiql: `${root}graphiql.html`, sandbox: `${root}sandbox.html` },
      onLog: (level, log, report) => {
        // React's server components are no business of a page that has none.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
});
