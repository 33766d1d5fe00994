import { readFileSync } from 'node:fs';
import { getOperationAST, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPlainSchema } from '../src/app/schema.ts';
import { measure } from '../src/platform/graphql/document-cost.ts';
import { requestLimits } from '../src/platform/graphql/limits.ts';
import { aClinic, type TestClinic } from './support/clinic.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
});

afterAll(() => server.stop());

const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_none, index) => part(index)).join(' ');

/** Each fragment uses the one before twice: 2^26 patients in a few lines. */
const bomb = `{ patients { nodes { ...F26 } } }
  fragment F0 on Patient { appointments { nodes { id } } }
  ${times(26, (index) => `fragment F${index + 1} on Patient { a: mergedInto { ...F${index} } b: mergedInto { ...F${index} } }`)}`;

const nested = (depth: number): string =>
  `{ patients { nodes ${'{ mergedInto '.repeat(depth)} { id } ${'}'.repeat(depth)} } }`;

const attacks: [what: string, document: string, words: string][] = [
  ['depth 40', nested(40), '20 fields inside each other'],
  ['2 000 aliases', `{ ${times(2_000, (index) => `a${index}: __typename`)} }`, '2,000 words and signs'],
  ['1 000 directives', `{ viewer ${times(1_000, () => '@include(if: true)')} { role } }`, '2,000 words and signs'],
  ['101 aliases', `{ viewer { ${times(101, (index) => `a${index}: role`)} } }`, '100 aliases'],
  ['51 directives', `{ viewer ${times(51, () => '@include(if: true)')} { role } }`, '50 directives'],
  ['a fragment bomb', bomb, 'fields inside each other'],
  [
    'a flat fragment bomb',
    bomb.replaceAll(/[ab]: mergedInto \{ (\.\.\.F\d+) \}/g, '$1 ... on Patient { $1 }'),
    '50,000 objects',
  ],
  ['31 root fields', `{ ${times(31, (index) => `a${index}: __typename`)} }`, '30 fields at the top'],
  ['15 000 brackets', '{ a '.repeat(15_000), '2,000 words and signs'],
  ['a long document', `{ viewer { role } } # ${'x'.repeat(100_000)}`, '100,000 characters'],
  [
    'pages of pages',
    '{ patients(first: 100) { nodes { appointments(first: 100) { nodes { patient { appointments(first: 100) { nodes { id doctor { id } } } } } } } } }',
    '50,000 objects',
  ],
];

const fast = 100;

describe.each(attacks)('%s', (_what, document, words) => {
  it('is refused at once over HTTP', async () => {
    await clinic.owner.send('{ viewer { role } }');
    const start = performance.now();
    const { data, errors } = await clinic.owner.send(document);
    const ms = performance.now() - start;

    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions.code).toBe('TOO_COMPLEX');
    expect(errors?.[0]?.message).toContain(words);
    expect(ms).toBeLessThan(fast);
  });

  it('is refused at once on the socket', async () => {
    const live = clinic.owner.watch(document);
    await expect.poll(() => live.isOver, { timeout: 5_000, interval: 5 }).toBe(true);
    const [failure] = live.failures;
    await live.stop();

    // A document longer than a frame may be does not get that far.
    const isCut = document.length > 64 * 1_024;
    expect(isCut ? failure.code : failure.extensions.code).toBe(isCut ? 1009 : 'TOO_COMPLEX');
  });
});

describe('a body of 12 MB', () => {
  it('is refused with its size', async () => {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }', variables: { text: 'x'.repeat(12_000_000) } }),
    });

    expect(response.status).toBe(413);
  });
});

describe('page sizes in variables', () => {
  it('count as they are given', async () => {
    const pages = `query ($first: Int) { patients(first: $first) { nodes { appointments(first: $first) { nodes {
      patient { appointments(first: $first) { nodes { id doctor { id } } } } } } } } }`;

    expect(await clinic.owner.codeOf(pages, { first: 100 })).toBe('TOO_COMPLEX');
    expect(await clinic.owner.codeOf(pages, { first: 5 })).toBeUndefined();
    expect(await clinic.owner.codeOf(pages, { first: 2_000_000_000 })).toBe('TOO_COMPLEX');
  });
});

describe('the app’s own operations', () => {
  it('stay within half of every limit, with the largest pages that they could ask for', () => {
    const schema = buildPlainSchema();
    const documents: Record<string, string> = JSON.parse(readFileSync('web/src/gql/persisted-documents.json', 'utf8'));
    const near: unknown[] = [];
    for (const text of Object.values(documents)) {
      const document = parse(text);
      const operation = getOperationAST(document);
      if (operation === null || operation === undefined) throw new Error('An operation has no name.');
      const { depth, cost, rootFields } = measure(schema, document, operation, {});
      if (depth > requestLimits.depth / 2 || cost > requestLimits.cost / 2 || rootFields > requestLimits.rootFields / 2)
        near.push({ name: operation.name?.value, depth, cost, rootFields });
    }

    expect(Object.keys(documents).length).toBeGreaterThan(20);
    expect(near).toEqual([]);
  });
});
