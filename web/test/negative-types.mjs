// Proves that vue-tsc checks the props of Nuxt UI's components: without components.d.ts and the #build/ui paths it lets
// everything pass, and nobody would notice. Exits 1 when a wrong prop is taken, or a right one refused.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('./negative-types/tsconfig.json', import.meta.url));
const compiler = fileURLToPath(new URL('../../node_modules/vue-tsc/bin/vue-tsc.js', import.meta.url));
const { stdout } = spawnSync(process.execPath, [compiler, '--noEmit', '-p', project], { encoding: 'utf8' });

const errors = stdout.split('\n').filter((line) => line.includes('error TS'));
const wrong = errors.filter((line) => line.includes('wrong-color.vue') && line.includes('TS2322'));
const other = errors.filter((line) => !line.includes('wrong-color.vue'));
if (wrong.length === 1 && other.length === 0) process.exit(0);

process.stderr.write(
  wrong.length === 0
    ? 'A wrong colour of UButton passed vue-tsc: build the web first, so that components.d.ts exists.\n'
    : `vue-tsc said more than the one expected error:\n${stdout}\n`,
);
process.exit(1);
