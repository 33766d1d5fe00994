import { describe, expect, it } from 'vitest';
import app from './en.json';
import publicTexts from './en.public.json';

/** The app's texts, and those of the clinic's own page. */
const en = { ...app, ...publicTexts };

type Tree = { readonly [key: string]: string | Tree };

function keysOf(tree: Tree, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`),
  );
}

const sources = import.meta.glob<string>(['../**/*.vue', '../**/*.ts', '!../**/*.test.ts', '!../gql/**'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const code = Object.values(sources).join('\n');
const keys = new Set(keysOf(en));

/** Keys in quotes, and the fixed beginnings of those that are put together, such as `status.${status}`. */
const named = [...code.matchAll(/'([a-z][A-Za-z]*(?:\.[A-Za-z_]+)+)'/g)].map(([, key]) => key ?? '');
const begun = [...code.matchAll(/`([a-z][A-Za-z]*\.(?:[A-Za-z_]+\.)*)\$\{/g)].map(([, prefix]) => prefix ?? '');

/** What the audit log calls what was done: a value of the API's, written like a key. */
const auditActions = new Set(['patient.read', 'patient.breakGlass']);

describe('the English texts', () => {
  it('exist for every key that a screen names', () => {
    const groups = new Set([...keys].map((key) => key.split('.')[0]));
    const others = (key: string) => key.endsWith('.ics') || auditActions.has(key);
    const missing = named.filter((key) => groups.has(key.split('.')[0]) && !others(key) && !keys.has(key));

    expect(missing).toEqual([]);
  });

  it('exist for every beginning that a screen puts together', () => {
    expect(begun.filter((prefix) => ![...keys].some((key) => key.startsWith(prefix)))).toEqual([]);
  });

  it('are all used', () => {
    const used = new Set(named);
    const unused = [...keys].filter((key) => !used.has(key) && !begun.some((prefix) => key.startsWith(prefix)));

    expect(unused).toEqual([]);
  });
});
