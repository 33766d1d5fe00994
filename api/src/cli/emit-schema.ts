import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { assertCoverage } from '../access/coverage.ts';
import { printPermissions } from '../access/print.ts';
import { allPermissions } from '../app/permissions.ts';
import { printedSchema } from '../app/printed-schema.ts';
import { buildPlainSchema } from '../app/schema.ts';
import { appointmentLifecycle } from '../features/appointments/index.ts';
import { attachmentLifecycle } from '../features/attachments/index.ts';
import { billLifecycle } from '../features/billing/index.ts';
import { visitLifecycle } from '../features/visits/index.ts';
import { waitlistLifecycle } from '../features/waitlist/index.ts';

const folder = fileURLToPath(new URL('../../../schema/', import.meta.url));
const write = (name: string, text: string) => writeFileSync(`${folder}${name}`, `${text.trimEnd()}\n`);

// Everything a reader needs to trust is printed from the code.
const schema = buildPlainSchema();
assertCoverage(schema, allPermissions);
write('schema.graphql', printedSchema(schema));
write('permissions.md', printPermissions(schema, allPermissions));
write(
  'lifecycles.md',
  [
    '# What may follow what',
    '',
    'Printed from the state machines in the code; do not edit.',
    '',
    appointmentLifecycle.toMarkdown(),
    visitLifecycle.toMarkdown(),
    attachmentLifecycle.toMarkdown(),
    billLifecycle.toMarkdown(),
    waitlistLifecycle.toMarkdown(),
  ].join('\n'),
);
