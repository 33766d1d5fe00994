import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const registered = fileURLToPath(new URL('./src/gql/persisted-documents.json', import.meta.url));

/** Leaves the app's operations beside its files: the server of a build knows what that build asks. */
export const operations = (): Plugin => ({
  name: 'clinigraph:operations',
  apply: 'build',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'operations.json', source: readFileSync(registered) });
  },
});
