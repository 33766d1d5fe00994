import { publicPage } from '../locales/en.public.json';
import { fill, type Values } from './fill.ts';

type Words = typeof publicPage;
type Key = `publicPage.${keyof Words}`;

/** Texts of the clinic's page, which has no room for the app's library of languages. {name} is filled in; "one | many" by count. */
export function t(key: Key, values: Values = {}): string {
  const name = key.slice('publicPage.'.length);
  const text = Object.entries(publicPage).find(([each]) => each === name)?.[1] ?? key;
  return fill(text, values);
}
