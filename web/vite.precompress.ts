import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const smallestBytes = 1_024;

/**
 * Puts a .br and a .gz beside every text file of the build, so that the server sends the best of them without working
 * for it: the first screen of a patient's phone weighs a third.
 *
 * @param quality  of brotli, 0 to 11: how hard it tries
 */
export function precompress({ quality = 10 } = {}): Plugin {
  let directory = '';
  return {
    name: 'clinigraph:precompress',
    apply: 'build',
    configResolved: (config) => {
      directory = path.resolve(config.root, config.build.outDir);
    },
    closeBundle: () => {
      for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|svg|html)$/.test(name)) continue;
        const file = path.join(directory, name);
        const content = readFileSync(file);
        if (content.length < smallestBytes) continue;
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
        writeFileSync(
          `${file}.br`,
          brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
        );
      }
    },
  };
}
