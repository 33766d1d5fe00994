import { copyFileSync } from 'node:fs';

// From now on the present schema is what was promised.
const at = (name: string): URL => new URL(`../${name}`, import.meta.url);
copyFileSync(at('schema.graphql'), at('released.graphql'));
process.stdout.write('schema/released.graphql is the present schema. Commit it with the version and the changelog.\n');
