import { receiptCheck } from '../locales/en.public.json';

type Key = `receiptCheck.${keyof typeof receiptCheck}`;

/** Texts of the page that checks a receipt. */
export function t(key: Key): string {
  const name = key.slice('receiptCheck.'.length);
  return Object.entries(receiptCheck).find(([each]) => each === name)?.[1] ?? key;
}
