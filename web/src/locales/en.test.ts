import { describe, expect, it } from 'vitest';
import en from './en.json';

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

describe('the English texts', () => {
  it('exist for every key that a screen names', () => {
    const groups = new Set([...keys].map((key) => key.split('.')[0]));
    const missing = named.filter((key) => groups.has(key.split('.')[0]) && !key.endsWith('.ics') && !keys.has(key));

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
