import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { operations } from './vite.operations.ts';
import { webPlugins } from './vite.plugins.ts';
import { publicPage, singleOperations } from './vite.public-page.ts';
import { precompress } from './vite.precompress.ts';

const api = process.env['API_URL'] ?? 'http://127.0.0.1:4000';
const proxy = {
  '/graphql': { target: api, ws: true },
  '/graphiql': api,
  '/doors': api,
  '/schema.graphql': api,
  '/config.json': api,
  '/documents': api,
  '/uploads': api,
  '/dev': api,
};

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [webPlugins(), operations(), singleOperations(), publicPage(), precompress()],
  define: { __VUE_I18N_LEGACY_API__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  resolve: { dedupe: ['vue', 'graphql'] },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 600,
    // What strangers see is no page of the app: a phone, or a waiting room's screen, loads what it needs and no more.
    rollupOptions: {
      input: {
        index: fileOf('index.html'),
        clinic: fileOf('clinic.html'),
        board: fileOf('board.html'),
        receipt: fileOf('receipt.html'),
      },
    },
  },
  server: { port: 5173, proxy },
  preview: { port: 4173, proxy },
});
