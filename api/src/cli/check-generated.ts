import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const generated = ['schema', 'web/src/gql'];

/** Reads every generated file, by its path. */
function contents(): Map<string, string> {
  const files = new Map<string, string>();
  for (const folder of generated) {
    for (const entry of readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (entry.isFile()) files.set(path.relative(root, file), readFileSync(file, 'utf8'));
    }
  }
  return files;
}

// What is committed must be what the code prints now: generate again and compare.
const before = contents();
for (const script of ['schema', 'codegen'])
  execFileSync('npm', ['run', '-s', script], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
const after = contents();
const stale = [...new Set([...before.keys(), ...after.keys()])].filter((file) => before.get(file) !== after.get(file));
if (stale.length > 0) {
  process.stderr.write(`Generated files were out of date; they are new now, commit them:\n  ${stale.join('\n  ')}\n`);
  process.exit(1);
}
