import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const registered = fileURLToPath(new URL('./src/gql/persisted-documents.json', import.meta.url));
const prefix = 'virtual:operation/';

/** Finds a registered operation by its name. */
function operationNamed(name: string): { id: string; text: string } {
  const documents: Record<string, string> = JSON.parse(readFileSync(registered, 'utf8'));
  const found = Object.entries(documents).find(([, text]) => new RegExp(`(query|mutation) ${name}\\b`).test(text));
  if (!found) throw new Error(`There is no registered operation ${name}.`);
  return { id: found[0], text: found[1] };
}

/**
 * One operation alone, as `virtual:operation/<name>`: the clinic's page asks two things and must not load the texts of
 * the whole app for it.
 */
export const singleOperations = (): Plugin => ({
  name: 'clinigraph:single-operations',
  resolveId: (source) => (source.startsWith(prefix) ? `\0${source}` : undefined),
  load: (id) => {
    if (!id.startsWith(`\0${prefix}`)) return undefined;
    return `export const operation = ${JSON.stringify(operationNamed(id.slice(prefix.length + 1)))};`;
  },
});

/**
 * Has the browser load what a page's first script imports later together with it, and serves the clinic's page at its
 * address in development.
 */
export const publicPage = (): Plugin => ({
  name: 'clinigraph:public-page',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      if (request.url?.startsWith('/c/')) request.url = '/clinic.html';
      if (request.url === '/board') request.url = '/board.html';
      if (request.url === '/receipt') request.url = '/receipt.html';
      next();
    });
  },
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { chunk, bundle, filename }) => {
      if (filename.endsWith('index.html') || !chunk || !bundle) return [];
      const importsOf = (name: string): string[] => {
        const found = bundle[name];
        return found?.type === 'chunk' ? found.imports : [];
      };
      const later = chunk.dynamicImports.flatMap((name) => [name, ...importsOf(name)]);
      return [...new Set(later)]
        .filter((name) => name !== chunk.fileName && !chunk.imports.includes(name))
        .map((name) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${name}` },
          injectTo: 'head' as const,
        }));
    },
  },
});
