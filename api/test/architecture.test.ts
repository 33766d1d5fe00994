import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asksTheMachineForTime, isSql, literals, root, sourceFiles, type SourceFile } from './support/source-file.ts';

const LINES_MAXIMUM = 300;

/** Returns every breach of a law as "rule: from → to". */
async function breaches(baseDir: string, folders: string[]): Promise<string[]> {
  const options = await extractDepcruiseOptions(path.join(root, '.dependency-cruiser.cjs'));
  const present = folders.filter((folder) => fs.existsSync(path.join(baseDir, folder)));
  const { output } = await cruise(present, { ...options, baseDir }, undefined, {
    tsConfig: extractTSConfig(path.join(root, 'tsconfig.json')),
  });
  if (typeof output === 'string') throw new Error(output);
  return output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}

describe('the laws', () => {
  it('are kept by every import', { timeout: 60_000 }, async () => {
    expect(await breaches(root, ['api', 'web', 'schema'])).toEqual([]);
  });
});

describe('a law', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clinigraph-laws-'));
  let found: string[] = [];

  function write(file: string, text: string): void {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  }

  function importing(file: string, ...targets: string[]): void {
    write(
      file,
      targets
        .map((target, index) => `import { a as a${index} } from '${target}';\nexport const b${index} = a${index};\n`)
        .join(''),
    );
  }

  /** Each pair breaks the law of that name, and no other. */
  const broken: [law: string, from: string, to: string, target: string][] = [
    ['platform-knows-nobody', 'api/src/platform/a.ts', 'api/src/access/roles.ts', '../access/roles.ts'],
    [
      'access-before-features',
      'api/src/access/b.ts',
      'api/src/features/clinics/index.ts',
      '../features/clinics/index.ts',
    ],
    ['features-before-app', 'api/src/features/clinics/c.ts', 'api/src/app/server.ts', '../../app/server.ts'],
    ['server-before-commands', 'api/src/app/d.ts', 'api/src/cli/seed.ts', '../cli/seed.ts'],
    ['source-without-tests', 'api/src/platform/e.ts', 'api/test/support/x.ts', '../../test/support/x.ts'],
    [
      'clinics-before-later-features',
      'api/src/features/clinics/f.ts',
      'api/src/features/visits/index.ts',
      '../visits/index.ts',
    ],
    [
      'partners-before-later-features',
      'api/src/features/partners/f.ts',
      'api/src/features/reports/index.ts',
      '../reports/index.ts',
    ],
    ['features-by-their-door', 'api/src/features/visits/g.ts', 'api/src/features/clinics/x.ts', '../clinics/x.ts'],
    [
      'transactions-in-services',
      'api/src/features/visits/h.resolver.ts',
      'api/src/platform/db/transaction.ts',
      '../../platform/db/transaction.ts',
    ],
    [
      'sql-in-queries',
      'api/src/features/visits/v.service.ts',
      'api/src/platform/db/query-builder.ts',
      '../../platform/db/query-builder.ts',
    ],
    ['domain-is-pure', 'api/src/features/visits/i.domain.ts', 'node_modules/kysely/index.js', 'kysely'],
    ['domain-is-pure', 'api/src/features/visits/j.domain.ts', 'node_modules/type-graphql/index.js', 'type-graphql'],
    [
      'domain-is-pure',
      'api/src/features/visits/k.domain.ts',
      'api/src/features/visits/visit.entity.ts',
      './visit.entity.ts',
    ],
    [
      'resolvers-without-tables',
      'api/src/features/visits/l.resolver.ts',
      'node_modules/@mikro-orm/core/index.js',
      '@mikro-orm/core',
    ],
    ['ui-without-data', 'web/src/ui/M.vue', 'web/src/gql/index.ts', '../gql/index.ts'],
    ['ui-without-data', 'web/src/ui/n.ts', 'node_modules/@apollo/client/index.js', '@apollo/client'],
    ['web-without-api', 'web/src/features/visits/o.ts', 'api/src/platform/x.ts', '../../../../api/src/platform/x.ts'],
    ['api-without-web', 'api/src/app/p.ts', 'web/src/main.ts', '../../../web/src/main.ts'],
    ['partner-client-alone', 'schema/client/w.ts', 'api/src/platform/y.ts', '../../api/src/platform/y.ts'],
    ['only-what-is-installed-in-production', 'api/src/app/q.ts', 'node_modules/vitest/index.js', 'vitest'],
    ['only-what-package-json-names', 'api/src/app/r.ts', 'node_modules/stray/index.js', 'stray'],
    ['no-cycles', 'api/src/app/s.ts', 'api/src/app/t.ts', './t.ts'],
  ];
  const production = ['kysely', 'type-graphql', '@mikro-orm/core', '@apollo/client'];

  beforeAll(async () => {
    for (const name of [...production, 'vitest', 'stray']) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
      write(`node_modules/${name}/index.js`, 'exports.a = 1;\n');
    }
    const dependencies = Object.fromEntries(production.map((name) => [name, '1.0.0']));
    write('package.json', JSON.stringify({ name: 'x', dependencies, devDependencies: { vitest: '1.0.0' } }));
    for (const [, from, to, target] of broken) {
      if (!to.startsWith('node_modules/')) write(to, 'export const a = 1;\n');
      importing(from, target);
    }
    write(
      'web/src/ui/M.vue',
      `<script setup lang="ts">\nimport { a } from '../gql/index.ts';\na;\n</script>\n<template><i /></template>\n`,
    );
    write('api/src/app/t.ts', `import type { S } from './s.ts';\nexport const a = 1;\nexport type T = S;\n`);
    write('api/src/app/s.ts', `import { a } from './t.ts';\nexport type S = typeof a;\n`);
    write(
      'api/src/features/visits/u.events.ts',
      `import type { a } from '../../platform/db/transaction.ts';\nexport type A = typeof a;\n`,
    );
    importing('api/src/features/visits/u.service.ts', '../../platform/db/transaction.ts', '../clinics/index.ts');
    importing('api/src/features/visits/u.queries.ts', '../../platform/db/query-builder.ts', 'kysely');
    found = await breaches(folder, ['api', 'web', 'schema']);
  }, 60_000);

  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it.each(broken)('of %s notices %s', (law, from, to) => {
    expect(found).toContain(`${law}: ${from} → ${to}`);
  });

  it('lets through what is lawful', () => {
    expect(found.filter((breach) => breach.includes('visits/u.'))).toEqual([]);
  });
});

describe('a feature', () => {
  it('has its place in the order', async () => {
    const options = await extractDepcruiseOptions(path.join(root, '.dependency-cruiser.cjs'));
    const rules = JSON.stringify(options.ruleSet);

    const folders = fs.readdirSync(path.join(root, 'api/src/features'));

    expect(folders.filter((name) => !rules.includes(`^api/src/features/${name}/`) && name !== 'reports')).toEqual([]);
  });
});

describe('SQL', () => {
  const mayContain = /\.queries\.ts$|^api\/src\/platform\/db\/|^api\/src\/features\/reports\/|\.test\.ts$/;

  it('is written in queries alone', () => {
    const files = sourceFiles('api/src').filter((file) => !mayContain.test(file.path));

    expect(files.filter((file) => literals(file).some(isSql)).map((file) => file.path)).toEqual([]);
  });

  it.each([
    'select id from patient',
    'SELECT id FROM patient WHERE x',
    ' insert into patient values (1)',
    'update patient set name = ?',
    'with a as (select 1 from b) select 2',
    'delete from patient',
  ])('is noticed: %s', (text) => {
    expect(isSql(text)).toBe(true);
  });

  it.each([
    'Select a doctor from the list.',
    'Deletes from the queue',
    'Update the settings',
    'selected from',
    'update',
  ])('is not mistaken for English: %s', (text) => {
    expect(isSql(text)).toBe(false);
  });
});

describe('time', () => {
  const files = sourceFiles('api/src').filter((file) => !file.path.endsWith('.test.ts'));

  /** Who may ask the machine: the one clock, and what counts requests, whatever any clinic's clock shows. */
  const ofTheMachine = [
    'api/src/app/graphql-endpoint.ts',
    'api/src/platform/budgets.ts',
    'api/src/platform/clock.ts',
    'api/src/platform/rate-limits.ts',
  ];

  /** Where real time is asked for in spite of a clinic's clock: people's sessions, links and letters, and what is no clinic's. */
  const ofNoClinic =
    /^api\/src\/(platform|access)\/|^api\/src\/features\/accounts\/|^api\/src\/app\/sandbox\/|\/(audit-trail|patient-account|idempotency|clinic)\.service\.ts$|\/(socket-guard|runtime|process|process-metrics|access-tokens|due-worker|demo-seed)\.ts$/;

  it('comes from the clock, never from the machine', () => {
    expect(files.filter(asksTheMachineForTime).map((file) => file.path)).toEqual(ofTheMachine);
  });

  it('is the clinic’s in everything that happens in a clinic', () => {
    const asksForReal = files.filter(({ text }) => /\breal(Now|Clock)\b|\bruntime\.clock\b/.test(text));

    expect(asksForReal.map((file) => file.path).filter((path) => !ofNoClinic.test(path))).toEqual([]);
  });

  it('is never the database’s', () => {
    const asks = (file: SourceFile) =>
      literals(file).some((text) =>
        /\b(now\(\)|current_(timestamp|date|time)\b|(clock|statement)_timestamp)/i.test(text),
      );

    expect(files.filter(asks).map((file) => file.path)).toEqual([]);
  });

  it('is noticed when it comes from the machine', () => {
    expect(
      ['new Date()', 'new Date', 'Date.now()'].map((text) => asksTheMachineForTime({ path: 'a.ts', text })),
    ).toEqual([true, true, true]);
    expect(asksTheMachineForTime({ path: 'a.ts', text: '// new Date()\nnew Date(0); clock.now();' })).toBe(false);
  });
});

describe('a source file', () => {
  it(`has ${LINES_MAXIMUM} lines at most`, () => {
    const long = sourceFiles('api/src', 'web/src').filter(
      ({ text }) => text.trimEnd().split('\n').length > LINES_MAXIMUM,
    );

    expect(long.map((file) => file.path)).toEqual([]);
  });
});
