import { publicPage } from '../locales/en.public.json';

type Words = typeof publicPage;
type Key = `publicPage.${keyof Words}`;

/** Texts of the clinic's page, which has no room for the app's library of languages. {name} is filled in; "one | many" by count. */
export function t(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  const name = key.slice('publicPage.'.length);
  const text = Object.entries(publicPage).find(([each]) => each === name)?.[1] ?? key;
  const forms = text.split(' | ');
  const form = values['count'] === 1 ? forms[0] : forms.at(-1);
  return (form ?? text).replace(/\{(\w+)\}/g, (_match, each: string) => String(values[each] ?? ''));
}
