import { readFileSync } from 'node:fs';
import { breakingChanges, endlessDeprecations } from './breaking-changes.ts';

// What the last release promised, the present schema must keep: see "What may change" in schema/README.md.
const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const present = read('schema.graphql');
const broken = await breakingChanges(read('released.graphql'), present, new Date().toISOString().slice(0, 10));
const endless = endlessDeprecations(present);

if (broken.length > 0) {
  process.stderr.write(
    `The schema breaks what the last release promised (schema/released.graphql):\n${broken.map((each) => `  ${each}\n`).join('')}` +
      'Add beside instead: keep the old one with @deprecated(reason: "Use …. Stays until YYYY-MM-DD."), 180 days or more from now.\n',
  );
}
if (endless.length > 0) {
  process.stderr.write(
    `Say until when with "Stays until YYYY-MM-DD." at the reason's end:\n  ${endless.join('\n  ')}\n`,
  );
}
if (broken.length > 0 || endless.length > 0) process.exit(1);
