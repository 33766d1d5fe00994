import { board } from '../locales/en.public.json';
import { fill, type Values } from '../public/fill.ts';

type Key = `board.${keyof typeof board}`;

/** Texts of the waiting room's screen. */
export function t(key: Key, values: Values = {}): string {
  const name = key.slice('board.'.length);
  return fill(Object.entries(board).find(([each]) => each === name)?.[1] ?? key, values);
}
